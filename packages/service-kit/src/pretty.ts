/** Lines for a person at a terminal; written at once (no worker thread), so that the last lines before an exit are not lost. */
import type { DestinationStream } from "pino"
import { prettyFactory } from "pino-pretty"

/** Formats pino's JSON lines on their way to `destination` (default: standard error, which leaves standard output to results). */
export const pinoPretty = (destination: DestinationStream = process.stderr): DestinationStream => {
  const format = prettyFactory({
    colorize: process.stderr.isTTY,
    translateTime: "SYS:HH:MM:ss",
    ignore: "pid,hostname,service",
    messageFormat: "{service}: {msg}",
  })
  return { write: (line) => destination.write(format(line) ?? line) }
}
