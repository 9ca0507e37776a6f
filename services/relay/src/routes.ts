/** The relay's door: start a reconciliation, watch it, read what the last one found. */
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { addJobRoutes, jobOwner, jobSchema } from "@tongzhang/service-kit/job-routes"
import type { Jobs } from "@tongzhang/service-kit/jobs"
import { z } from "zod"
import type { LastReport } from "./nightly.js"
import type { ReconcileOptions, ReconcileReport } from "./reconcile.js"

export type RelayRoutes = {
  readonly clock: Clock
  readonly jobs: Jobs
  readonly reconcile: (options: Pick<ReconcileOptions, "repair" | "signal" | "onProgress">) => Promise<ReconcileReport>
  readonly last: () => Promise<LastReport | null>
}

const count = z.int().min(0)
const last = z.object({
  ok: z.boolean(),
  cancelled: z.boolean(),
  startedAt: z.number().describe("ms since 1970"),
  endedAt: z.number().describe("ms since 1970"),
  seconds: z.number(),
  upTo: z.string().nullable().describe("the relay's checkpoint when it began"),
  events: count,
  streams: count,
  messages: count,
  matched: count,
  resent: count.describe("copies beyond the first: allowed"),
  late: count.describe("first copies behind later facts of their partition"),
  missing: count,
  foreign: count,
  conflicting: count,
  altered: count,
  repaired: count,
  passes: count,
})

/** `POST /reconcile`, `GET /reconciliation` and the job routes. */
export const addRelayRoutes = (server: Server, { clock, jobs, reconcile, last: lastRun }: RelayRoutes): void => {
  server.post(
    "/reconcile",
    {
      schema: {
        tags: ["integrity"],
        summary: "Compare the ledger with the topic, event by event: a job; the report is its result",
        body: z
          .object({ repair: z.boolean().default(false).describe("send what is missing, then look again; the centre only") })
          .default({ repair: false }),
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const { repair } = request.body
      const caller = repair ? requireCaller(request, "center") : requireCaller(request, "auditor", "center")
      let before = 0
      const job = jobs.start(
        repair ? "reconcile and repair" : "reconcile",
        null,
        ({ signal, advance }) =>
          reconcile({
            repair,
            signal,
            onProgress: ({ messages }) => {
              advance(Math.max(0, messages - before))
              before = messages
            },
          }),
        { owner: jobOwner(caller) },
      )
      return reply.code(202).send(job)
    },
  )
  server.get(
    "/reconciliation",
    { schema: { tags: ["integrity"], summary: "What the last reconciliation found", response: { 200: last.nullable() } } },
    async (request) => {
      requireCaller(request, "auditor", "center")
      return lastRun()
    },
  )
  addJobRoutes(server, jobs, clock)
}
