import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import type { Streams } from "@tongzhang/streams/port"
import { afterEach, beforeEach, expect, it } from "vitest"
import { createHealth } from "./health.js"
import { createServer, type Server } from "./http.js"
import { createLogger } from "./logger.js"
import { createMetrics } from "./metrics.js"
import { mountService } from "./mount.js"
import { createStopped, type Stopped } from "./stopped.js"
import { createVerifier, issueToken } from "./token.js"

const secret = "a shared secret of thirty-two bytes or more"
const now = Date.UTC(2026, 10, 22)
let folder: string
let streams: Streams
let server: Server
let stopped: Stopped
let lines: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "stopped-"))
  streams = await openEmbeddedStreams({ path: folder, now: () => now })
  await streams.ensureTopic("facts", 1)
  lines = []
  const logger = createLogger({ service: "test", level: "info", destination: { write: (line: string) => void lines.push(line) } })
  stopped = createStopped({ streams, topic: "facts", group: "g", logger })
  const verifier = createVerifier({ alg: "HS256", secret }, { now: () => now })
  const health = createHealth()
  health.add(stopped.check)
  server = createServer({
    name: "test",
    logger,
    verifier,
    metrics: createMetrics({ process: false }),
    health,
    bodyLimit_bytes: 1_000,
  })
  const plugin = async (scope: Server) => stopped.addRoutes(scope)
  await mountService(server, { prefix: "/g", title: "g", version: "1", description: "g", plugin })
})
afterEach(async () => {
  await server.close()
  await streams.close()
  rmSync(folder, { recursive: true, force: true })
})

const bearer = async (kind: "center" | "auditor"): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await issueToken(secret, { kind, id: "c" }, { ttl_seconds: 60, now })}`,
})

it("a person who stops is logged, named by an alarm, listed, and goes on when replayed; the service stays ready", async () => {
  let mended = false
  const seen: string[] = []
  const consumer = await streams.consume({
    topic: "facts",
    group: "g",
    retries: 0,
    backoff_ms: 1,
    onParked: stopped.onParked,
    onBatch: async (messages) => {
      if (!mended && messages.some(({ key }) => key === "bad")) throw new Error("unknown event type Imagined@7")
      for (const { key, value } of messages) seen.push(`${key}${Buffer.from(value).toString()}`)
    },
  })
  const send = (key: string, text: string) => ({ key, value: Buffer.from(text), headers: { stream: `S-${key}`, revision: text } })
  await streams.publish("facts", [send("good", "0"), send("bad", "0"), send("bad", "1"), send("good", "1")])
  await consumer.idle()
  expect(seen).toEqual(["good0", "good1"])
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ person }) => person === "bad")
  expect(logged).toMatchObject([
    { level: "error", stream: "S-bad", revision: "0", cause: "Error: unknown event type Imagined@7" },
  ])

  const get = async (url: string) => server.inject({ url, headers: await bearer("auditor") })
  expect((await get("/ready")).json()).toMatchObject({ ok: true, checks: [{ name: "g stopped persons", stuck_key: "bad" }] })
  expect((await get("/metrics")).body).toContain('tongzhang_stuck{check="g stopped persons"} 1')
  expect((await get("/g/stopped")).json()).toEqual({
    stopped: [
      {
        key: "bad",
        cause: "Error: unknown event type Imagined@7",
        since: now,
        attempts: 2,
        messages: 2,
        event: null,
        type: null,
        stream: "S-bad",
        revision: 0,
      },
    ],
  })

  const replay = async (kind: "center" | "auditor") =>
    server.inject({ method: "POST", url: "/g/stopped/replay", headers: await bearer(kind), payload: { key: "bad" } })
  expect((await replay("auditor")).statusCode).toBe(403)
  mended = true
  expect((await replay("center")).json()).toEqual({ messages: 2 })
  await consumer.idle()
  expect(seen).toEqual(["good0", "good1", "bad0", "bad1"])
  expect((await get("/metrics")).body).toContain('tongzhang_stuck{check="g stopped persons"} 0')
})
