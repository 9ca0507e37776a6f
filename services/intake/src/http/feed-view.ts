/** A feed as it is answered, and who may see it. */
import { z } from "zod"
import { requireCaller, type WithCaller } from "@tongzhang/service-kit/auth"
import { jobSchema } from "@tongzhang/service-kit/job-routes"
import { emptyTally } from "../batch/tally.js"
import { refusalProblem } from "../commands.js"
import { type FeedNote, isFeedId } from "../feeds/folder.js"
import { uploadIdOf } from "../feeds/uploads.js"
import { columnKeys } from "../reading/columns.js"
import type { IntakeParts } from "../service.js"

/** A column's key, or `none`: left alone. */
export const assignedSchema = z.enum([...columnKeys, "none"])
export const columnsSchema = z.record(z.string().max(200), assignedSchema)

const tally = z.object({
  rows: z.number(),
  accepted: z.number().describe("Rows taken, those with warnings included"),
  changed: z.number().describe("Of the accepted, those that alter what was on record"),
  warned: z.number(),
  unchanged: z.number().describe("Rows on record already"),
  refused: z.number(),
  events: z.number(),
  paid_fen: z.number(),
})
const counts = tally.extend({
  receiptNo: z.string().nullable(),
  resultHash: z.string().describe("SHA-256 over the rows' outcomes"),
  position: z.string().nullable().describe("End of the log when the feed was settled"),
  seconds: z.number(),
})

export const feedSchema = z.object({
  feedId: z.string(),
  province: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  size_bytes: z.number(),
  format: z.string(),
  encoding: z.string(),
  dryRun: z.boolean(),
  receivedAt: z.number(),
  state: z.enum(["queued", "running", "done", "failed", "interrupted"]),
  unknownColumns: z.array(z.string()).describe("Columns nobody here knows: kept in the result, otherwise left alone"),
  columns: columnsSchema.describe("Headers that the agency assigned; the others go by the ledger's names"),
  uploadId: z.string().describe("The file as it was uploaded: its columns, while it is kept"),
  failure: z.string().nullable(),
  counts: tally.nullable().describe("So far, while it is worked on; the last ones else"),
  result: counts.nullable(),
  job: jobSchema.nullable(),
})
export type FeedView = z.infer<typeof feedSchema>

export const viewOf = (note: FeedNote, parts: IntakeParts): FeedView => {
  const job = parts.jobOf(note.feedId)
  const { facts, unknownColumns, columns = {}, actor: _actor, ...rest } = note
  // Notes of before changes were counted.
  const result = note.result === null ? null : { ...emptyTally, ...note.result }
  // The note was read a moment before the job ended: it will say how in the next answer.
  const unsaid = note.result === null && note.failure === null && (job?.state === "done" || job?.state === "failed")
  const live = job !== null && (job.endedAt === null || unsaid)
  const state = live
    ? job.state === "queued"
      ? "queued"
      : "running"
    : note.result !== null
      ? "done"
      : note.failure !== null
        ? "failed"
        : "interrupted"
  return {
    ...rest,
    fileHash: facts.hash,
    size_bytes: facts.size_bytes,
    format: facts.format,
    encoding: facts.encoding,
    unknownColumns: [...unknownColumns],
    columns,
    uploadId: uploadIdOf(note.province, facts.hash),
    state,
    counts: parts.tallyOf(note.feedId) ?? result,
    result,
    job,
  }
}

/** The feed, if the caller may see it: its own province's agency, the centre, an auditor. Another's is answered as none. */
export const feedFor = async (request: WithCaller, parts: IntakeParts, feedId: string): Promise<FeedNote> => {
  const caller = requireCaller(request, "agency", "center", "auditor")
  const note = isFeedId(feedId) ? await parts.folder.note(feedId) : null
  if (note === null || (caller.kind === "agency" && caller.province !== note.province))
    throw refusalProblem({ code: "FEED_UNKNOWN", feedId: feedId.slice(0, 40) })
  return note
}

/** Where a feed is found. */
export const addressOf = ({ feedId }: Pick<FeedView, "feedId">): string => `/intake/feeds/${feedId}`
