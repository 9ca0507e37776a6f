/** `GET /{service}/status`: what an operator's page shows of one service. `/ready` and `/metrics` say the same to machines. */
import { z } from "zod"
import { requireCaller } from "./auth.js"
import type { Clock } from "./clock.js"
import { type Flows, flowNames } from "./flows.js"
import { createHealth, type HealthCheck } from "./health.js"
import type { ServicePlugin } from "./mount.js"

const check = z.object({
  name: z.string(),
  ok: z.boolean(),
  detail: z.string().optional(),
  lag_seconds: z.number().optional(),
  lag_events: z.int().optional().describe("messages not yet handled, where the part follows a topic"),
  limit_lag_seconds: z.number().optional(),
  stuck_key: z.string().optional().describe("the person stuck longest"),
})
const flow = z.object({
  name: z.enum(flowNames),
  total: z.number().describe("since the process began"),
  per_second: z.number(),
  recent: z
    .array(z.object({ at: z.number(), per_second: z.number() }))
    .describe("every five seconds, five minutes, oldest first"),
})
const status = z.object({
  service: z.string(),
  at: z.number().describe("ms since 1970"),
  startedAt: z.number(),
  ok: z.boolean(),
  checks: z.array(check),
  flows: z.array(flow),
})

export type StatusParts = {
  readonly service: string
  readonly checks: readonly HealthCheck[]
  readonly flows: Flows
  readonly clock: Pick<Clock, "now">
}

/** The service's own routes with its status beside them. */
export const withStatus = ({ service, checks, flows, clock }: StatusParts, plugin?: ServicePlugin): ServicePlugin => {
  const startedAt = clock.now()
  const health = createHealth()
  for (const one of checks) health.add(one)
  const limits = new Map(checks.map(({ name, limit_lag_seconds }) => [name, limit_lag_seconds]))
  return async (server) => {
    server.get(
      "/status",
      {
        schema: {
          tags: ["operation"],
          summary: "Parts with lag and reason, and what flows through",
          response: { 200: status },
        },
      },
      async (request) => {
        requireCaller(request, "center", "auditor")
        const report = await health.report()
        return {
          service,
          at: clock.now(),
          startedAt,
          ok: report.ok,
          checks: report.checks.map((one) => ({ ...one, limit_lag_seconds: limits.get(one.name) })),
          flows: flows.report().map((one) => ({ ...one, recent: [...one.recent] })),
        }
      },
    )
    await plugin?.(server)
  }
}
