/** The SLA board: filters and pages over the index. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { stepOf } from "@tongzhang/domain/transfer"
import { inTransit, type TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { firstDue, isEscalated, isOverdue, legView, stateOf, summaryOf } from "./view.js"
import { type BoardRow, type State, states } from "./view-schemas.js"

export const boardOrders = ["newest", "urgent"] as const
export type BoardOrder = (typeof boardOrders)[number]

export type BoardQuery = {
  readonly state?: State
  /** Receiving province or a former one. */
  readonly province?: ProvinceCode
  readonly overdue?: boolean
  /** A step on the national queue. */
  readonly escalated?: boolean
  /** `newest`: last applied for first; `urgent`: the nearest limit first, finished ones last. */
  readonly order?: BoardOrder
  readonly cursor?: string
  readonly limit: number
}

export type Board = {
  readonly today: DateText
  readonly transfers: BoardRow[]
  readonly total: number
  readonly inTransit_fen: ReturnType<typeof fen>
  readonly counts: Record<State, number>
  readonly next: string | null
}

/** Falls along the list by code units; the id makes the order total, so that a page never repeats or skips one. */
const placeIn: Readonly<Record<BoardOrder, (found: TransferCase) => string>> = {
  newest: (found) => `${found.requestedOn ?? ""}|${found.id}`,
  // The day of the limit, turned round: the nearest is the largest.
  urgent: (found) => {
    const turned = 99_999_999 - Number((firstDue(found)?.due ?? "9999-99-99").replaceAll("-", ""))
    return `${String(turned).padStart(8, "0")}|${found.id}`
  },
}

const rowOf = (found: TransferCase, today: DateText): BoardRow => ({
  ...summaryOf(found, today),
  legs: [...found.transfer.legs.values()].map((leg) => legView(found, leg, today)),
  completedOn: found.completedOn,
  returned: found.returned,
})

export const concerns = (found: TransferCase, province: ProvinceCode): boolean =>
  found.transfer.to === province || found.transfer.legs.has(province)

export const boardOf = (index: CaseIndex, query: BoardQuery, today: DateText): Board => {
  const orderOf = placeIn[query.order ?? "newest"]
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>
  const matching: { readonly found: TransferCase; readonly place: string }[] = []
  let transit = 0
  for (const found of index.all()) {
    if (query.province !== undefined && !concerns(found, query.province)) continue
    const state = stateOf(found)
    counts[state]++
    if (query.state !== undefined && query.state !== state) continue
    const legs = [...found.transfer.legs.values()]
    if (query.overdue !== undefined && query.overdue !== legs.some((leg) => isOverdue(leg, today))) continue
    if (query.escalated !== undefined && query.escalated !== legs.some((leg) => stepOf(leg) !== null && isEscalated(leg)))
      continue
    transit += inTransit(found)
    matching.push({ found, place: orderOf(found) })
  }
  matching.sort((a, b) => (a.place < b.place ? 1 : -1))
  const after = query.cursor === undefined ? null : Buffer.from(query.cursor, "base64url").toString("utf8")
  const rest = after === null ? matching : matching.filter(({ place }) => place < after)
  const page = rest.slice(0, query.limit)
  const last = page.at(-1)
  return {
    today,
    transfers: page.map(({ found }) => rowOf(found, today)),
    total: matching.length,
    inTransit_fen: fen(transit),
    counts,
    next: last === undefined || rest.length <= query.limit ? null : Buffer.from(last.place).toString("base64url"),
  }
}
