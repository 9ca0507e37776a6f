/** Liveness (the process answers) and readiness (its parts are well), with reasons. */
import type { FastifyInstance } from "fastify"
import type { Metrics } from "./metrics.js"

export type CheckResult = {
  readonly ok: boolean
  readonly detail?: string
  /** How far behind, where the part follows something. */
  readonly lag_seconds?: number
  /** The same in messages, where they are counted. */
  readonly lag_events?: number
  /** The person key (or other key) stuck longest, if any: where to look first. */
  readonly stuck_key?: string
}

export type HealthCheck = {
  readonly name: string
  readonly check: () => Promise<CheckResult>
  /** Readiness fails when `lag_seconds` is above this. */
  readonly limit_lag_seconds?: number
}

export type CheckReport = CheckResult & { readonly name: string }
export type HealthReport = { readonly ok: boolean; readonly checks: readonly CheckReport[] }

export type Health = {
  /** Returns a function that takes the check out again. */
  readonly add: (check: HealthCheck) => () => void
  readonly report: () => Promise<HealthReport>
  /** From now on `/ready` fails, so that a load balancer stops sending: first step of a graceful stop. */
  readonly drain: () => void
}

const withTimeout = async (check: () => Promise<CheckResult>, timeout_ms: number): Promise<CheckResult> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: `no answer within ${timeout_ms} ms` }), timeout_ms)
  })
  try {
    return await Promise.race([check(), late])
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}

const judge = async ({ name, check, limit_lag_seconds }: HealthCheck, timeout_ms: number): Promise<CheckReport> => {
  const result = await withTimeout(check, timeout_ms)
  const lag_seconds = result.lag_seconds ?? 0
  if (!result.ok || limit_lag_seconds === undefined || lag_seconds <= limit_lag_seconds) return { name, ...result }
  const stuck = result.stuck_key === undefined ? "" : `, oldest stuck key ${result.stuck_key}`
  return { name, ...result, ok: false, detail: `${lag_seconds} s behind, limit ${limit_lag_seconds} s${stuck}` }
}

export const createHealth = (options: { readonly timeout_ms?: number } = {}): Health => {
  const checks = new Set<HealthCheck>()
  let draining = false
  return {
    add: (check) => {
      checks.add(check)
      return () => void checks.delete(check)
    },
    report: async () => {
      const reports = await Promise.all([...checks].map((check) => judge(check, options.timeout_ms ?? 2_000)))
      if (draining) reports.push({ name: "process", ok: false, detail: "stopping" })
      return { ok: reports.every((report) => report.ok), checks: reports }
    },
    drain: () => {
      draining = true
    },
  }
}

/** `/health`, `/ready` (503 with reasons) and `/metrics`, open to the machine's own probes and so without a token. */
export const installHealth = (server: FastifyInstance, health: Health, metrics: Metrics, name: string): void => {
  const route = { config: { public: true }, schema: { hide: true }, logLevel: "warn" as const }
  server.get("/health", route, async () => ({ ok: true, name }))
  server.get("/ready", route, async (_request, reply) => {
    const report = await health.report()
    return reply.code(report.ok ? 200 : 503).send({ name, ...report })
  })
  server.get("/metrics", route, async (_request, reply) => {
    const lags = metrics.gauge("tongzhang_lag_seconds", "How far behind each follower is", ["check"])
    const states = metrics.gauge("tongzhang_check_ok", "1 when the part is well", ["check"])
    const stuck = metrics.gauge("tongzhang_stuck", "1 while somebody is set aside; /ready names the key, no label does", [
      "check",
    ])
    for (const check of (await health.report()).checks) {
      stuck.set({ check: check.name }, check.stuck_key === undefined ? 0 : 1)
      states.set({ check: check.name }, check.ok ? 1 : 0)
      if (check.lag_seconds !== undefined) lags.set({ check: check.name }, check.lag_seconds)
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}
