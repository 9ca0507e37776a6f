/** `POST /persons/{key}/simulate`: futures side by side, from what is recorded (features E5, E6). Nothing is kept: the answer holds all it follows from. */
import { dateText, personKey, province, yearMonth } from "@tongzhang/contracts/primitives"
import { documentOf, type ExplanationDocument } from "@tongzhang/entitlement/document"
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import {
  type Assumptions,
  assumptionText,
  channels,
  defaultAssumptions,
  type Scenario,
  simulationRefusals,
  standingAssumptions,
} from "@tongzhang/entitlement/simulate/scenario"
import { channelScenarios, simulate, simulationFormat } from "@tongzhang/entitlement/simulate/simulate"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import { note, readerOf } from "./access.js"
import type { ExplainRouteDeps } from "./explain-routes.js"
import { dateAt, knownAtText, knownOf } from "./moments.js"
import { factsKnown, unknownPerson } from "./people.js"
import { contradicts, personLaw } from "./person-law.js"

const params = z.object({ key: personKey })
const amount_fen = z.int().min(1).max(100_000_000)

const scenario = z.object({
  name: z
    .string()
    .regex(/^[\w-]{1,40}$/u)
    .describe("under which the answer stands; the first scenario is what the others are compared with"),
  retire: yearMonth.optional().describe("month in which the pension is to start; the statutory one when left out"),
  base: z
    .union([z.enum(["last", "floor", "ceiling"]), z.object({ amount_fen })])
    .optional()
    .describe("what a month is paid on, before its limits; an amount is today's money and grows with wages"),
  channel: z.enum(channels).optional(),
  move: z.object({ to: province, from: yearMonth.optional() }).optional(),
  stop: yearMonth.optional().describe("first month for which nothing is paid any more"),
  tier_fen: amount_fen.optional().describe("paid a year in the resident scheme; the highest tier known when left out"),
})

const rate = z.string().regex(/^-?0(\.\d{1,6})?$/u, "exact text below 1, e.g. 0.025")
const assumption = z.object({ low: rate, middle: rate, high: rate })
const assumptions = z.object({
  wageGrowth: assumption,
  pensionBaseGrowth: assumption,
  accountInterest: assumption,
  residentBasicGrowth: assumption,
})

const body = z.object({
  scenarios: z.array(scenario).min(1).max(8).optional().describe("going on as now when left out"),
  compare: z.literal("channels").optional().describe("the first scenario as employee, flexible worker and resident"),
  assumptions: assumptions.partial().optional().describe("rates a year; those left out are the program's"),
  ruleDate: dateText.optional().describe("day whose law is applied and on which the future begins; today when left out"),
  knownAt: knownAtText.optional(),
  post: z.enum(["female55", "female50"]).optional(),
  region: z.string().max(40).optional(),
  deemed: z
    .array(z.object({ province, from: yearMonth, to: yearMonth, months: z.int().min(0).max(600) }))
    .max(5)
    .optional()
    .describe("months that count without having been paid 视同缴费; no event holds them"),
  explain: z
    .array(z.string().max(100))
    .max(8)
    .default([])
    .describe("answers to explain, e.g. now.middle.monthly_fen: their trees with the events they were made of"),
})
type Body = z.infer<typeof body>

const json = z.unknown()
const text = z.object({ zh: z.string(), en: z.string() })
const refused = z.object({ refused: z.enum(simulationRefusals), zh: z.string(), en: z.string() })
const numbers = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))
const result = z.union([refused, numbers])
const response = z.object({
  id: z.string().describe("SHA-256 of `content`: the same question to the same history has the same id and the same numbers"),
  content: z.object({
    format: z.literal(simulationFormat),
    person: z.string(),
    ruleDate: z.string(),
    events: z.object({ count: z.int(), digest: z.string() }),
    post: z.string().nullable(),
    region: z.string().nullable(),
    deemed: z.array(json),
    scenarios: z.array(scenario),
    assumptions,
    parameters: z.array(z.string()).describe("published numbers that went in"),
  }),
  scenarios: z
    .record(z.string(), z.object({ low: result, middle: result, high: result }))
    .describe(
      "monthly_fen, basic_fen, account_fen, months, place, pension_from, paid_fen …; compared_* against the first scenario",
    ),
  assumptions: z.array(text),
  document: json.optional().describe("the answers to explain, by scenario.variant.name, for verify-explanation"),
})

const scenariosOf = ({ scenarios = [{ name: "now" }], compare }: Body): readonly Scenario[] => {
  const [first, second] = scenarios
  const names = scenarios.map(({ name }) => name)
  if (new Set(names).size !== names.length)
    throw problem({
      status: 400,
      rule: "SCENARIO_NAMES",
      field: "scenarios",
      hint_zh: "各方案的名称不能相同",
      hint_en: "Every scenario needs a name of its own",
    })
  if (compare === undefined || first === undefined) return scenarios
  if (second === undefined) return channelScenarios(first)
  throw problem({
    status: 400,
    rule: "SCENARIO_COMPARE",
    field: "compare",
    hint_zh: "按参保方式比较时只能给出一个方案",
    hint_en: "Channels are compared for one scenario",
  })
}

const assumptionsOf = (given: Body["assumptions"]): Assumptions => {
  const { wageGrowth, pensionBaseGrowth, accountInterest, residentBasicGrowth } = defaultAssumptions
  return {
    wageGrowth: given?.wageGrowth ?? wageGrowth,
    pensionBaseGrowth: given?.pensionBaseGrowth ?? pensionBaseGrowth,
    accountInterest: given?.accountInterest ?? accountInterest,
    residentBasicGrowth: given?.residentBasicGrowth ?? residentBasicGrowth,
  }
}

const inWords = (taken: Assumptions): z.infer<typeof text>[] => [
  ...(Object.keys(taken) as (keyof Assumptions)[]).map((name) => {
    const { low, middle, high } = taken[name]
    const { zh, en } = assumptionText(name)
    const rates = `${low} / ${middle} / ${high}`
    return { zh: `${zh}（低/中/高）：${rates}，为假定`, en: `${en} (low / middle / high): ${rates}, constructed` }
  }),
  ...standingAssumptions,
]

/** Trees are large (every month of a life): only those asked for are written out. */
const explaining = (document: ExplanationDocument, wanted: readonly string[]): ExplanationDocument => {
  const unknown = wanted.find((path) => document.answers[path] === undefined)
  if (unknown !== undefined)
    throw problem({
      status: 400,
      rule: "ANSWER_UNKNOWN",
      field: "explain",
      hint_zh: `没有名为 ${unknown} 的数字，写法如 now.middle.monthly_fen`,
      hint_en: `There is no answer ${unknown}: write e.g. now.middle.monthly_fen`,
    })
  return documentOf(
    document,
    wanted.flatMap((path) => {
      const answer = document.answers[path]
      return answer === undefined ? [] : [[path, answer] as const]
    }),
  )
}

export const addSimulate = (server: Server, deps: ExplainRouteDeps): void => {
  const log = openPolicyLog(deps.store)
  server.post(
    "/persons/:key/simulate",
    {
      schema: {
        tags: ["person"],
        summary: "Futures side by side: what a month would pay, cost and gain, as a range with its assumptions",
        params,
        body,
        response: { 200: response },
      },
    },
    async (request) => {
      const { key } = request.params
      const { ruleDate = dateAt(deps.clock.now()), knownAt, post, region, deemed, explain } = request.body
      const reader = readerOf(request, key)
      const records = await factsKnown(deps, key, knownAt === undefined ? null : knownOf(knownAt))
      if (records.length === 0) throw unknownPerson()
      const law = await personLaw(log, key, records)
      if (law === null) throw contradicts()
      const { facts, parameters, evidenceFor } = law
      const taken = assumptionsOf(request.body.assumptions)
      const question = { facts, parameters, ruleDate, post, region, deemed, assumptions: taken }
      const found = simulate({ ...question, scenarios: scenariosOf(request.body) })
      if ("refused" in found)
        throw problem({
          status: 422,
          rule: `SIMULATE_${found.refused.toUpperCase().replaceAll("-", "_")}`,
          hint_zh: found.zh,
          hint_en: found.en,
        })
      const { id, content } = found
      const document = explain.length === 0 ? null : explaining(found.document, explain)
      await note(deps.access, deps.clock, reader, key, `simulate ${id}`)
      return {
        id,
        content: content as z.infer<typeof response>["content"],
        scenarios: found.scenarios as z.infer<typeof response>["scenarios"],
        assumptions: inWords(taken),
        ...(document === null ? {} : { document: { ...document, events: evidenceFor(document) } }),
      }
    },
  )
}
