/** The funnel of the legs and the map of provinces: counts, medians and tails in working days, over every application in the index. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { type Leg, type Step, stepOf } from "@tongzhang/domain/transfer"
import { workingDaysBetween } from "@tongzhang/law/working-days"
import { concerns } from "./board.js"
import type { StepDays, TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { isOverdue } from "./view.js"
import type { Performance } from "./view-schemas.js"

const order = ["requested", "letter", "statement", "money", "booking"] as const
type Stage = (typeof order)[number]

/** A hundred thousand applications share a few thousand pairs of days. */
const dayCounter = (): ((a: DateText, b: DateText) => number) => {
  const known = new Map<DateText, Map<DateText, number>>()
  return (a, b) => {
    const from = known.get(a) ?? new Map<DateText, number>()
    known.set(a, from)
    const days = from.get(b) ?? workingDaysBetween(a, b)
    from.set(b, days)
    return days
  }
}

/** Linear between the two nearest, as PostgreSQL's percentile_cont; null of nothing. */
export const percentile = (sorted: readonly number[], share: number): number | null => {
  if (sorted.length === 0) return null
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return Math.round((low + (high - low) * (place - Math.floor(place))) * 10) / 10
}

const tailOf = (days: number[]): { median_wd: number | null; p95_wd: number | null } => {
  days.sort((a, b) => a - b)
  return { median_wd: percentile(days, 0.5), p95_wd: percentile(days, 0.95) }
}

type Tally = { reached: number; waiting: number; overdue: number; failed: number; readonly days: number[] }
type Pair = { legs: number; open: number; overdue: number; booked: number; readonly days: number[] }

const doneOn = (days: StepDays, requestedOn: DateText, stage: Stage): DateText | undefined =>
  stage === "requested" ? requestedOn : days[stage as Step]

const takeLeg = (
  tallies: ReadonlyMap<Stage, Tally>,
  leg: Leg,
  days: StepDays,
  requestedOn: DateText,
  today: DateText,
  between: (a: DateText, b: DateText) => number,
): void => {
  const waitsFor = stepOf(leg)
  let before = requestedOn
  for (const stage of order) {
    const tally = tallies.get(stage)
    const on = doneOn(days, requestedOn, stage)
    if (tally === undefined) continue
    if (on === undefined) {
      if (waitsFor === stage) tally.waiting++
      if (waitsFor === stage && isOverdue(leg, today)) tally.overdue++
      if (leg.outcome === "failed") tally.failed++
      continue
    }
    tally.reached++
    if (stage !== "requested") tally.days.push(between(before, on))
    before = on
  }
}

const takePair = (
  pair: Pair,
  leg: Leg,
  days: StepDays,
  requestedOn: DateText,
  today: DateText,
  between: ReturnType<typeof dayCounter>,
): void => {
  pair.legs++
  if (leg.outcome === "open") pair.open++
  if (isOverdue(leg, today)) pair.overdue++
  if (leg.outcome !== "booked" || days.booking === undefined) return
  pair.booked++
  pair.days.push(between(requestedOn, days.booking))
}

const newestOf = (found: TransferCase, newest: number): number => {
  let latest = newest
  for (const { at } of found.last.values()) if (at > latest) latest = at
  return latest
}

/**
 * Of every application in which `province` takes part, or all of them: one walk over the index.
 * @param today in China
 */
export const performanceOf = (index: CaseIndex, province: ProvinceCode | undefined, today: DateText): Performance => {
  const between = dayCounter()
  const tallies = new Map(
    order.map((stage): [Stage, Tally] => [stage, { reached: 0, waiting: 0, overdue: 0, failed: 0, days: [] }]),
  )
  const pairs = new Map<string, Pair>()
  const whole: number[] = []
  let [applications, legs, newest] = [0, 0, 0]
  for (const found of index.all()) {
    const { requestedOn, completedOn } = found
    const { to } = found.transfer
    if (requestedOn === null || to === null || (province !== undefined && !concerns(found, province))) continue
    applications++
    newest = newestOf(found, newest)
    if (completedOn !== null) whole.push(between(requestedOn, completedOn))
    for (const [from, leg] of found.transfer.legs) {
      legs++
      const days = found.days.get(from) ?? {}
      const pair = pairs.get(`${from} ${to}`) ?? { legs: 0, open: 0, overdue: 0, booked: 0, days: [] }
      pairs.set(`${from} ${to}`, pair)
      takeLeg(tallies, leg, days, requestedOn, today, between)
      takePair(pair, leg, days, requestedOn, today, between)
    }
  }
  return {
    today,
    dataOf: newest === 0 ? null : new Date(newest).toISOString(),
    applications,
    legs,
    steps: [...tallies].map(([step, { days, ...tally }]) => ({ step, ...tally, ...tailOf(days) })),
    whole: { completed: whole.length, ...tailOf(whole) },
    pairs: [...pairs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { days, ...pair }]) => {
        const [from, to] = key.split(" ") as [ProvinceCode, ProvinceCode]
        return { from, to, ...pair, ...tailOf(days) }
      }),
  }
}
