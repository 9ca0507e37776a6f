/** What the law would give, beside what was decided: `GET /persons/{key}/assessment`, and a case of overlap before its decision. Nothing is decided here. */
import { dateText, personKey, yearMonth } from "@tongzhang/contracts/primitives"
import { assessBenefit } from "@tongzhang/entitlement/assessment"
import { documentOf, type ExplanationDocument } from "@tongzhang/entitlement/document"
import { previewOverlap } from "@tongzhang/entitlement/overlap-preview"
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import { note, readerOf } from "./access.js"
import type { ExplainRouteDeps } from "./explain-routes.js"
import { dateAt, knownAtText, knownOf } from "./moments.js"
import { factsKnown, unknownPerson } from "./people.js"
import { contradicts, type PersonLaw, personLaw } from "./person-law.js"

const common = z.object({
  ruleDate: dateText.optional().describe("day whose law is applied; today when left out"),
  post: z.enum(["female55", "female50"]).optional(),
  region: z.string().max(40).optional().describe("city with a pension base of its own"),
  knownAt: knownAtText.optional(),
  explain: z.enum(["true", "false"]).default("false").describe("with the tree of every number and the events"),
})
type Common = z.infer<typeof common>

const value = z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.unknown())])
const values = z.record(z.string(), value)
const json = z.unknown()

const valuesOf = ({ answers }: ExplanationDocument): z.infer<typeof values> =>
  Object.fromEntries(Object.entries(answers).map(([path, answer]) => [path, answer.value as z.infer<typeof value>]))

const explained = (law: PersonLaw, document: ExplanationDocument, { explain }: Common): { document?: unknown } =>
  explain === "true" ? { document: { ...document, events: law.evidenceFor(document) } } : {}

const assessmentSchema = z.object({
  award: z.enum(["final", "provisional"]).describe("provisional: on the base of the year before, a recalculation follows"),
  from: z.string().describe("first month of the pension"),
  values: values.describe(
    "assessed.*_fen, months …; awards.{claim}.{part}.awarded_fen and .difference_fen (award less assessment)",
  ),
  compared: z.array(z.string()).describe("recorded claims of the same first month"),
  rulings: z.array(z.object({ zh: z.string(), en: z.string(), reading_en: z.string() })),
  document: json.optional(),
})

const previewSchema = z.object({
  kind: z.string(),
  options: z.array(
    z.object({
      keep: z.string(),
      drop: z.string(),
      noPension: z.string().nullable().describe("why no pension is foreseen; null where one is"),
      values: values.describe("refund_fen, months_left, account_fen …; {low,middle,high}.monthly_fen going on as now"),
    }),
  ),
  values: values.describe("months, keep (what the rule would keep), agreement_needed"),
  document: json.optional(),
})

const unknownCase = () =>
  problem({
    status: 404,
    rule: "CASE_UNKNOWN",
    field: "case",
    hint_zh: "该参保人没有这个重复参保案件",
    hint_en: "The person has no such case of overlap",
  })

export const addLaw = (server: Server, deps: ExplainRouteDeps): void => {
  const log = openPolicyLog(deps.store)
  const enter = async (request: WithCaller, key: PersonKey, { knownAt }: Common, what: string): Promise<PersonLaw> => {
    const reader = readerOf(request, key)
    const records = await factsKnown(deps, key, knownAt === undefined ? null : knownOf(knownAt))
    if (records.length === 0) throw unknownPerson()
    const law = await personLaw(log, key, records)
    if (law === null) throw contradicts()
    await note(deps.access, deps.clock, reader, key, what)
    return law
  }
  const today = () => dateAt(deps.clock.now())

  server.get(
    "/persons/:key/assessment",
    {
      schema: {
        tags: ["person"],
        summary: "A pension assessed from the record, beside what an agency awarded; no decision",
        params: z.object({ key: personKey }),
        querystring: common.extend({
          from: yearMonth.optional().describe("month in which the pension starts; that of the award, else the statutory one"),
        }),
        response: { 200: assessmentSchema },
      },
    },
    async (request) => {
      const { query } = request
      const law = await enter(request, request.params.key, query, `assessment ${query.from ?? ""}`.trim())
      const { ruleDate = today(), post = null, from = null, region } = query
      const found = assessBenefit({
        facts: law.facts,
        parameters: law.parameters,
        on: ruleDate,
        post,
        retirement: from,
        ...(region === undefined ? {} : { region }),
      })
      if ("refused" in found)
        throw problem({
          status: 422,
          rule: `ASSESS_${found.refused.toUpperCase().replaceAll("-", "_")}`,
          hint_zh: found.zh,
          hint_en: found.en,
        })
      const { award, document, compared, rulings } = found
      const body = { award, from: found.from, values: valuesOf(document), compared: [...compared], rulings: [...rulings] }
      return { ...body, ...explained(law, document, query) }
    },
  )

  server.get(
    "/persons/:key/overlaps/:case/preview",
    {
      schema: {
        tags: ["person"],
        summary: "A duplicate enrollment before its decision: keep one side or the other, with months, money and pension",
        params: z.object({ key: personKey, case: z.string().max(160) }),
        querystring: common,
        response: { 200: previewSchema },
      },
    },
    async (request) => {
      const { query } = request
      const { key, case: id } = request.params
      const law = await enter(request, key, query, `overlap preview ${id}`)
      const { ruleDate = today(), post, region } = query
      const found = previewOverlap({ facts: law.facts, parameters: law.parameters, ruleDate, post, region }, id)
      if (found === null) throw unknownCase()
      const document = documentOf({ person: key, question: `overlap-preview:${id}`, ruleDate }, found.answers)
      const all = Object.entries(valuesOf(document))
      const options = found.options.map(({ keep, drop, noPension }) => {
        const prefix = `keep.${keep}.`
        const own = all.filter(([path]) => path.startsWith(prefix)).map(([path, one]) => [path.slice(prefix.length), one])
        return { keep, drop, noPension, values: Object.fromEntries(own) as z.infer<typeof values> }
      })
      const rest = Object.fromEntries(all.filter(([path]) => !path.startsWith("keep.")))
      return { kind: found.kind, options, values: rest, ...explained(law, document, query) }
    },
  )
}
