/** Board and queues: agencies see what concerns them, the center and auditors see all. */
import { province, text } from "@tongzhang/contracts/primitives"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { requireCaller, requireProvince, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import type { Clock } from "@tongzhang/service-kit/clock"
import { z } from "zod"
import { boardOf, boardOrders } from "./board.js"
import type { CaseIndex } from "./case-index.js"
import { dateInChina } from "./dates.js"
import type { Commands } from "./commands.js"
import { limits } from "./limits.js"
import { performanceOf } from "./performance.js"
import { byHand, escalationsOf, type OpenTask, queueOf } from "./queues.js"
import {
  boardSchema,
  escalationSchema,
  performanceSchema,
  type Queue,
  queueSchema,
  roles,
  states,
  type Task,
  taskKinds,
} from "./view-schemas.js"

const limit = z.coerce.number().int().min(1).max(limits.page_max).default(limits.page_default)

const boardQuery = z.object({
  state: z.enum(states).optional(),
  province: province.optional().describe("receiving or former province"),
  overdue: z.stringbool().optional(),
  escalated: z.stringbool().optional(),
  order: z.enum(boardOrders).optional(),
  cursor: text(200).optional(),
  limit,
})
const queueQuery = z.object({
  province,
  role: z.enum(roles).optional(),
  task: z.enum(taskKinds).optional(),
  overdue: z.stringbool().optional(),
  clean: z.stringbool().optional().describe("true: of the page, only what may be accepted in a batch"),
  offset: z.coerce.number().int().min(0).default(0),
  limit,
})
type QueueQuery = z.infer<typeof queueQuery>

const wanted = ({ role, task, overdue, clean }: QueueQuery, one: OpenTask): boolean =>
  (role === undefined || one.role === role) &&
  (task === undefined || one.task === task) &&
  (overdue === undefined || one.overdue === overdue) &&
  // Only a statement can be clean: nothing else is even looked at.
  (clean !== true || one.task === "send_statement")

type BoardDependencies = { readonly index: CaseIndex; readonly clock: Clock; readonly whyNotClean: Commands["whyNotClean"] }

/** What an agency has to do next; whether a task is clean is looked up for one page only, as it reads the relations' books. */
const queuePage = async ({ index, clock, whyNotClean }: BoardDependencies, query: QueueQuery): Promise<Queue> => {
  const { offset, limit: page } = query
  const all = queueOf(index, query.province, dateInChina(clock.now()))
  const matching = all.filter((one) => wanted(query, one))
  const looked = async (one: OpenTask): Promise<Task> => {
    const whyNot = one.task === "send_statement" ? await whyNotClean(one.transferId, one.leg.code) : [byHand[one.task]]
    return { ...one, clean: whyNot.length === 0, whyNot: [...whyNot] }
  }
  const tasks = await Promise.all(matching.slice(offset, offset + page).map(looked))
  return {
    tasks: query.clean === undefined ? tasks : tasks.filter((one) => one.clean === query.clean),
    total: matching.length,
    overdue: matching.filter((task) => task.overdue).length,
    counts: Object.fromEntries(taskKinds.map((kind) => [kind, all.filter((one) => one.task === kind).length])) as Queue["counts"],
    next: offset + page < matching.length ? offset + page : null,
  }
}

/** An agency that names no province sees its own, and may name no other; center and auditor see what they ask for. */
const scopeOf = (request: WithCaller, wanted: ProvinceCode | undefined): ProvinceCode | undefined => {
  const caller = requireCaller(request, "agency", "center", "auditor")
  if (caller.kind !== "agency") return wanted
  requireProvince(request, wanted ?? caller.province)
  return caller.province
}

export const addBoardRoutes = (server: Server, deps: BoardDependencies): void => {
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
      const { state, overdue, escalated, order, cursor, limit } = request.query
      const wanted = scopeOf(request, request.query.province)
      const query = {
        limit,
        ...(state === undefined ? {} : { state }),
        ...(wanted === undefined ? {} : { province: wanted }),
        ...(overdue === undefined ? {} : { overdue }),
        ...(escalated === undefined ? {} : { escalated }),
        ...(order === undefined ? {} : { order }),
        ...(cursor === undefined ? {} : { cursor }),
      }
      return boardOf(index, query, today())
    },
  )
  server.get(
    "/performance",
    {
      schema: {
        summary: "The way of the legs: how many took each step and in how many working days; former by new province",
        querystring: z.object({ province: province.optional().describe("receiving or former province") }),
        response: { 200: performanceSchema },
      },
    },
    async (request) => performanceOf(index, scopeOf(request, request.query.province), today()),
  )
  server.get(
    "/queue",
    { schema: { summary: "What an agency has to do next", querystring: queueQuery, response: { 200: queueSchema } } },
    async (request) => {
      requireProvince(request, request.query.province, { allow: ["center"] })
      return queuePage(deps, request.query)
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
