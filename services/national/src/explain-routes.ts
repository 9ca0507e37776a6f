/** `GET /persons/{key}/explain`: a question answered with its reasons, or one number of a relation taken apart into the facts that moved it. */
import { personKey, yearMonth, dateText } from "@tongzhang/contracts/primitives"
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import { documentFormat } from "@tongzhang/entitlement/document"
import type { ExplainRefusal } from "@tongzhang/entitlement/explain"
import type { AccessLog } from "@tongzhang/engines/access-log"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import { note, readerOf } from "./access.js"
import { explain, explainedNumbers, explanationSchema } from "./explain.js"
import { type ExplainAnswer, explainPerson } from "./explanations.js"
import { dateAt, knownAtText, knownOf } from "./moments.js"
import { factsKnown, foldAt, type PeopleDeps, unknownPerson, viewOf } from "./people.js"
import { contradicts } from "./person-law.js"

const params = z.object({ key: personKey })

const querystring = z.object({
  question: z
    .string()
    .max(200)
    .optional()
    .describe(
      "record, months, account[:44_110], bases[:…], interest[:…], place, transfer:44, retirement, pension, benefits, overlap:{case}",
    ),
  ruleDate: dateText.optional().describe("day whose law is applied; today when left out"),
  post: z.enum(["female55", "female50"]).optional().describe("a woman's post decides her retirement age; no fact holds it"),
  retirement: yearMonth.optional().describe("month in which the pension is to start; the statutory one when left out"),
  region: z.string().max(40).optional().describe("city with a pension base of its own"),
  evidence: z.enum(["true", "false"]).default("false").describe("with the events, so that the document can be checked alone"),
  relation: z
    .string()
    .regex(/^\d{2}_\d{3}$/u)
    .optional()
    .describe("without a question: province and scheme, e.g. 44_110"),
  number: z.enum(explainedNumbers).default("account_fen"),
  knownAt: knownAtText.optional(),
  validAt: yearMonth.optional().describe("the number as it held in this month, as the record of that month shows it"),
})
type Query = z.infer<typeof querystring>

const json = z.unknown()
const documentSchema = z.object({
  format: z.literal(documentFormat),
  person: z.string(),
  question: z.string(),
  ruleDate: z.string(),
  validAt: z.string().optional().describe("month the numbers are about; absent: everything known"),
  given: z.array(json).describe("everything that was put in"),
  answers: z.record(z.string(), json).describe("number -> its tree of rules, parameters and events"),
  events: z.array(json).optional(),
})

const ruleOf = (refused: ExplainRefusal["refused"]): string => `EXPLAIN_${refused.toUpperCase().replaceAll("-", "_")}`

const documentOf = (answer: ExplainAnswer, evidence: boolean): z.infer<typeof documentSchema> => {
  switch (answer.kind) {
    case "explained": {
      const { document } = answer
      const plain = { ...document, given: [...document.given], answers: { ...document.answers } }
      return evidence ? { ...plain, events: [...answer.evidence] } : plain
    }
    case "refused":
      throw problem({ status: 422, rule: ruleOf(answer.refusal.refused), hint_zh: answer.refusal.zh, hint_en: answer.refusal.en })
    case "no_question":
      throw problem({
        status: 400,
        rule: "QUESTION_UNKNOWN",
        field: "question",
        hint_zh:
          "可以询问 record、months、account、bases、interest、place、transfer:省份、retirement、pension、benefits、overlap:案件",
        hint_en:
          "Ask record, months, account, bases, interest, place, transfer:PROVINCE, retirement, pension, benefits or overlap:CASE",
      })
    case "facts_contradict":
      throw contradicts()
  }
}

export type ExplainRouteDeps = PeopleDeps & { readonly access: AccessLog }

export const addExplain = (server: Server, deps: ExplainRouteDeps): void => {
  const log = openPolicyLog(deps.store)
  const read = async (request: WithCaller, key: PersonKey, query: Query, what: string): Promise<readonly RecordedEvent[]> => {
    const reader = readerOf(request, key)
    const facts = await factsKnown(deps, key, query.knownAt === undefined ? null : knownOf(query.knownAt))
    if (facts.length === 0) throw unknownPerson()
    await note(deps.access, deps.clock, reader, key, what)
    return facts
  }
  server.get(
    "/persons/:key/explain",
    {
      schema: {
        tags: ["person"],
        summary: "A question answered with its reasons; or a number taken apart into the facts behind it",
        params,
        querystring,
        response: { 200: z.union([documentSchema, explanationSchema]) },
      },
    },
    async (request) => {
      const { key } = request.params
      const { query } = request
      const { question, relation, number } = query
      if (question === undefined) {
        if (relation === undefined)
          throw problem({
            status: 400,
            rule: "QUESTION_MISSING",
            field: "question",
            hint_zh: "请写明要解释的问题，例如 question=months；或写明参保关系 relation=44_110",
            hint_en: "Say what to explain, e.g. question=months, or name a relation, relation=44_110",
          })
        const facts = await read(request, key, query, `explain ${relation} ${number}`)
        const explanation = explain(key, facts, relation, number, query.validAt)
        if (explanation === null) throw contradicts()
        return explanation
      }
      const facts = await read(request, key, query, `explain ${question}`)
      const now = deps.clock.now()
      const { ruleDate = dateAt(now), post, retirement, region, validAt, knownAt } = query
      const replayed = foldAt(key, facts, validAt)
      if (replayed.problem !== null) throw contradicts()
      const view = await viewOf(deps, replayed.state, { known: knownAt === undefined ? null : knownOf(knownAt), validAt })
      const asked = { person: key, facts, validAt, view, question, ruleDate, post, retirement, region }
      return documentOf(await explainPerson(log, asked), query.evidence === "true")
    },
  )
}
