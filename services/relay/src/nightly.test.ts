/** The daily run, what it remembers, and the door: the relay as a whole. */
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import type { Clock } from "@tongzhang/service-kit/clock"
import { createHealth } from "@tongzhang/service-kit/health"
import { createServer } from "@tongzhang/service-kit/http"
import type { Job } from "@tongzhang/service-kit/job-line"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import { systemClock } from "@tongzhang/service-kit/clock"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { logger, openWorld, relayAll, type World } from "./fixtures/world.js"
import { everyNight, nextRunAt } from "./nightly.js"
import { ensureTopics, type Relay } from "./relay.js"

const hour_ms = 3_600_000

it("three in the morning is three in the morning in China", () => {
  expect(new Date(nextRunAt(Date.parse("2026-03-01T12:00:00+08:00"), 3)).toISOString()).toBe("2026-03-01T19:00:00.000Z")
  expect(nextRunAt(Date.parse("2026-03-02T02:59:59+08:00"), 3)).toBe(Date.parse("2026-03-02T03:00:00+08:00"))
  expect(nextRunAt(Date.parse("2026-03-02T03:00:00+08:00"), 3)).toBe(Date.parse("2026-03-03T03:00:00+08:00"))
  expect(nextRunAt(Date.parse("2026-03-01T23:30:00+08:00"), 0)).toBe(Date.parse("2026-03-02T00:00:00+08:00"))
})

it("runs once a night, and makes up for a night that was missed", async () => {
  let now = Date.parse("2026-03-01T20:00:00+08:00")
  const clock: Clock = { now: () => now, sleep: async (ms) => void (now += Math.max(ms, 1)) }
  const end = new AbortController()
  const runs: string[] = []
  // The last run was three days ago: this one was due the morning after it.
  let last = now - 72 * hour_ms
  const run = async (): Promise<void> => {
    runs.push(new Date(now + 8 * hour_ms).toISOString().slice(0, 16))
    last = now
    if (runs.length === 3) end.abort()
  }
  await everyNight(clock, 3, async () => last, run, end.signal)
  expect(runs).toEqual(["2026-03-01T20:00", "2026-03-02T03:00", "2026-03-03T03:00"])
})

describe("the relay's reconciliation", () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())
  const health = async (relay: Relay) => relay.checks.find(({ name }) => name === "relay reconciliation")?.check()

  it("is no failure when nobody asked for it, and one when a night was left out", async () => {
    let ahead_ms = 0
    const clock = { ...systemClock, now: () => Date.now() + ahead_ms }
    const asked = world.relay({ clock, nightly: { hour: 3, repair: false } })
    const never = world.relay({ clock })
    ahead_ms = 25 * hour_ms
    expect(await health(asked)).toEqual({ ok: true, detail: "not run yet" })
    ahead_ms = 27 * hour_ms
    expect(await health(asked)).toMatchObject({ ok: false })
    expect(await health(never)).toEqual({ ok: true, detail: "not scheduled, never run" })
    await ensureTopics(world.streams)
    await asked.reconcile()
    expect(await health(asked)).toEqual({ ok: true, detail: "no difference, 0 h ago" })
    ahead_ms = 54 * hour_ms
    expect(await health(asked)).toMatchObject({ ok: false, detail: "no difference, 27 h ago: too long ago" })
  })

  it("runs at its hour, tells its health, and a repair is looked at again", async () => {
    await world.fill(3, 5)
    await relayAll(world)
    // As if the broker had lost the topic: the checkpoint says sent, and nothing is there.
    const other = await openWorld()
    try {
      await ensureTopics(other.streams)
      let ahead_ms = 0
      const relay = world.relay({
        streams: other.streams,
        clock: { now: () => Date.now() + ahead_ms, sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 5), signal) },
        nightly: { hour: 3, repair: false },
      })
      await relay.start()
      await relay.caughtUp()
      expect(await other.topic()).toEqual([])
      ahead_ms = 24 * hour_ms
      while ((await health(relay))?.ok === true) await new Promise(setImmediate)
      expect(await health(relay)).toMatchObject({ ok: false, detail: "15 missing, 0 foreign, 0 conflicting, 0 altered, 0 h ago" })
      expect(await relay.reconcile({ repair: true })).toMatchObject({ ok: true, missing: 0, repaired: 15, matched: 15 })
      expect(await health(relay)).toMatchObject({ ok: true })
      await relay.stop()
    } finally {
      await other.close()
    }
  })

  it("is asked for over HTTP: by auditors and the centre, a repair by the centre alone", async () => {
    await world.fill(2, 4)
    await ensureTopics(world.streams)
    const events = await world.ledger()
    await relayAll(world)
    await world.streams.publish(topics.facts, [{ ...encodeFact(events[0]!), headers: {} }])
    const relay = world.relay()
    const secret = "s".repeat(32)
    const verifier = createVerifier({ alg: "HS256", secret }, { now: Date.now })
    const server = createServer({
      name: "relay",
      logger,
      verifier,
      metrics: createMetrics(),
      health: createHealth(),
      bodyLimit_bytes: 10_000,
    })
    await mountService(server, { prefix: "/relay", title: "Relay", version: "0", description: "", plugin: relay.plugin })
    try {
      const token = (kind: "auditor" | "center" | "platform") =>
        issueToken(secret, { kind, id: "t" }, { ttl_seconds: 60, now: Date.now() })
      const call = async (kind: "auditor" | "center" | "platform", method: "GET" | "POST", url: string, payload?: object) =>
        server.inject({
          method,
          url: `/relay${url}`,
          headers: { authorization: `Bearer ${await token(kind)}` },
          ...(payload === undefined ? {} : { payload }),
        })
      expect((await call("platform", "POST", "/reconcile", {})).statusCode).toBe(403)
      expect((await call("auditor", "POST", "/reconcile", { repair: true })).statusCode).toBe(403)
      expect((await call("auditor", "GET", "/reconciliation")).json()).toBeNull()
      const started = await call("auditor", "POST", "/reconcile", {})
      expect(started.statusCode).toBe(202)
      const { id } = started.json<Job>()
      const ended = async (): Promise<Job> => {
        for (;;) {
          const job = (await call("auditor", "GET", `/jobs/${id}`)).json<Job>()
          if (job.endedAt !== null) return job
        }
      }
      expect(await ended()).toMatchObject({ state: "done", done: 9, result: { ok: false, foreign: 1, missing: 0, matched: 8 } })
      expect((await call("center", "GET", "/reconciliation")).json()).toMatchObject({ ok: false, foreign: 1, events: 8 })
      expect((await call("center", "POST", "/reconcile", { repair: true })).statusCode).toBe(202)
    } finally {
      await server.close()
      await relay.stop()
    }
  })
})
