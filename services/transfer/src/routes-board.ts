/** Board and queues: agencies see what concerns them, the center and auditors see all. */
import { province, text } from "@tongzhang/contracts/primitives"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { requireCaller, requireProvince } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import type { Clock } from "@tongzhang/service-kit/clock"
import { z } from "zod"
import { boardOf } from "./board.js"
import type { CaseIndex } from "./case-index.js"
import { dateInChina } from "./dates.js"
import { limits } from "./limits.js"
import { escalationsOf, queueOf } from "./queues.js"
import { boardSchema, escalationSchema, queueSchema, states } from "./view-schemas.js"

const limit = z.coerce.number().int().min(1).max(limits.page_max).default(limits.page_default)

const boardQuery = z.object({
  state: z.enum(states).optional(),
  province: province.optional().describe("receiving or former province"),
  overdue: z.stringbool().optional(),
  cursor: text(200).optional(),
  limit,
})
const queueQuery = z.object({ province, limit })

export const addBoardRoutes = (server: Server, deps: { readonly index: CaseIndex; readonly clock: Clock }): void => {
  const { index, clock } = deps
  const today = () => dateInChina(clock.now())
  server.get(
    "/board",
    {
      schema: {
        summary: "Applications with state, clock and fen in transit",
        querystring: boardQuery,
        response: { 200: boardSchema },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const { state, overdue, cursor, limit } = request.query
      // An agency that names no province sees its own.
      const wanted: ProvinceCode | undefined = caller.kind === "agency" ? caller.province : request.query.province
      if (caller.kind === "agency") requireProvince(request, request.query.province ?? caller.province)
      const query = {
        limit,
        ...(state === undefined ? {} : { state }),
        ...(wanted === undefined ? {} : { province: wanted }),
        ...(overdue === undefined ? {} : { overdue }),
        ...(cursor === undefined ? {} : { cursor }),
      }
      return boardOf(index, query, today())
    },
  )
  server.get(
    "/queue",
    { schema: { summary: "What an agency has to do next", querystring: queueQuery, response: { 200: queueSchema } } },
    async (request) => {
      requireProvince(request, request.query.province, { allow: ["center"] })
      const tasks = queueOf(index, request.query.province, today())
      return {
        tasks: tasks.slice(0, request.query.limit),
        total: tasks.length,
        overdue: tasks.filter((task) => task.overdue).length,
      }
    },
  )
  server.get(
    "/escalations",
    {
      schema: {
        summary: "Overdue steps on the national queue",
        querystring: z.object({ limit }),
        response: { 200: z.object({ escalations: z.array(escalationSchema), total: z.int() }) },
      },
    },
    async (request) => {
      requireCaller(request, "center", "auditor")
      const late = escalationsOf(index, today())
      return { escalations: late.slice(0, request.query.limit), total: late.length }
    },
  )
}
