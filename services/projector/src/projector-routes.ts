/** `POST /rebuild`: the record rebuilt beside the one in use, as a job. */
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { addJobRoutes, jobOwner, jobSchema } from "@tongzhang/service-kit/job-routes"
import { createJobs } from "@tongzhang/service-kit/jobs"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { rebuildBeside } from "./beside.js"
import type { Projector } from "./projector.js"
import { addQuarantineRoutes } from "./quarantine-routes.js"
import type { ProjectorOptions } from "./run.js"

/** One at a time: two would build the same copy. */
const jobs_running_max = 1

export type RebuildDoor = { readonly plugin: ServicePlugin; readonly close: () => Promise<void> }

export const rebuildDoor = (options: ProjectorOptions, projector: Projector): RebuildDoor => {
  const { clock, record } = options
  const jobs = createJobs({ clock, max_running: jobs_running_max })
  /** What the record says it holds: good enough for a bar of progress. */
  const countEvents = async (): Promise<number> => {
    const { events } = await record.db
      .selectFrom("person_record")
      .select(({ fn }) => fn.sum<number | null>("events").as("events"))
      .executeTakeFirstOrThrow()
    return events ?? 0
  }
  const addRoutes = (server: Server): void => {
    server.post(
      "/rebuild",
      {
        schema: {
          tags: ["record"],
          summary: "Build a second copy of the record while the first answers, compare the digests, switch over: a job",
          response: { 202: jobSchema },
        },
      },
      async (request, reply) => {
        const caller = requireCaller(request, "center", "auditor")
        const job = jobs.start(
          "rebuild",
          null,
          async ({ signal, advance, setTotal }) => {
            setTotal(await countEvents())
            return rebuildBeside(options, projector, { onProgress: advance, signal })
          },
          { owner: jobOwner(caller) },
        )
        return reply.code(202).send(job)
      },
    )
    addJobRoutes(server, jobs, clock)
    addQuarantineRoutes(server, projector)
  }
  return { plugin: async (server) => addRoutes(server), close: () => jobs.close() }
}
