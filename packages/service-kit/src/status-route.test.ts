import { afterEach, beforeEach, expect, it } from "vitest"
import { createFlows, type Flows } from "./flows.js"
import { createHealth } from "./health.js"
import { createServer, type Server } from "./http.js"
import { createLogger } from "./logger.js"
import { createMetrics, type Metrics } from "./metrics.js"
import { mountService } from "./mount.js"
import { withStatus } from "./status-route.js"
import { createVerifier, issueToken } from "./token.js"

const secret = "a shared secret of thirty-two bytes or more"
let now = Date.UTC(2026, 10, 22)
let server: Server
let flows: Flows
let metrics: Metrics

beforeEach(async () => {
  metrics = createMetrics({ process: false })
  const clock = { now: () => now }
  flows = createFlows(metrics, clock)
  const logger = createLogger({ service: "test", level: "silent" })
  const verifier = createVerifier({ alg: "HS256", secret }, { now: () => now })
  server = createServer({ name: "test", logger, verifier, metrics, health: createHealth(), bodyLimit_bytes: 1_000 })
  const checks = [
    {
      name: "follower",
      limit_lag_seconds: 60,
      check: async () => ({ ok: true, lag_seconds: 90, lag_events: 12, stuck_key: "p1" }),
    },
    { name: "door", check: async () => Promise.reject(new Error("the engine is away")) },
  ]
  const plugin = withStatus({ service: "duplicates", checks, flows, clock })
  await mountService(server, { prefix: "/duplicates", title: "d", version: "1", description: "d", plugin })
})
afterEach(async () => {
  flows.stop()
  await server.close()
})

const ask = async (kind: "center" | "platform") => {
  const authorization = `Bearer ${await issueToken(secret, { kind, id: "c" }, { ttl_seconds: 600, now })}`
  return server.inject({ url: "/duplicates/status", headers: { authorization } })
}

it("says of each part how far behind it is, who is stuck, and why it is not well", async () => {
  const { ok, checks } = (await ask("center")).json()
  expect(ok).toBe(false)
  expect(checks).toEqual([
    {
      name: "follower",
      ok: false,
      detail: "90 s behind, limit 60 s, oldest stuck key p1",
      lag_seconds: 90,
      lag_events: 12,
      limit_lag_seconds: 60,
      stuck_key: "p1",
    },
    { name: "door", ok: false, detail: "the engine is away" },
  ])
})

it("says how many events a second flow through, over the last sample and the samples before", async () => {
  const handled = metrics.counter("tongzhang_messages_handled_total", "handled", ["topic"])
  await flows.sample()
  handled.inc({ topic: "a" }, 40)
  handled.inc({ topic: "b" }, 10)
  now += 5_000
  await flows.sample()
  handled.inc({ topic: "a" }, 5)
  now += 5_000
  await flows.sample()
  const { flows: shown } = (await ask("center")).json()
  expect(shown).toEqual([
    {
      name: "handled",
      total: 55,
      per_second: 1,
      recent: [
        { at: now - 5_000, per_second: 10 },
        { at: now, per_second: 1 },
      ],
    },
  ])
})

it("is for the center and auditors", async () => {
  expect((await ask("platform")).statusCode).toBe(403)
  expect((await server.inject({ url: "/duplicates/status" })).statusCode).toBe(401)
})
