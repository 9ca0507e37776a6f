/** Result files of a feed. */
import { Readable } from "node:stream"
import { z } from "zod"
import type { Server } from "@tongzhang/service-kit/http"
import type { WithCaller } from "@tongzhang/service-kit/auth"
import { refusalProblem } from "../commands.js"
import type { FeedNote } from "../feeds/folder.js"
import { failedRows, openResults, type Results, resultCsv, resultXlsx } from "../feeds/results.js"
import type { IntakeParts } from "../service.js"
import { feedFor } from "./feed-view.js"

const params = z.object({ feedId: z.string() })
const querystring = z.object({ lang: z.enum(["zh", "en"]).default("zh") })
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

const attachment = (note: FeedNote, ending: string): string =>
  `attachment; filename="${note.feedId}-${ending}"; filename*=UTF-8''${encodeURIComponent(`${note.fileName}.${ending}`)}`

const charset = (results: Results): string =>
  results.encoding === "gb18030" ? "gb18030" : results.encoding === "utf-16le" ? "utf-16le" : "utf-8"

export const addResultRoutes = (server: Server, parts: IntakeParts): void => {
  const finished = async (request: WithCaller, feedId: string): Promise<{ note: FeedNote; results: Results }> => {
    const note = await feedFor(request, parts, feedId)
    const job = parts.jobOf(feedId)
    if (job !== null && job.endedAt === null) throw refusalProblem({ code: "FEED_RUNNING", feedId })
    if (note.result === null) throw refusalProblem({ code: "FEED_FAILED", feedId })
    try {
      return { note, results: await openResults(parts.folder, note, parts.limits) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw refusalProblem({ code: "FEED_RESULT_GONE", feedId })
      throw error
    }
  }

  server.get(
    "/feeds/:feedId/result.csv",
    { schema: { tags: ["feeds"], summary: "Every row with status, code and hint", params, querystring } },
    async (request, reply) => {
      const { note, results } = await finished(request, request.params.feedId)
      return reply
        .type(`text/csv; charset=${charset(results)}`)
        .header("content-disposition", attachment(note, "result.csv"))
        .send(Readable.from(resultCsv(results, request.query.lang)))
    },
  )
  server.get(
    "/feeds/:feedId/result.xlsx",
    { schema: { tags: ["feeds"], summary: "The same as a workbook", params, querystring } },
    async (request, reply) => {
      const { note, results } = await finished(request, request.params.feedId)
      const limit = parts.limits.xlsxResult_rows_max
      if ((note.result?.rows ?? 0) > limit) throw refusalProblem({ code: "RESULT_TOO_LARGE_FOR_XLSX", limit })
      return reply
        .type(xlsxType)
        .header("content-disposition", attachment(note, "result.xlsx"))
        .send(await resultXlsx(results, request.query.lang))
    },
  )
  server.get(
    "/feeds/:feedId/failed.csv",
    {
      schema: { tags: ["feeds"], summary: "The refused rows alone, in the file's own format, to correct and send again", params },
    },
    async (request, reply) => {
      const { note, results } = await finished(request, request.params.feedId)
      return reply
        .type(results.isNdjson ? "application/x-ndjson" : `text/csv; charset=${charset(results)}`)
        .header("content-disposition", attachment(note, results.isNdjson ? "failed.ndjson" : "failed.csv"))
        .send(Readable.from(failedRows(results)))
    },
  )
}
