/** Logs: pino JSON lines without personal data. */
import { pino, type DestinationStream, type Logger as PinoLogger } from "pino"
import { pinoPretty } from "./pretty.js"
import { redactJsonLine } from "./redact.js"

/** What services log with; they need not know which library it is. */
export type Logger = PinoLogger

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent"

export type LoggerOptions = {
  readonly service: string
  readonly level: LogLevel
  /** Coloured lines for a person instead of JSON for a machine. */
  readonly pretty?: boolean
  /** Default: standard error for `pretty`, standard output for JSON. */
  readonly destination?: DestinationStream
}

/** Fields that never belong in a log, at the top or one level down. */
const hidden = [
  "authorization",
  "cookie",
  "token",
  "secret",
  "password",
  "citizenId",
  "citizen_id",
  "personName",
  "person_name",
  "phone",
  "AAC002",
  "AAC003",
  "aac002",
  "aac003",
]

/**
 * A logger whose every line is masked as a whole just before it is written: message, fields, bindings, URLs and error stacks
 * alike, so nobody has to remember to.
 */
export const createLogger = (options: LoggerOptions): Logger => {
  const destination = options.pretty === true ? pinoPretty(options.destination) : options.destination
  const settings = {
    level: options.level,
    base: { service: options.service },
    redact: { paths: hidden.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[hidden]" },
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: redactJsonLine },
    serializers: {
      // Never the raw URL, which may carry whatever a caller typed.
      req: (request: { readonly method?: string; readonly id?: string }) => ({ method: request.method, id: request.id }),
      res: (reply: { readonly statusCode?: number }) => ({ status: reply.statusCode }),
    },
  }
  return destination === undefined ? pino(settings) : pino(settings, destination)
}
