/** Lines for a person at a terminal. In-process (no worker thread), so that the last lines before an exit are not lost. */
import type { DestinationStream } from "pino"
import pretty from "pino-pretty"

export const pinoPretty = (destination?: DestinationStream): DestinationStream =>
  pretty({
    colorize: process.stderr.isTTY === true,
    translateTime: "SYS:HH:MM:ss",
    ignore: "pid,hostname",
    messageFormat: "{service}: {msg}",
    sync: true,
    destination: (destination ?? 2) as number,
  })
