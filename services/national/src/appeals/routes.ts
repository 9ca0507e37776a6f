/** `/appeals`: the person files, reads and withdraws; who reported the number answers; the center sees all of them. */
import { personKey, province, text, yearMonth } from "@tongzhang/contracts/primitives"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import type { AppealId, Holder } from "@tongzhang/domain/appeal"
import { isOpen, outcomes } from "@tongzhang/domain/appeal"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { AccessLog } from "@tongzhang/engines/access-log"
import { requireCaller, requirePersonAccess, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Caller } from "@tongzhang/service-kit/caller"
import type { Server } from "@tongzhang/service-kit/http"
import { type Problem, problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import { dateAt, knownAtText, knownOf } from "../moments.js"
import { factsKnown, type PeopleDeps, personAt, unknownPerson, viewOf } from "../people.js"
import type { AppealBook, AppealCase } from "./book.js"
import type { AppealCommands } from "./commands.js"
import { serialOf } from "./commands.js"
import { ownerOf, parseSubject, type Subject, valueIn, type Words } from "./subject.js"
import { type Detail, detailOf, detailSchema, summaryOf, summarySchema } from "./views.js"

export const appealLimits = {
  /** Open ones a person may have at a time. */
  open_max: 30,
  text_max: 500,
  listed_max: 500,
} as const

export type AppealRouteDeps = PeopleDeps & {
  readonly book: AppealBook
  readonly commands: AppealCommands
  readonly access: AccessLog
}

const params = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{32}_[0-9a-f]{16}$/u)
    .transform((id) => id as AppealId),
})
const words = text(appealLimits.text_max)
const holder = z.union([province, z.literal("CN")])

const subjectUnknown = (): Problem =>
  problem({
    status: 422,
    rule: "APPEAL_SUBJECT_UNKNOWN",
    field: "subject",
    hint_zh: "账本中没有这个数字：请从显示该数字的页面提出申诉",
    hint_en: "The ledger holds no such number of this person: appeal from the page that shows it",
  })

const appealUnknown = (): Problem => problem(describeRefusal({ code: "APPEAL_UNKNOWN" }))

const notYours = (found: AppealCase): Problem =>
  problem({
    status: 403,
    rule: "FORBIDDEN_PROVINCE",
    hint_zh: `该申诉由 ${found.appeal.holder ?? ""} 办理，本机构无权查看或答复`,
    hint_en: `The appeal is with ${found.appeal.holder ?? ""}: this agency may neither read nor answer it`,
  })

/** Provinces that have had the appeal: who passed it on may still read it. */
const heldBy = ({ lines }: AppealCase): ReadonlySet<Holder> =>
  new Set(lines.flatMap(({ event }) => (event.type === "AppealAssigned" ? [event.to] : [])))

const requireReader = (request: WithCaller, found: AppealCase): Caller => {
  const caller = requireCaller(request, "person", "agency", "center", "auditor")
  if (caller.kind === "person") return requirePersonAccess(request, found.id.split("_")[0] as PersonKey)
  if (caller.kind === "agency" && !heldBy(found).has(caller.province)) throw notYours(found)
  return caller
}

/** Who may answer: the holder, and the center for everybody. */
const requireHolder = (request: WithCaller, found: AppealCase): { readonly caller: Caller; readonly by: Holder } => {
  const caller = requireCaller(request, "agency", "center")
  if (caller.kind === "center") return { caller, by: "CN" }
  if (caller.province !== found.appeal.holder) throw notYours(found)
  return { caller, by: caller.province }
}

const requireOpenRoom = (open: readonly AppealCase[], subject: string): void => {
  const same = open.find(({ appeal }) => appeal.about?.subject === subject)
  if (same !== undefined)
    throw problem({
      status: 409,
      rule: "APPEAL_SAME_NUMBER",
      field: "subject",
      detail: same.id,
      hint_zh: "您已就这个数字提出申诉，正在办理：请查看进度或补充",
      hint_en: "Your appeal about this number is under way already: look at it, or add to it",
    })
  if (open.length >= appealLimits.open_max)
    throw problem({
      status: 429,
      rule: "APPEALS_TOO_MANY",
      hint_zh: `同时办理的申诉最多 ${appealLimits.open_max} 件，请等待其中一件办结`,
      hint_en: `At most ${appealLimits.open_max} appeals at a time: wait for one of them to end`,
    })
}

/** The ledger's own values: at the position the appeal names, and today. */
const valuesOf = async (deps: AppealRouteDeps, person: PersonKey, found: AppealCase): Promise<Detail["values"]> => {
  const { about } = found.appeal
  const subject = about === null ? null : parseSubject(about.subject)
  if (about === null || subject === null) return { filed: null, today: null }
  const at = async (position: string | null): Promise<Words | null> => {
    const known = position === null ? null : knownOf(position)
    const one = await personAt(deps, person, { known, validAt: undefined })
    return one === null ? null : valueIn(subject, await viewOf(deps, one.state, { known, validAt: undefined }))
  }
  return { filed: about.position === null ? null : await at(about.position), today: await at(null) }
}

const textsOf = async (deps: AppealRouteDeps, person: PersonKey, found: AppealCase): Promise<Map<number, string | null>> => {
  const texts = new Map<number, string | null>()
  for (const { event, revision } of found.lines)
    if ("sealed" in event) texts.set(revision, await deps.commands.wordsOf(person, event.sealed))
  return texts
}

const answerWith = async (deps: AppealRouteDeps, id: AppealId): Promise<Detail> => {
  const found = await deps.book.find(id)
  if (found === null) throw appealUnknown()
  const person = id.split("_")[0] as PersonKey
  const known = { values: await valuesOf(deps, person, found), texts: await textsOf(deps, person, found) }
  return detailOf(found, dateAt(deps.clock.now()), known)
}

const filing = z.object({
  subject: text(160).describe(
    "relation:44_110:account_fen, family:pension:months_standing, paid:44_110:2026-03, gap:…, transfer:…, estimate:…",
  ),
  shown: text(120).describe("the value as the page showed it"),
  text: words.describe("what is wrong, in the person's own words"),
  validAt: yearMonth.nullish(),
  knownAt: knownAtText.nullish(),
  commandId: text(64).optional().describe("sent again with the same id: the same appeal"),
})

const addFiling = (server: Server, deps: AppealRouteDeps): void => {
  const { book, commands } = deps
  server.post(
    "/appeals",
    {
      schema: {
        tags: ["appeal"],
        summary: "Appeal about a number, by the person",
        description: "It goes to the province that reported the number's newest fact, or to the center, with a limit.",
        body: filing,
        response: { 201: detailSchema },
      },
    },
    async (request, reply) => {
      const caller = requireCaller(request, "person")
      const { person } = caller
      const { subject, shown, text: said, validAt = null, knownAt = null, commandId = `request ${request.id}` } = request.body
      const parsed: Subject | null = parseSubject(subject)
      if (parsed === null) throw subjectUnknown()
      const facts = await factsKnown(deps, person, knownAt === null ? null : knownOf(knownAt))
      if (facts.length === 0) throw unknownPerson()
      const owner = ownerOf(parsed, facts)
      if (owner === null) throw subjectUnknown()
      const mine = (await book.ofPerson(person)).filter(({ appeal }) => isOpen(appeal))
      // The same filing sent again is answered with what it made, not refused as a second one.
      requireOpenRoom(
        mine.filter(({ id }) => !id.endsWith(`_${serialOf(person, commandId)}`)),
        subject,
      )
      const about = { subject, shown, validAt, knownAt, position: facts.at(-1)?.position ?? null }
      const id = await commands.file(person, { about, text: said, owner, commandId }, caller)
      void reply.header("location", `/national/appeals/${id}`)
      return reply.code(201).send(await answerWith(deps, id))
    },
  )
}

const addReading = (server: Server, deps: AppealRouteDeps): void => {
  const querystring = z.object({
    state: z.enum(["open", "ended", "all"]).default("open"),
    holder: holder.optional().describe("for the center"),
    person: personKey.optional().describe("for the center"),
  })
  server.get(
    "/appeals",
    {
      schema: {
        tags: ["appeal"],
        summary: "Appeals: a person's own, those an agency has to answer, all for the center; the most urgent first",
        querystring,
        response: { 200: z.object({ today: z.string(), open: z.int(), overdue: z.int(), appeals: z.array(summarySchema) }) },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "person", "agency", "center", "auditor")
      const { state, holder: wanted, person } = request.query
      const all = caller.kind === "person" ? await deps.book.ofPerson(caller.person) : await deps.book.all()
      const today = dateAt(deps.clock.now())
      const found = all
        .filter((one) => caller.kind !== "agency" || one.appeal.holder === caller.province)
        .filter((one) => wanted === undefined || one.appeal.holder === wanted)
        .filter((one) => person === undefined || one.appeal.person === person)
        .filter(({ appeal }) => state === "all" || isOpen(appeal) === (state === "open"))
        .map((one) => summaryOf(one, today))
      const urgency = (one: (typeof found)[number]): string => `${one.due ?? "9999"} ${one.filedOn}`
      return {
        today,
        open: found.filter(({ status }) => status === "open" || status === "waiting").length,
        overdue: found.filter(({ overdue }) => overdue).length,
        appeals: found.toSorted((a, b) => urgency(a).localeCompare(urgency(b))).slice(0, appealLimits.listed_max),
      }
    },
  )
  server.get(
    "/appeals/:id",
    {
      schema: {
        tags: ["appeal"],
        summary: "One appeal: the person's words, the ledger's values then and now, the answer, the history",
        params,
        response: { 200: detailSchema },
      },
    },
    async (request) => {
      const { id } = request.params
      const found = await deps.book.find(id)
      // A person must not learn from the answer whether somebody else's appeal exists.
      if (found === null) throw appealUnknown()
      const caller = requireReader(request, found)
      const purpose = caller.kind === "person" ? "self" : caller.kind === "auditor" ? "audit" : "service"
      const person = id.split("_")[0] as PersonKey
      await deps.access.append({ person, caller, purpose, what: `appeal ${id.split("_")[1] ?? ""}`, at: deps.clock.now() })
      return answerWith(deps, id)
    },
  )
}

const addActs = (server: Server, deps: AppealRouteDeps): void => {
  const { book, commands } = deps
  const response = { 200: detailSchema }
  const find = async (id: AppealId): Promise<AppealCase> => {
    const found = await book.find(id)
    if (found === null) throw appealUnknown()
    return found
  }
  const answer = z.object({
    outcome: z.enum(outcomes),
    reason: text(1_000).describe("read by the person; no other person's data"),
    article: text(200).nullish().describe("needed for a rejection"),
    correction: text(500).nullish().describe("needed for an upheld appeal: what will be corrected, by whom"),
  })
  server.post(
    "/appeals/:id/answer",
    { schema: { tags: ["appeal"], summary: "The answer, by who holds it or the center", params, body: answer, response } },
    async (request) => {
      const { id } = request.params
      const { caller, by } = requireHolder(request, await find(id))
      const { outcome, reason, article = null, correction = null } = request.body
      await commands.answer(id, { outcome, by, reason, article, correction }, caller, request.id)
      return answerWith(deps, id)
    },
  )
  server.post(
    "/appeals/:id/assign",
    {
      schema: {
        tags: ["appeal"],
        summary: "Passed on to who can answer; the limit stays",
        params,
        body: z.object({ to: holder, reason: text(200) }),
        response,
      },
    },
    async (request) => {
      const { id } = request.params
      const { caller } = requireHolder(request, await find(id))
      await commands.assign(id, request.body.to, request.body.reason, caller, request.id)
      return answerWith(deps, id)
    },
  )
  const own = async (request: WithCaller, id: AppealId): Promise<{ caller: Caller; person: PersonKey }> => {
    const caller = requireCaller(request, "person")
    const person = id.split("_")[0] as PersonKey
    requirePersonAccess(request, person)
    await find(id)
    return { caller, person }
  }
  server.post(
    "/appeals/:id/supplement",
    {
      schema: {
        tags: ["appeal"],
        summary: "What the person was asked for; the clock starts anew",
        params,
        body: z.object({ text: words }),
        response,
      },
    },
    async (request) => {
      const { id } = request.params
      const { caller, person } = await own(request, id)
      await commands.supplement(id, person, request.body.text, caller, request.id)
      return answerWith(deps, id)
    },
  )
  server.post(
    "/appeals/:id/withdraw",
    { schema: { tags: ["appeal"], summary: "Withdrawn by the person", params, response } },
    async (request) => {
      const { id } = request.params
      const { caller } = await own(request, id)
      await commands.withdraw(id, caller)
      return answerWith(deps, id)
    },
  )
}

export const addAppealRoutes = (server: Server, deps: AppealRouteDeps): void => {
  addFiling(server, deps)
  addReading(server, deps)
  addActs(server, deps)
}
