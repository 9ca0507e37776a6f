/** `POST /fsck`: a job; its report names the first event, person or position that is not as it was published. */
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { jobOwner, jobSchema } from "@tongzhang/service-kit/job-routes"
import type { Jobs } from "@tongzhang/service-kit/jobs"
import { z } from "zod"
import type { ProofKeeper } from "../proof/keeper.js"
import { allUnits, fsck, type FsckDeps } from "./fsck.js"
import type { Unit } from "./run-state.js"

const province = z.custom<Unit>((value) => (allUnits as readonly unknown[]).includes(value)).meta({ type: "string" })
const body = z
  .object({
    provinces: z
      .array(province)
      .max(allUnits.length)
      .optional()
      .describe("only these, e.g. 31, or others (nobody's province); absent: the whole ledger in one scan"),
    byProvince: z.boolean().default(false).describe("all provinces, two at a time: can be resumed"),
    resume: z.boolean().default(false).describe("go on where the last run by province was broken off"),
  })
  .default({ byProvince: false, resume: false })

export const addFsckRoutes = (
  server: Server,
  deps: Omit<FsckDeps, "log"> & { readonly proof: ProofKeeper; readonly jobs: Jobs },
): void => {
  const { proof, jobs, record } = deps
  const log = { ...proof.find, key: proof.key }
  const totalOf = async (byProvince: boolean): Promise<number> => {
    const events = proof.log()?.published().size ?? 0
    if (!byProvince) return events
    const { relations } = await record.db
      .selectFrom("relation")
      .select(({ fn }) => fn.countAll<number>().as("relations"))
      .executeTakeFirstOrThrow()
    // The log once, then every event in its province, and each person in each of theirs.
    return 2 * events + relations
  }
  server.post(
    "/fsck",
    {
      schema: {
        tags: ["integrity"],
        summary: "Rebuild every hash from the events, fold everybody again, compare with the published log and the record: a job",
        body,
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const caller = requireCaller(request, "auditor", "center")
      const { resume, byProvince } = request.body
      // Only a run by province can go on.
      const provinces = request.body.provinces ?? (byProvince || resume ? allUnits : undefined)
      const job = jobs.start(
        "fsck",
        null,
        async ({ signal, advance, setTotal }) => {
          setTotal(await totalOf(provinces !== undefined))
          return fsck(
            { ...deps, log },
            { ...(provinces === undefined ? {} : { provinces }), resume, signal, onProgress: advance },
          )
        },
        { owner: jobOwner(caller) },
      )
      return reply.code(202).send(job)
    },
  )
}
