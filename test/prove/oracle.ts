/**
 * A second opinion on the bitemporal record: slow, from scratch for every question, sharing nothing with the fold but the decoder of
 * events. Each event gets the month from which it holds; those that hold are counted month by month in plain sets.
 */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { exclusiveFamilies, familyOf, type SchemeCode } from "@tongzhang/domain/codes"
import type { RecordedEvent } from "@tongzhang/event-store/port"

export type Known = { readonly at: number } | { readonly position: string } | null
type Stood = { readonly record: RecordedEvent; readonly event: LedgerEvent }
type Enrolled = Stood["event"]

const forEver = "9999-12"
const number = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
const named = (n: number): string => `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`
const next = (month: string): string => named(number(month) + 1)
const monthsIn = ({ from, to }: { from: string; to: string }): string[] =>
  Array.from({ length: number(to) - number(from) + 1 }, (_, i) => named(number(from) + i))
const chinaMonth = (at: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit" }).format(at).slice(0, 7)

const byAct = ({ record, event }: Stood): string => ("on" in event ? event.on.slice(0, 7) : chinaMonth(record.recordedAt))

/** Months from which each of a relation's events holds; a correction has that of the line it is about. */
const relationMonths = (events: readonly Stood[], all: readonly Stood[]): string[] => {
  const lines: Record<string, string> = {}
  return events.map((stood): string => {
    const { event, record } = stood
    const legOf = (id: string, type: string, leg: string): string => {
      const found = all.filter(
        (one) => one.record.stream === `Transfer-${id}` && one.event.type === type && "leg" in one.event && one.event.leg === leg,
      )
      return byAct(found.at(-1) ?? stood)
    }
    switch (event.type) {
      case "ContributionRecorded":
        return (lines[event.line] = event.from)
      case "ContributionCorrected":
        return (lines[event.line] = lines[event.corrects] ?? forEver)
      case "ContributionReversed":
        return (lines[event.line] = lines[event.reverses] ?? forEver)
      case "EnrollmentClosed":
        return next(event.to)
      case "SubsidyCredited":
        return `${event.year}-01`
      case "InterestCredited":
        return `${event.year}-12`
      case "TransferredOut":
        return legOf(event.transferId, "StatementReceived", record.stream.split("-")[1]?.split("_")[0] ?? "")
      case "TransferredIn":
        return legOf(event.transferId, "LegBooked", event.from)
      default:
        return "from" in event && typeof event.from === "string" ? event.from : byAct(stood)
    }
  })
}

const holding = (events: readonly Stood[], months: readonly string[], validAt: string): Enrolled[] =>
  events.flatMap(({ event }, i) => ((months[i] ?? forEver) <= validAt ? [event] : []))

const untilIn = (months: Iterable<string>, validAt: string): string[] => [...months].filter((one) => one <= validAt).sort()

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

type Line = {
  id: string
  months: string[]
  base: number
  pooled: number
  account: number
  stands: boolean
  from: string
  to: string
  paidOn: string
}
type Part = { transferId: string; province: string; months: string[]; account_fen: number; pooled_fen: number; bases_fen: number }

const relationOf = (name: string, events: readonly Enrolled[], validAt: string) => {
  const [province = "", scheme = ""] = name.split("_")
  const lines: Line[] = []
  const own = new Set<string>()
  const [ins, outs, refunds]: [Part[], Part[], { refund_fen: number; bases_fen: number }[]] = [[], [], []]
  let received: Part[] = []
  let last: Line | null = null
  let terms: { capacity: string | null; employer: string | null; temporary: boolean } = {
    capacity: null,
    employer: null,
    temporary: false,
  }
  let status = "none"
  let from = null as string | null
  let to = null as string | null
  const find = (id: string): Line | undefined => lines.findLast((line) => line.id === id && line.stands)
  const part = (event: Extract<Enrolled, { type: "TransferredIn" | "TransferredOut" }>, other: string): Part => {
    const { transferId, account_fen, pooled_fen, bases_fen } = event
    return { transferId, province: other, months: event.months.flatMap(monthsIn), account_fen, pooled_fen, bases_fen }
  }
  for (const event of events) {
    if (event.type === "EnrollmentOpened") {
      ;[status, to] = ["open", null]
      from = from === null || event.from < from ? event.from : from
      terms = { capacity: event.capacity, employer: event.employer, temporary: event.temporary }
    } else if (event.type === "CapacityChanged") terms = { ...terms, capacity: event.capacity, employer: event.employer }
    else if (event.type === "EnrollmentSuspended") [status, to] = ["suspended", named(number(event.from) - 1)]
    else if (event.type === "EnrollmentResumed") [status, to] = ["open", null]
    else if (event.type === "EnrollmentClosed") [status, to] = ["closed", event.to]
    else if (event.type === "ContributionRecorded") {
      last = {
        id: event.line,
        months: monthsIn(event),
        base: event.base_fen,
        pooled: event.pooled_fen,
        account: event.account_fen,
        stands: true,
        from: event.from,
        to: event.to,
        paidOn: event.paidOn,
      }
      lines.push(last)
      for (const one of last.months) own.add(one)
    } else if (event.type === "ContributionCorrected") {
      const line = find(event.corrects)
      if (line !== undefined) Object.assign(line, { base: event.base_fen, pooled: event.pooled_fen, account: event.account_fen })
    } else if (event.type === "ContributionReversed") {
      const line = find(event.reverses)
      if (line === undefined) continue
      line.stands = false
      for (const one of line.months) own.delete(one)
      if (last?.id === line.id) last = null
    } else if (event.type === "ContributionRefunded") {
      refunds.push(event)
      for (const one of event.months.flatMap(monthsIn)) {
        if (event.source === null) own.delete(one)
        else for (const got of received) if (got.province === event.source) got.months = got.months.filter((m) => m !== one)
      }
    } else if (event.type === "TransferredOut") {
      const moved = part(event, event.to)
      outs.push(moved)
      own.clear()
      received = []
      status = "moved"
      to ??= [...moved.months].sort().at(-1) ?? null
    } else if (event.type === "TransferredIn") {
      const moved = part(event, event.from)
      ins.push({ ...moved })
      received.push(moved)
    }
  }
  const credited = (type: "InterestCredited" | "SubsidyCredited"): number =>
    sum(events.map((event) => (event.type === type ? event.amount_fen : 0)))
  const standing = lines.filter((line) => line.stands)
  const moved = (field: "account_fen" | "pooled_fen" | "bases_fen"): number =>
    sum(ins.map((one) => one[field])) - sum(outs.map((one) => one[field]))
  const shown = (parts: readonly Part[]) => parts.map((one) => ({ ...one, months: untilIn(one.months, validAt) }))
  const counted = [untilIn(own, validAt), ...shown(received).map((one) => one.months)]
  return {
    province,
    scheme,
    status,
    ...terms,
    from,
    to: to !== null && to > validAt ? null : to,
    months_paid: counted[0]?.length ?? 0,
    months: [...new Set(counted.flat())].sort(),
    account_fen:
      sum(standing.map((line) => line.account)) +
      credited("InterestCredited") +
      credited("SubsidyCredited") +
      moved("account_fen") -
      sum(refunds.map((one) => one.refund_fen)),
    pooled_fen: sum(standing.map((line) => line.pooled)) + moved("pooled_fen"),
    bases_fen:
      sum(standing.map((line) => line.base * line.months.length)) + moved("bases_fen") - sum(refunds.map((one) => one.bases_fen)),
    interest_fen: credited("InterestCredited"),
    subsidy_fen: credited("SubsidyCredited"),
    transferredIn: shown(received),
    transferredOut: shown(outs),
    lastLine: last === null ? null : { line: last.id, from: last.from, to: last.to, base_fen: last.base, paidOn: last.paidOn },
    counted,
  }
}

const benefitsOf = (scheme: string, stood: readonly Stood[], validAt: string) => {
  const ids = [...new Set(stood.flatMap(({ event }) => ("claim" in event ? [event.claim] : [])))].sort()
  return ids.flatMap((id) => {
    const mine = stood.filter(({ event }) => "claim" in event && event.claim === id)
    const begin = mine.map((one): string => {
      const { event } = one
      if (event.type === "BenefitPaid") return event.month
      if (event.type === "BenefitEnded") return next(event.to)
      return "from" in event && typeof event.from === "string" ? event.from : byAct(one)
    })
    const events = holding(mine, begin, validAt)
    const of = <T extends Enrolled["type"]>(type: T) =>
      events.filter((event): event is Extract<Enrolled, { type: T }> => event.type === type)
    const claim = of("BenefitClaimed").at(-1)
    if (claim === undefined) return []
    const award = events.findLast((event) => event.type === "BenefitAwarded" || event.type === "BenefitRecalculated")
    const end = of("BenefitEnded").at(-1)
    const hold = events.findLast((event) => event.type === "BenefitHeld" || event.type === "BenefitReleased")
    const terms = award !== undefined && "monthly_fen" in award ? award : null
    return [
      {
        scheme,
        claim: id,
        province: claim.province,
        status: end !== undefined ? "ended" : of("BenefitAwarded").length > 0 ? "awarded" : "claimed",
        held: hold?.type === "BenefitHeld" ? hold.reason : null,
        from: of("BenefitAwarded").at(-1)?.from ?? claim.from,
        to: end?.to ?? null,
        monthly_fen: terms?.monthly_fen ?? null,
        months_paid: new Set(of("BenefitPaid").map((event) => event.month)).size,
        paid_fen: sum(of("BenefitPaid").map((event) => event.amount_fen)),
        overpaid_fen: sum(of("BenefitOverpaid").map((event) => event.amount_fen)),
        recovered_fen: sum(of("BenefitRecovered").map((event) => event.amount_fen)),
      },
    ]
  })
}

/** Up to the first act after the month: what comes later in a case's stream is later still. */
const actsUntil = (stood: readonly Stood[], validAt: string): Enrolled[] => {
  const late = stood.findIndex((one) => byAct(one) > validAt)
  return (late < 0 ? stood : stood.slice(0, late)).map(({ event }) => event)
}

const transferOf = (id: string, events: readonly Enrolled[]) => {
  const has = (type: string): boolean => events.some((event) => event.type === type)
  const legs = events.find((event) => event.type === "TransferPlanned")?.legs ?? []
  const outcome = (leg: string): string => {
    const told = (type: string): boolean => events.some((event) => event.type === type && "leg" in event && event.leg === leg)
    return told("LegBooked") ? "booked" : told("LegFailed") ? "failed" : "open"
  }
  const status = has("TransferReturned")
    ? "returned"
    : has("TransferCompleted")
      ? "completed"
      : has("TransferPlanned")
        ? "planned"
        : "requested"
  return { transferId: id, status, legs: legs.map(({ from }) => `${from} ${outcome(from)}`).sort() }
}

const overlapStatus = {
  OverlapDetected: "open",
  OverlapReopened: "open",
  OverlapDecided: "decided",
  OverlapDecisionWithdrawn: "open",
  OverlapCleared: "cleared",
  OverlapDismissed: "dismissed",
  OverlapDissolved: "dissolved",
} as const

const overlapOf = (id: string, events: readonly Enrolled[]) => {
  let [status, months]: [string, string[]] = ["open", []]
  for (const event of events) {
    if (!("case" in event) || event.case !== id) continue
    status = overlapStatus[event.type as keyof typeof overlapStatus] ?? status
    if (event.type === "OverlapDetected" || event.type === "OverlapChanged" || event.type === "OverlapReopened")
      months = event.months.flatMap(monthsIn)
  }
  return { case: id, status, months: months.sort() }
}

const familiesOf = (relations: readonly ReturnType<typeof relationOf>[]) =>
  Object.fromEntries(
    [...new Set(relations.map(({ scheme }) => familyOf(scheme as SchemeCode)))].map((family) => {
      const mine = relations.filter(({ scheme }) => familyOf(scheme as SchemeCode) === family)
      const times = new Map<string, number>()
      for (const one of mine.flatMap(({ counted }) => counted.flat())) times.set(one, (times.get(one) ?? 0) + 1)
      const twice = exclusiveFamilies.includes(family) ? [...times.values()].filter((n) => n > 1).length : 0
      const total = (field: "account_fen" | "pooled_fen" | "bases_fen"): number => sum(mine.map((one) => one[field]))
      return [
        family,
        {
          months_total: times.size,
          months_overlapping: twice,
          account_fen: total("account_fen"),
          pooled_fen: total("pooled_fen"),
          bases_fen: total("bases_fen"),
        },
      ]
    }),
  )

/** @param facts the person's, in the order of the log; null validAt: everything. Null when nothing was known. */
export const oracle = (facts: readonly RecordedEvent[], validAt: string | null, known: Known) => {
  const cut = validAt ?? forEver
  const stood = facts
    .filter((fact) => known === null || ("at" in known ? fact.recordedAt <= known.at : fact.position <= known.position))
    .map((record): Stood => {
      const decoded = decodeEvent(record)
      if (!decoded.ok) throw new Error(decoded.cause)
      return { record, event: decoded.event }
    })
  if (stood.length === 0) return null
  const streams = [...new Set(stood.map(({ record }) => record.stream as string))].sort()
  const inStream = (stream: string): Stood[] => stood.filter(({ record }) => record.stream === stream)
  const category = (name: string): string[] => streams.filter((stream) => stream.startsWith(`${name}-`))
  const person = stood.filter(
    ({ record, event }) => record.stream.startsWith("Person-") && (!("on" in event) || event.on.slice(0, 7) <= cut),
  )
  const registered = person.map(({ event }) => event).find((event) => event.type === "PersonRegistered")
  const moved = person.map(({ event }) => event).findLast((event) => event.type === "HukouMoved")
  const died = person.map(({ event }) => event).findLast((event) => event.type === "PersonDied")
  const relations = category("Enrollment").flatMap((stream) => {
    const mine = inStream(stream)
    const events = holding(mine, relationMonths(mine, stood), cut)
    const [province = "", scheme = ""] = stream.slice("Enrollment-".length).split("_")
    return events.length === 0 ? [] : [relationOf(`${province}_${scheme}`, events, cut)]
  })
  const overlaps = category("Overlap").flatMap((stream) => {
    const events = actsUntil(inStream(stream), cut)
    const cases = [...new Set(events.flatMap((event) => (event.type === "OverlapDetected" ? [event.case] : [])))].sort()
    return cases.map((id) => overlapOf(id, events))
  })
  const transfers = category("Transfer").flatMap((stream) => {
    const events = actsUntil(inStream(stream), cut)
    return events.length === 0 ? [] : [transferOf(stream.slice("Transfer-".length), events)]
  })
  return {
    person: {
      registered: registered !== undefined,
      birthMonth: registered?.birthMonth ?? null,
      hukou: moved?.to ?? registered?.hukou ?? null,
      diedOn: died?.on ?? null,
    },
    asOf: { validAt, events: stood.length, position: stood.at(-1)?.record.position ?? null },
    relations: relations
      .map(({ counted: _counted, ...relation }) => relation)
      .sort((a, b) => (`${a.province}${a.scheme}` < `${b.province}${b.scheme}` ? -1 : 1)),
    families: familiesOf(relations),
    benefits: category("Benefit").flatMap((stream) =>
      benefitsOf(stream.slice(stream.lastIndexOf("_") + 1), inStream(stream), cut),
    ),
    overlaps,
    transfers,
  }
}
export type Opinion = NonNullable<ReturnType<typeof oracle>>
