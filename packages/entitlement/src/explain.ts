/** Asks: any number of a person, explained as one document (features N2). Pure: facts, parameters and the date of the rules come in. */
import { familyOf } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained } from "@tongzhang/law/explain/explained"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import { documentOf, type ExplanationDocument } from "./document.js"
import type { Facts } from "./facts.js"
import { employeeSchemes } from "./history.js"
import { explainInterest } from "./interest.js"
import { explainOverlap } from "./overlap.js"
import { explainPension } from "./pension.js"
import { currentProvince, type DeemedStay, placeOf } from "./place.js"
import type { Question } from "./question.js"
import { explainRecord } from "./record/record.js"
import { accountOf, basesOf, monthsStanding } from "./record/relation.js"
import type { RelationFacts } from "./relation-facts.js"
import { explainRetirement, type Post } from "./retirement.js"
import { explainTransfer } from "./transfer.js"

export type Asked = {
  readonly facts: Facts
  /** The record of the same facts at the same month of validity. */
  readonly view: UnifiedRecord
  readonly question: Question
  /** The question as it was asked, for the document. */
  readonly text: string
  readonly parameters: Parameters
  /** Day whose law is applied; for a transfer, the day of the application. */
  readonly ruleDate: DateText
  /** What no event holds and the asker states. */
  readonly post?: Post
  readonly retirement?: YearMonth
  readonly region?: string
  readonly deemed?: readonly DeemedStay[]
}

export const refusalCodes = [
  "not-registered",
  "post-unknown",
  "never-insured",
  "no-pension-base",
  "no-index",
  "no-divisor",
  "before-the-rules",
  "relation-unknown",
  "case-unknown",
] as const
export type ExplainRefusal = { readonly refused: (typeof refusalCodes)[number]; readonly zh: string; readonly en: string }

const words: Readonly<Record<ExplainRefusal["refused"], readonly [zh: string, en: string]>> = {
  "not-registered": ["该参保人尚无登记信息（出生年月、性别）", "birth month and sex of the person are not registered"],
  "post-unknown": ["女职工须说明岗位类别（female55 或 female50）", "for a woman the post has to be stated: female55 or female50"],
  "never-insured": ["没有职工养老保险的缴费记录", "no month of an employee pension scheme is recorded"],
  "no-pension-base": [
    "退休年度及上一年度的计发基数未公布或未收录",
    "no pension base of the year of retirement or the year before is known",
  ],
  "no-index": ["缺少计算缴费指数所需的平均工资", "no average wage is known that an index could be computed with"],
  "no-divisor": ["缺少该年龄的计发月数", "no payout months of that age are known"],
  "before-the-rules": ["该日期早于已收录的规则", "the date lies before the rules known here"],
  "relation-unknown": ["没有这个参保关系", "the person has no such relation"],
  "case-unknown": ["没有这个重复参保案件", "the person has no such case of overlap"],
}
export const refusal = (refused: ExplainRefusal["refused"]): ExplainRefusal => ({
  refused,
  zh: words[refused][0],
  en: words[refused][1],
})

type Answers = ReadonlyMap<string, Explained>
type Found = Answers | ExplainRefusal
const isRefusal = (found: Found): found is ExplainRefusal => "refused" in found

const perRelation = (
  { facts }: Asked,
  relation: string | null,
  of: (found: RelationFacts, key: string) => readonly (readonly [string, Explained])[],
): Found => {
  const one = relation === null ? null : facts.relations.get(relation)
  if (one === undefined) return refusal("relation-unknown")
  const all = relation === null || one === null ? [...facts.relations] : [[relation, one] as const]
  return new Map(all.flatMap(([key, found]) => of(found, key)))
}

const only = (answers: Answers, wanted: (path: string) => boolean): Answers =>
  new Map([...answers].filter(([path]) => wanted(path)))

const recordOf = ({ facts, view, ruleDate }: Asked): Answers => explainRecord(facts, view, ruleDate)

const monthsOf = (asked: Asked): Answers => {
  const { facts, ruleDate } = asked
  const relations = [...facts.relations].map(
    ([key, relation]) => [`relations.${key}.months`, monthsStanding(relation, ruleDate, null, facts.validAt)] as const,
  )
  const totals = only(recordOf(asked), (path) => /^totals\.families\.\d+\.months_/u.test(path))
  const families = asked.view.totals.families.map(({ family }) => family)
  const named = [...totals].map(([path, answer]) => {
    const [, , at = "", ...rest] = path.split(".")
    return [`families.${families[Number(at)] ?? at}.${rest.join(".")}`, answer] as const
  })
  return new Map([...named, ...relations])
}

const placeAnswers = ({ facts, ruleDate, deemed }: Asked): Found => {
  const current = currentProvince(facts, employeeSchemes)
  if (current === null) return refusal("never-insured")
  const { place, branch } = placeOf({
    facts,
    on: ruleDate,
    schemes: employeeSchemes,
    current,
    ...(deemed === undefined ? {} : { deemed }),
  })
  return new Map<string, Explained>([
    ["province", place],
    ["rule", branch],
  ])
}

const pensionAnswers = ({ facts, parameters, ruleDate, post, retirement, region, deemed }: Asked): Found => {
  const found = explainPension({
    facts,
    parameters,
    on: ruleDate,
    post: post ?? null,
    retirement: retirement ?? null,
    ...(region === undefined ? {} : { region }),
    ...(deemed === undefined ? {} : { deemed }),
  })
  if ("refused" in found) return refusal(found.refused)
  if ("reason" in found) return refusal(found.reason)
  const { assessment, place, statutory, months, complete } = found
  const { total, basic, account, transitional, eligible } = assessment
  return new Map<string, Explained>([
    ["total_fen", total],
    ["basic_fen", basic],
    ["account_fen", account],
    ...(transitional === null ? [] : [["transitional_fen", transitional] as const]),
    ["eligible", eligible],
    ["statutory_month", statutory],
    ["place", place],
    ["months", months],
    ["all_months_used", complete],
  ])
}

const answersTo = (asked: Asked): Found => {
  const { facts, question, parameters, ruleDate } = asked
  switch (question.kind) {
    case "record":
      return recordOf(asked)
    case "months":
      return monthsOf(asked)
    case "account":
      return perRelation(asked, question.relation, (relation, key) => [[`${key}.account_fen`, accountOf(relation, ruleDate)]])
    case "bases":
      return perRelation(asked, question.relation, (relation, key) => [[`${key}.bases_fen`, basesOf(relation, ruleDate)]])
    case "interest":
      return perRelation(asked, question.relation, (relation, key) =>
        familyOf(relation.scheme) === "pension" ? explainInterest(relation, key, parameters, ruleDate) : [],
      )
    case "place":
      return placeAnswers(asked)
    case "transfer": {
      const { deemed } = asked
      const more = deemed === undefined ? {} : { deemed }
      return explainTransfer({ facts, parameters, on: ruleDate, to: question.to, schemes: employeeSchemes, ...more })
    }
    case "retirement": {
      const found = explainRetirement(facts, ruleDate, asked.post ?? null)
      return "refused" in found ? refusal(found.refused) : found
    }
    case "pension":
      return pensionAnswers(asked)
    case "benefits":
      return only(recordOf(asked), (path) => path.startsWith("benefits."))
    case "overlap":
      return explainOverlap(facts, ruleDate, question.case) ?? refusal("case-unknown")
  }
}

export const explain = (asked: Asked): ExplanationDocument | ExplainRefusal => {
  const found = answersTo(asked)
  if (isRefusal(found)) return found
  const { facts, text, ruleDate } = asked
  return documentOf({ person: facts.person, question: text, ruleDate, validAt: facts.validAt }, found)
}
