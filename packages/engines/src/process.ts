/**
 * One service as one process: settings from the environment, engines, its routes under its own prefix, `/health`, `/ready`,
 * `/metrics`, and an orderly stop at SIGTERM. What a service is, its own `main.ts` says.
 */
import { readFileSync } from "node:fs"
import { left } from "fp-ts/lib/Either.js"
import { systemClock } from "@tongzhang/service-kit/clock"
import { isConfigError, readConfig } from "@tongzhang/service-kit/config"
import { createFlows } from "@tongzhang/service-kit/flows"
import { createHealth, type HealthCheck } from "@tongzhang/service-kit/health"
import { createServer } from "@tongzhang/service-kit/http"
import { createLogger, type LogLevel } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { type MountOptions, mountService, type ServicePlugin } from "@tongzhang/service-kit/mount"
import { problem } from "@tongzhang/service-kit/problem"
import { createShutdown } from "@tongzhang/service-kit/shutdown"
import { type FilesOptions, mountFiles } from "@tongzhang/service-kit/static-files"
import { withStatus } from "@tongzhang/service-kit/status-route"
import { createVerifier, type Verifier } from "@tongzhang/service-kit/token"
import type { z } from "zod"
import { type Host, openPatiently } from "./host.js"
import type { CallerSettings } from "./settings.js"

export type Composed = {
  readonly checks: readonly HealthCheck[]
  /** Its HTTP door, mounted at `/{name}` beside its status; absent where there is nothing else to ask. */
  readonly door?: { readonly title: string; readonly description: string; readonly plugin: ServicePlugin }
  /** A second name for some of its routes, at a prefix of its own. */
  readonly also?: Omit<MountOptions, "version">
  /** Built pages it also serves: the console beside national. Absent: none. */
  readonly pages?: FilesOptions
  /** Begins the work, once the process already answers `/health`. */
  readonly start?: () => Promise<unknown> | void
}

type ProcessConfig = CallerSettings & {
  readonly HOST: string
  readonly PORT: number
  readonly LOG_LEVEL: LogLevel
  readonly START_SECONDS_MAX: number
  readonly STOP_SECONDS_MAX: number
  readonly READY_LAG_SECONDS_MAX?: number | undefined
}

export type ServiceProcess<S extends z.ZodObject> = {
  readonly name: string
  readonly settings: S
  /** Largest request body; default 1 MiB. */
  readonly bodyLimit_bytes?: number
  readonly compose: (host: Host<z.infer<S>>) => Promise<Composed>
}

/** sysexits.h: what a supervisor sees when the configuration is wrong, and when the process cannot go on. */
const exit = { config: 78, failure: 70 } as const

const version = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string })
  .version

const nobody: Verifier = async () =>
  left(problem({ status: 401, rule: "AUTH_INVALID", hint_zh: "本服务不对外提供接口", hint_en: "Nobody calls this service" }))

const verifierOf = ({ TOKEN_SECRET, TOKEN_JWKS_URL }: CallerSettings, now: () => number): Verifier => {
  if (TOKEN_SECRET !== undefined) return createVerifier({ alg: "HS256", secret: TOKEN_SECRET }, { now })
  return TOKEN_JWKS_URL === undefined ? nobody : createVerifier({ alg: "EdDSA", jwks: new URL(TOKEN_JWKS_URL) }, { now })
}

const withLimit = (check: HealthCheck, limit: number | undefined): HealthCheck =>
  limit === undefined || check.limit_lag_seconds === undefined ? check : { ...check, limit_lag_seconds: limit }

const serve = async <S extends z.ZodObject>(service: ServiceProcess<S>, config: z.infer<S> & ProcessConfig): Promise<void> => {
  const { name } = service
  const clock = systemClock
  const logger = createLogger({ service: name, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const health = createHealth()
  const stopping = new AbortController()
  const shutdown = createShutdown({ logger, clock, bound_ms: config.STOP_SECONDS_MAX * 1_000 })
  const end = async (reason: string): Promise<void> => {
    stopping.abort()
    await shutdown.run(reason)
    process.exit(exit.failure)
  }
  const fail = (err: unknown, what: string): void => {
    logger.fatal({ err }, what)
    void end(what)
  }
  // A library may throw where nobody can catch it; what is in hand is finished, then the supervisor starts a clean process.
  process.on("uncaughtException", (error) => fail(error, "uncaught exception"))
  process.on("unhandledRejection", (cause) => fail(cause, "unhandled rejection"))
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort())
  shutdown.listen()

  const open = openPatiently({ clock, logger }, shutdown, config.START_SECONDS_MAX * 1_000, stopping.signal)
  const atStop = (part: string, stop: () => Promise<unknown> | void): void => shutdown.add(part, async () => stop())
  const host: Host<z.infer<S>> = { name, config, clock, random: Math.random, logger, metrics, open, atStop }
  try {
    const { checks, door, also, pages, start } = await service.compose(host)
    for (const check of checks) health.add(withLimit(check, config.READY_LAG_SECONDS_MAX))
    const started = health.add({ name: "start", check: async () => ({ ok: false, detail: "not yet started" }) })
    const verifier = verifierOf(config, clock.now)
    const server = createServer({
      name,
      logger,
      verifier,
      metrics,
      health,
      bodyLimit_bytes: service.bodyLimit_bytes ?? 1024 * 1024,
    })
    const flows = createFlows(metrics, clock)
    shutdown.add("flows", async () => flows.stop())
    const plugin = withStatus({ service: name, checks, flows, clock }, door?.plugin)
    const { title = name, description = `${name}: its status` } = door ?? {}
    await mountService(server, { prefix: `/${name}`, version, title, description, plugin })
    if (also !== undefined) await mountService(server, { version, ...also })
    if (pages !== undefined) await mountFiles(server, pages)
    const url = await server.listen({ host: config.HOST, port: config.PORT })
    shutdown.add("http", async () => {
      health.drain()
      await server.close()
    })
    await start?.()
    started()
    logger.info({ url }, "started")
  } catch (error) {
    if (!stopping.signal.aborted) fail(error, "could not start")
  }
}

/** Runs the service until it is told to stop. Ends the process with 78 when the environment is not usable, 70 when it cannot go on. */
export const runService = async <S extends z.ZodObject>(service: ServiceProcess<S>): Promise<void> => {
  try {
    await serve(service, readConfig(service.settings, process.env) as z.infer<S> & ProcessConfig)
  } catch (error) {
    if (!isConfigError(error)) throw error
    process.exitCode = exit.config
  }
}
