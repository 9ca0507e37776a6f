/**
 * What an application would do, before it is made: where to and why, what would move, what would be refused. The same functions decide
 * as for the application itself, on the same facts; nothing is written.
 */
import { describeRefusal, type Refusal } from "@tongzhang/contracts/refusals"
import { type ProvinceCode, provinces, type SchemeCode } from "@tongzhang/domain/codes"
import { type Enrollment, streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { DateText, PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { MonthRange } from "@tongzhang/domain/month-set"
import { intersection, ofRanges, size, union } from "@tongzhang/domain/month-set"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { dueDate } from "@tongzhang/law/rules/deadlines"
import { enrollments, persons } from "./aggregates.js"
import type { CaseIndex } from "./case-index.js"
import { eligibility } from "./eligibility.js"
import { isEmptyMove, movedOf } from "./moved.js"
import { planOf, type Relation } from "./plan.js"
import type { RelationIndex } from "./relations.js"

export type Words = { readonly zh: string; readonly en: string }
export type Proposed = Words & { readonly province: ProvinceCode; readonly article: string }

export type PreviewLeg = {
  readonly from: ProvinceCode
  readonly temporary: boolean
  readonly months: readonly MonthRange[]
  readonly months_total: number
  readonly account_fen: number
  readonly pooled_fen: number
}

export type Preview = {
  readonly proposed: Proposed | null
  readonly to: ProvinceCode | null
  /** Provinces one may choose: where a relation is, and the hukou. */
  readonly choices: readonly ProvinceCode[]
  readonly refusals: readonly Refusal[]
  /** An application that is under way already. */
  readonly running: TransferId | null
  readonly legs: readonly PreviewLeg[]
  /** Relations that stay where they are, and why. */
  readonly stays: readonly (Words & { readonly province: ProvinceCode })[]
  readonly months_total: number
  /** Months that two of them hold: moved first, cleared after (先转后清). */
  readonly overlapping: number
  readonly placeOfReceipt: { readonly province: ProvinceCode; readonly rule: string } | null
  /** Last day of each step, were every agency to use all its time. */
  readonly latest: { readonly letter: DateText; readonly statement: DateText; readonly booked: DateText }
}

const inForce = ({ enrollment }: Relation): boolean => enrollment.status === "open" && !enrollment.temporary

/**
 * The place the person works and pays in now; without one, the hukou province, which must take everything in (人社部规〔2016〕5号 §8).
 * Null when neither is known.
 */
export const proposalOf = (relations: readonly Relation[], hukou: ProvinceCode | null): Proposed | null => {
  const current = relations
    .filter(inForce)
    .toSorted((a, b) => (b.enrollment.from ?? "").localeCompare(a.enrollment.from ?? ""))[0]
  if (current !== undefined) {
    const { province, enrollment } = current
    const place = provinces[province]
    return {
      province,
      zh: `您自 ${enrollment.from ?? ""} 起在${place.zh}参保缴费：关系随就业转到现在的参保地`,
      en: `You have paid in ${place.en} since ${enrollment.from ?? ""}: the relation follows you to where you work now`,
      article: "国办发〔2009〕66号 Art 3, 8",
    }
  }
  if (hukou === null) return null
  const place = provinces[hukou]
  return {
    province: hukou,
    zh: `您目前没有在缴的关系：由户籍地${place.zh}归集`,
    en: `No relation is being paid into: ${place.en}, your hukou province, gathers them`,
    article: "国办发〔2009〕66号 Art 6；人社部规〔2016〕5号 §8",
  }
}

const staying = (
  to: ProvinceCode,
  { province, enrollment }: Relation,
): readonly (Words & { readonly province: ProvinceCode })[] => {
  if (province === to) return [{ province, zh: "转入地，原地保留", en: "the receiving place: it stays" }]
  if (enrollment.status === "moved") return [{ province, zh: "此前已经转出", en: "has been transferred away before" }]
  if (enrollment.status === "none") return []
  return isEmptyMove(movedOf(enrollment)) ? [{ province, zh: "没有月份和金额可转", en: "holds neither months nor money" }] : []
}

const overlapOf = (legs: readonly PreviewLeg[], here: Enrollment | undefined): number => {
  let held = here === undefined ? ofRanges([]) : here.ledger.months
  let twice = ofRanges([])
  for (const leg of legs) {
    const months = ofRanges(leg.months)
    twice = union(twice, intersection(held, months))
    held = union(held, months)
  }
  return size(twice)
}

/** Pure part: the plan for one place. */
export const previewAt = (input: {
  readonly to: ProvinceCode
  readonly on: DateText
  readonly hukou: ProvinceCode | null
  readonly relations: readonly Relation[]
}): Pick<Preview, "legs" | "stays" | "months_total" | "overlapping" | "placeOfReceipt"> => {
  const plan = planOf(input)
  const legs = plan.legs.map((leg) => ({
    from: leg.from,
    temporary: leg.temporary,
    months: leg.months,
    months_total: size(ofRanges(leg.months)),
    account_fen: leg.account_fen,
    pooled_fen: leg.pooled_fen,
  }))
  const here = input.relations.find(({ province }) => province === input.to)?.enrollment
  return {
    legs,
    stays: input.relations.flatMap((relation) => staying(input.to, relation)),
    months_total: size(legs.reduce((set, leg) => union(set, ofRanges(leg.months)), ofRanges([]))),
    overlapping: overlapOf(legs, here),
    placeOfReceipt: legs.length === 0 ? null : plan.placeOfReceipt,
  }
}

const latestFrom = (on: DateText): Preview["latest"] => {
  const letter = dueDate("letter", on)
  const statement = dueDate("statement", letter)
  return { letter, statement, booked: dueDate("booking", dueDate("money", statement)) }
}

export type Previews = (asked: {
  readonly person: PersonKey
  readonly scheme: SchemeCode
  /** Null: the place proposed. */
  readonly to: ProvinceCode | null
  readonly on: DateText
}) => Promise<Preview>

export const createPreviews =
  (deps: { readonly aggregates: AggregateStore; readonly relations: RelationIndex; readonly index: CaseIndex }): Previews =>
  async ({ person, scheme, to: wanted, on }) => {
    const { aggregates, relations, index } = deps
    const { state: who } = await aggregates.load(persons, personStream(person))
    const known = (await relations.relationsOf(person)).filter((relation) => relation.scheme === scheme)
    const loaded: Relation[] = await Promise.all(
      known.map(async ({ province }) => {
        const stream = enrollmentStream({ province, scheme, person })
        return { province, enrollment: (await aggregates.load(enrollments, stream)).state }
      }),
    )
    const proposed = proposalOf(loaded, who.hukou)
    const to = wanted ?? proposed?.province ?? null
    const running = index.openOf(person)[0]?.id ?? null
    const choices = [...new Set([...loaded.map(({ province }) => province), ...(who.hukou === null ? [] : [who.hukou])])]
    const common = { proposed, to, choices, running, latest: latestFrom(on) }
    const alreadyRunning: Refusal[] = running === null ? [] : [{ code: "TRANSFER_ALREADY_RUNNING", transferId: running }]
    if (to === null)
      return {
        ...common,
        refusals: [...alreadyRunning, { code: "NOTHING_TO_TRANSFER" }],
        legs: [],
        stays: [],
        months_total: 0,
        overlapping: 0,
        placeOfReceipt: null,
      }
    const plan = previewAt({ to, on, hukou: who.hukou, relations: loaded })
    const refused = await eligibility(aggregates, { person, scheme, to, on })
    const nothing: Refusal[] = plan.legs.length === 0 ? [{ code: "NOTHING_TO_TRANSFER" }] : []
    return { ...common, ...plan, refusals: [...alreadyRunning, ...(refused === null ? nothing : [refused])] }
  }

/** A refusal as the page shows it. */
export const refusalView = (refusal: Refusal): { rule: string; hint_zh: string; hint_en: string; article: string | null } => {
  const { rule, hint_zh, hint_en, article = null } = describeRefusal(refusal)
  return { rule, hint_zh, hint_en, article }
}
