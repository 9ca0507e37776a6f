/**
 * Every environment variable of every service, each in one place: its form, its default, an example. A service's `settings.ts`
 * joins the groups it needs; nothing else reads the environment.
 */
import { z } from "zod"

/** 0 takes a free one, which the log names. */
const port = (example: number) => z.coerce.number().int().min(0).max(65_535).default(example).meta({ example })
const seconds = (fallback: number, most: number) =>
  z.coerce.number().int().min(1).max(most).default(fallback).meta({ example: fallback })
const url = (form: RegExp, message: string, example: string) => z.string().regex(form, message).meta({ example })
const secret = () => z.string().min(32, "has fewer than 32 characters").meta({ example: "32 random characters or more" })

/** The process itself. `usualPort` is where it listens when nobody says otherwise. */
export const processSettings = (usualPort: number) => ({
  HOST: z.string().default("127.0.0.1").meta({ example: "0.0.0.0" }),
  PORT: port(usualPort),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info").meta({ example: "info" }),
  /** How long engines may take to answer at the start before the process gives up. */
  START_SECONDS_MAX: seconds(60, 3_600),
  /** How long a stop may take before the process ends anyway. */
  STOP_SECONDS_MAX: seconds(15, 600),
  /** Above this lag `/ready` fails; without it each part's own limit counts (60 s). */
  READY_LAG_SECONDS_MAX: z.coerce.number().int().min(1).max(86_400).optional().meta({ example: 60 }),
})

const esdb = /^esdb(\+discover)?:\/\/\S+$/u
export const eventStoreSettings = {
  EVENT_STORE_URL: url(
    esdb,
    "is no EventStoreDB connection string",
    "esdb+discover://user:password@events.example:2113?tls=true",
  ),
}

const broker = /^[\w.-]+:\d{1,5}$/u
export const kafkaSettings = {
  KAFKA_BROKERS: z
    .string()
    .transform((text) => text.split(",").map((name) => name.trim()))
    .refine((names) => names.every((name) => broker.test(name)), "is no list of host:port with commas between")
    .meta({ example: "kafka-1:9092,kafka-2:9092,kafka-3:9092" }),
  /** Copies of each topic that a service makes; default three, or as many as there are brokers. */
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(7).optional().meta({ example: 3 }),
  /** Put before every topic and group, so that several ledgers may share a cluster. */
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-z0-9._-]{1,60}$/u, "takes small letters, digits, dot, _ and -")
    .optional()
    .meta({ example: "staging." }),
}

export const databaseSettings = {
  DATABASE_URL: url(
    /^postgres(ql)?:\/\/\S+$/u,
    "is no PostgreSQL connection string",
    "postgres://tongzhang:password@db.example:5432/tongzhang",
  ),
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(200).default(8).meta({ example: 8 }),
  /** A connection on which nothing has come or gone for so long is given up; longer than any statement takes. */
  DATABASE_SILENCE_SECONDS_MAX: seconds(60, 3_600),
}

export const recordSettings = {
  ...databaseSettings,
  /** Which copy of the record: another one is built beside the one in use (docs/operations.md, rebuild). */
  RECORD_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,40}$/u, "takes small letters, digits and _")
    .optional()
    .meta({ example: "record_next" }),
  /** Parts of the tables of persons; taken when a copy of the record is made, and fixed with it. */
  RECORD_PARTITIONS: z.coerce.number().int().min(1).max(256).default(8).meta({ example: 8 }),
}

/** The secret behind person keys and name indexes: the same in every service, for ever. */
export const identitySettings = { IDENTITY_SECRET: secret() }
/** Wraps the per-person keys in the key store. */
export const keySettings = { ...databaseSettings, MASTER_SECRET: secret() }

/** Who signs callers' tokens: one of the two. */
export const callerSettings = {
  TOKEN_SECRET: z
    .string()
    .min(32, "has fewer than 32 characters")
    .optional()
    .meta({ example: "32 random characters or more (or set TOKEN_JWKS_URL)" }),
  TOKEN_JWKS_URL: url(/^https?:\/\/\S+$/u, "is no URL", "https://issuer.example/jwks.json").optional(),
}
export type CallerSettings = { readonly TOKEN_SECRET?: string | undefined; readonly TOKEN_JWKS_URL?: string | undefined }

/** Adds the rule that exactly one of the two is set; asked even when other variables are wrong, so that one look shows all. */
export const withCallers = <S extends z.ZodObject>(schema: S): S =>
  schema.refine((given) => (given["TOKEN_SECRET"] === undefined) !== (given["TOKEN_JWKS_URL"] === undefined), {
    path: ["TOKEN_SECRET"],
    message: "set this or TOKEN_JWKS_URL, not both",
    when: () => true,
  })

export const decisionSettings = {
  /** How long a decision about a duplicate may be taken back before its refund goes out; 0: it goes at once. */
  UNDO_SECONDS: z.coerce.number().int().min(0).max(604_800).default(1_800).meta({ example: 1_800 }),
  /** A refund above it takes two officers, fen; without it one is enough. */
  APPROVAL_LIMIT_FEN: z.coerce.number().int().min(0).max(1_000_000_000).optional().meta({ example: 1_000_000 }),
}

export const folderSettings = { DATA_DIR: z.string().min(1).meta({ example: "/var/lib/tongzhang" }) }
