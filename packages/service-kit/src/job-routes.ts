/** Watching jobs over HTTP: list, one, cancel, and a stream of progress. */
import { Readable } from "node:stream"
import { z } from "zod"
import { requireCaller, type WithCaller } from "./auth.js"
import type { Caller } from "./caller.js"
import type { Clock } from "./clock.js"
import type { Server } from "./http.js"
import type { Job } from "./job-line.js"
import type { Jobs } from "./jobs.js"
import { problem } from "./problem.js"

export const jobSchema = z.object({
  id: z.string(),
  kind: z.string(),
  owner: z.string().nullable(),
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  done: z.number(),
  total: z.number().nullable(),
  rate_per_second: z.number(),
  eta_seconds: z.number().nullable(),
  queuedAt: z.number().describe("ms since 1970"),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  error: z.string().optional(),
  result: z.unknown().optional(),
})

/** Give it to `jobs.start` as `owner`: everybody of a province's agency sees its jobs, others see their own. */
export const jobOwner = (caller: Caller): string =>
  caller.kind === "agency" ? `agency:${caller.province}` : `${caller.kind}:${caller.id}`

const maySee = (caller: Caller, job: Job): boolean =>
  job.owner === null || caller.kind === "center" || job.owner === jobOwner(caller)

const progress_ms = 200

/** Server-sent events: the job at each change (at most five a second), ending with its last state. */
async function* progress(jobs: Jobs, id: string, clock: Clock, signal: AbortSignal): AsyncGenerator<string> {
  let told: Job | null = null
  while (!signal.aborted) {
    const job = jobs.get(id)
    if (job === null) return
    if (job !== told) yield `event: job\ndata: ${JSON.stringify(job)}\n\n`
    if (job.endedAt !== null) return
    told = job
    await clock.sleep(progress_ms, signal)
  }
}

/** Adds `GET /jobs`, `GET /jobs/:id`, `DELETE /jobs/:id` (cancel) and `GET /jobs/:id/events` to a service. */
export const addJobRoutes = (server: Server, jobs: Jobs, clock: Clock): void => {
  const closing = new AbortController()
  server.addHook("preClose", async () => closing.abort())
  const params = z.object({ id: z.string() })
  /** Another's job is answered as one that does not exist. */
  const mine = (request: WithCaller, id: string): Job => {
    const caller = requireCaller(request)
    const job = jobs.get(id)
    if (job !== null && maySee(caller, job)) return job
    throw problem({
      status: 404,
      rule: "NO_JOB",
      hint_zh: "没有该任务，可能服务已重启，请重新提交",
      hint_en: "No such job; the service may have restarted: send the work again",
    })
  }
  server.get(
    "/jobs",
    { schema: { tags: ["jobs"], summary: "Long work in progress", response: { 200: z.array(jobSchema) } } },
    async (request) => {
      const caller = requireCaller(request)
      return jobs.list().filter((job) => maySee(caller, job))
    },
  )
  server.get(
    "/jobs/:id",
    { schema: { tags: ["jobs"], summary: "Progress of one job", params, response: { 200: jobSchema } } },
    async (request) => mine(request, request.params.id),
  )
  server.delete(
    "/jobs/:id",
    { schema: { tags: ["jobs"], summary: "Cancel a job", params, response: { 200: jobSchema } } },
    async (request) => {
      const { id } = mine(request, request.params.id)
      jobs.cancel(id)
      return mine(request, id)
    },
  )
  server.get(
    "/jobs/:id/events",
    { schema: { tags: ["jobs"], summary: "Progress as server-sent events", params } },
    async (request, reply) => {
      const { id } = mine(request, request.params.id)
      return reply.type("text/event-stream").send(Readable.from(progress(jobs, id, clock, closing.signal)))
    },
  )
}
