/** Unified record 个人权益记录: pure function of a person's state, for people, programs and printing. */
import { familyOf } from "@tongzhang/domain/codes"
import { indexOf, monthMax, type YearMonth } from "@tongzhang/domain/month"
import { type MonthSet, union } from "@tongzhang/domain/month-set"
import { bitsOf, countMonths, rangesOf, removeMonths, spanOf, toMonthSet } from "./month-bits.js"
import type { MovedPart, PersonState, Relation } from "./person-state.js"
import { benefitViews, holdsOf, overlapViews, transferViews } from "./view-cases.js"
import { type FloorOf, indicatorsOf } from "./view-indicators.js"
import { type BenefitView, families, type FamilyTotals, type RelationView, type UnifiedRecord } from "./view-schema.js"
import { gapsOf, hasBegun, inTransit, matrixOf, overlaps, segmentsOf, type Timeline, timelineOf } from "./view-timeline.js"

export type ViewOptions = {
  /**
   * Month the state was folded for (`replayValid`): months that lie after it are left out, though a payment made then covers them.
   * One meaning everywhere: of any other state these would be today's amounts beside that month's months.
   */
  readonly validAt?: YearMonth
  /** Looks for gaps up to this month too (usually the last full month); absent: up to the last month counted. */
  readonly current?: YearMonth
  readonly floorOf?: FloorOf
}

/** Months up to and including `cut`. */
const until = (months: MonthSet, cut: YearMonth): MonthSet => {
  const span = spanOf(months)
  const limit = indexOf(cut)
  const bits = bitsOf(months)
  if (span !== null && span.last > limit) removeMonths(bits, limit + 1, span.last)
  return toMonthSet(bits)
}

const movedView = (part: MovedPart, cut: YearMonth): RelationView["transferredIn"][number] => {
  const months = until(part.months, cut)
  const { transferId, province, account_fen, pooled_fen, bases_fen } = part
  return { transferId, province, months: countMonths(months), ranges: rangesOf(months), account_fen, pooled_fen, bases_fen }
}

const relationView = (relation: Relation, validAt: YearMonth | null): RelationView => {
  const cut = validAt ?? monthMax
  const own = until(relation.months, cut)
  const standing = relation.received.reduce((set, part) => union(set, until(part.months, cut)), own)
  const { province, scheme, capacity, employer, temporary, from, to } = relation
  return {
    province,
    scheme,
    family: familyOf(scheme),
    status: relation.status,
    capacity,
    employer,
    temporary,
    from,
    to: to !== null && to > cut ? null : to,
    months_paid: countMonths(own),
    months_standing: countMonths(standing),
    ranges: rangesOf(standing),
    account_fen: relation.account_fen,
    pooled_fen: relation.pooled_fen,
    bases_fen: relation.bases_fen,
    interest_fen: relation.interest_fen,
    subsidy_fen: relation.subsidy_fen,
    transferredIn: relation.received.map((part) => movedView(part, cut)),
    transferredOut: relation.sent.map((part) => movedView(part, cut)),
    lastLine: relation.lastLine === null || relation.lastLine.from > cut ? null : relation.lastLine,
  }
}

const totalsOf = (timeline: Timeline): FamilyTotals => {
  const byScheme: Record<string, number> = {}
  let total = 0
  let overlapping = 0
  let transit = 0
  timeline.entries.forEach((entries, i) => {
    if (entries.length === 0) {
      if (inTransit(timeline, timeline.first + i) !== null) transit++
      return
    }
    total++
    if (overlaps(timeline, entries)) overlapping++
    for (const scheme of new Set(entries.map((entry) => entry.relation.scheme))) byScheme[scheme] = (byScheme[scheme] ?? 0) + 1
  })
  const sum = (field: "account_fen" | "pooled_fen" | "bases_fen"): number =>
    timeline.relations.reduce((all, relation) => all + relation[field], 0)
  return {
    family: timeline.family,
    months_total: total,
    months_by_scheme: byScheme,
    months_overlapping: overlapping,
    months_in_transit: transit,
    account_fen: sum("account_fen"),
    pooled_fen: sum("pooled_fen"),
    bases_fen: sum("bases_fen"),
  }
}

/** Who draws a pension, or has died, owes no month after it. */
const owedUntil = (
  state: PersonState,
  timeline: Timeline,
  current: YearMonth | undefined,
  benefits: readonly BenefitView[],
): number => {
  const last = timeline.first + timeline.entries.length - 1
  if (current === undefined) return last
  const open = timeline.relations.some((relation) => relation.status === "open" || relation.status === "suspended")
  if (!open) return last
  const ends = [indexOf(current)]
  if (state.person.diedOn !== null) ends.push(indexOf(state.person.diedOn as string as YearMonth))
  for (const benefit of benefits)
    if (benefit.status !== "claimed" && timeline.family === "pension") ends.push(indexOf(benefit.from as YearMonth) - 1)
  return Math.max(Math.min(...ends, timeline.cut), last)
}

/** Builds the unified record; the state is only read. */
export const unifiedRecord = (state: PersonState, options: ViewOptions = {}): UnifiedRecord => {
  const { validAt, current, floorOf } = options
  const cut = indexOf(validAt ?? monthMax)
  const timelines = families.map((family) => timelineOf(state, family, cut)).filter((timeline) => timeline.relations.length > 0)
  const benefits = benefitViews(state)
  const gaps = timelines.flatMap((timeline) => gapsOf(timeline, owedUntil(state, timeline, current ?? validAt, benefits)))
  const totals = timelines.map(totalsOf)
  const cases = { transfers: transferViews(state), overlaps: overlapViews(state), holds: holdsOf(benefits) }
  const { key, person } = state
  const relations = [...state.relations.values()]
    .filter((relation) => hasBegun(relation, cut))
    .sort((a, b) => (`${a.province}${a.scheme}` < `${b.province}${b.scheme}` ? -1 : 1))
  return {
    person: {
      key,
      registered: person.registered,
      sex: person.sex,
      birthMonth: person.birthMonth,
      hukou: person.hukou,
      diedOn: person.diedOn,
      merged: [...person.merged],
    },
    asOf: { validAt: validAt ?? null, events: state.events, position: state.position, recordedAt: state.recordedAt },
    relations: relations.map((relation) => relationView(relation, validAt ?? null)),
    months: Object.fromEntries(timelines.map((timeline) => [timeline.family, matrixOf(timeline)])),
    segments: timelines.flatMap(segmentsOf),
    gaps,
    totals: {
      families: totals,
      account_fen: totals.reduce((sum, family) => sum + family.account_fen, 0),
      pooled_fen: totals.reduce((sum, family) => sum + family.pooled_fen, 0),
    },
    cases,
    benefits,
    indicators: indicatorsOf(state, { totals, gaps, cases, floorOf: floorOf ?? null }),
  }
}
