import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Clock, systemClock } from "./clock.js"
import { createServer, type Server } from "./http.js"
import { addJobRoutes, jobOwner } from "./job-routes.js"
import type { Job, JobWork } from "./job-line.js"
import { createJobs } from "./jobs.js"
import { createLogger } from "./logger.js"
import { createMetrics } from "./metrics.js"
import { mountService } from "./mount.js"
import { createVerifier, issueToken } from "./token.js"

const gate = () => {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe("jobs", () => {
  let now: number
  const clock: Clock = { now: () => now, sleep: systemClock.sleep }
  beforeEach(() => {
    now = 0
  })

  it("count their work and tell speed and time left", async () => {
    const jobs = createJobs({ clock })
    const end = gate()
    let work: JobWork | undefined
    const { id } = jobs.start("feed", 1_000, async (job) => {
      work = job
      await end.opened
      return { rows: 1_000 }
    })
    now = 1_000
    work?.advance(100)
    expect(jobs.get(id)).toMatchObject({ state: "running", done: 100, total: 1_000, rate_per_second: 100, eta_seconds: 9 })
    now = 11_000
    work?.advance(400)
    work?.setTotal(900)
    expect(jobs.get(id)).toMatchObject({ done: 500, total: 900, rate_per_second: 40, eta_seconds: 10 })
    end.open()
    expect(await jobs.wait(id)).toMatchObject({ state: "done", result: { rows: 1_000 }, eta_seconds: null, endedAt: 11_000 })
    expect(await jobs.wait("none")).toBeNull()
  })

  it("wait in line for a free place, in order, and survive one that fails", async () => {
    const jobs = createJobs({ clock, max_running: 1 })
    const end = gate()
    const first = jobs.start("feed", null, async () => {
      await end.opened
      throw new Error("disk full")
    })
    const second = jobs.start("feed", null, async () => "fine")
    expect([first.state, second.state]).toEqual(["running", "queued"])
    end.open()
    expect(await jobs.wait(first.id)).toMatchObject({ state: "failed", error: "disk full" })
    expect(await jobs.wait(second.id)).toMatchObject({ state: "done", result: "fine" })
    expect(jobs.list().map((job) => job.id)).toEqual([second.id, first.id])
  })

  it("can be cancelled, at work or in line; what is in line never starts", async () => {
    const jobs = createJobs({ clock, max_running: 1 })
    let ran = false
    const first = jobs.start(
      "feed",
      null,
      ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })),
    )
    const second = jobs.start("feed", null, async () => {
      ran = true
    })
    expect(jobs.cancel(second.id)).toBe(true)
    await jobs.close()
    expect([jobs.get(first.id)?.state, jobs.get(second.id)?.state, ran]).toEqual(["cancelled", "cancelled", false])
    expect([jobs.cancel(first.id), jobs.cancel("none")]).toEqual([false, false])
  })

  it("are forgotten oldest first, never while at work", async () => {
    const jobs = createJobs({ clock, max_kept: 2, max_running: 10 })
    const end = gate()
    const running = jobs.start("long", null, () => end.opened)
    for (let count = 0; count < 5; count += 1) await jobs.wait(jobs.start("short", null, async () => count).id)
    expect(jobs.list().map((job) => job.result)).toEqual([4, 3, undefined])
    expect(jobs.get(running.id)?.state).toBe("running")
    end.open()
    await jobs.close()
  })
})

describe("watching jobs over HTTP", () => {
  const secret = "a shared secret of thirty-two bytes or more"
  const jobs = createJobs({ clock: systemClock })
  let server: Server
  beforeEach(async () => {
    server = createServer({
      name: "intake",
      logger: createLogger({ service: "intake", level: "silent" }),
      verifier: createVerifier({ alg: "HS256", secret }, { now: systemClock.now }),
      metrics: createMetrics({ process: false }),
      bodyLimit_bytes: 1_000,
    })
    const plugin = async (scope: Server) => addJobRoutes(scope, jobs, systemClock)
    await mountService(server, { prefix: "/intake", title: "Intake", version: "1.0.0", description: "", plugin })
  })
  afterEach(() => server.close())

  const as = async (province: "31" | "44") => ({
    authorization: `Bearer ${await issueToken(secret, { kind: "agency", id: "clerk", province }, { ttl_seconds: 60, now: systemClock.now() })}`,
  })

  it("shows a province its own jobs and nobody else's", async () => {
    const { id } = jobs.start("feed", 2, async () => ({ rows: 2 }), {
      owner: jobOwner({ kind: "agency", id: "other clerk", province: "31" }),
    })
    await jobs.wait(id)
    const url = `/intake/jobs/${id}`
    expect((await server.inject({ url, headers: await as("31") })).json()).toMatchObject({
      id,
      state: "done",
      result: { rows: 2 },
    })
    expect((await server.inject({ url: "/intake/jobs", headers: await as("31") })).json()).toHaveLength(1)
    expect((await server.inject({ url: "/intake/jobs", headers: await as("44") })).json()).toEqual([])
    expect((await server.inject({ url, headers: await as("44") })).json()).toMatchObject({ status: 404, rule: "NO_JOB" })
    expect((await server.inject({ url })).json()).toMatchObject({ status: 401 })
  })

  it("streams progress until the end, and cancels", async () => {
    const end = gate()
    const { id } = jobs.start("feed", 3, async (job) => {
      job.advance(2)
      await end.opened
      job.advance()
    })
    const streaming = server.inject({ url: `/intake/jobs/${id}/events`, headers: await as("31") })
    end.open()
    const response = await streaming
    expect(response.headers["content-type"]).toContain("text/event-stream")
    const states = response.body
      .split("\n")
      .filter((line) => line.startsWith("data: "))
      .map((line) => JSON.parse(line.slice(6)) as Job)
    expect(states.at(-1)).toMatchObject({ state: "done", done: 3 })
    const hanging = jobs.start(
      "feed",
      null,
      ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })),
    )
    await server.inject({ method: "DELETE", url: `/intake/jobs/${hanging.id}`, headers: await as("31") })
    expect(await jobs.wait(hanging.id)).toMatchObject({ state: "cancelled" })
  })
})
