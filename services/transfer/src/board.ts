/** The SLA board: filters and pages over the index. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { inTransit, type TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { isOverdue, stateOf, summaryOf } from "./view.js"
import { type State, states, type Summary } from "./view-schemas.js"

export type BoardQuery = {
  readonly state?: State
  /** Receiving province or a former one. */
  readonly province?: ProvinceCode
  readonly overdue?: boolean
  readonly cursor?: string
  readonly limit: number
}

export type Board = {
  readonly transfers: Summary[]
  readonly total: number
  readonly inTransit_fen: ReturnType<typeof fen>
  readonly counts: Record<State, number>
  readonly next: string | null
}

/** Newest applications first; the id makes the order total, so that a page never repeats or skips one. */
const orderOf = (found: TransferCase): string => `${found.requestedOn ?? ""}|${found.id}`

const concerns = (found: TransferCase, province: ProvinceCode): boolean =>
  found.transfer.to === province || found.transfer.legs.has(province)

export const boardOf = (index: CaseIndex, query: BoardQuery, today: DateText): Board => {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>
  const matching: TransferCase[] = []
  let transit = 0
  for (const found of index.all()) {
    if (query.province !== undefined && !concerns(found, query.province)) continue
    const state = stateOf(found)
    counts[state]++
    if (query.state !== undefined && query.state !== state) continue
    if (query.overdue !== undefined && query.overdue !== [...found.transfer.legs.values()].some((leg) => isOverdue(leg, today)))
      continue
    transit += inTransit(found)
    matching.push(found)
  }
  matching.sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))
  const after = query.cursor === undefined ? null : Buffer.from(query.cursor, "base64url").toString("utf8")
  const rest = after === null ? matching : matching.filter((found) => orderOf(found) < after)
  const page = rest.slice(0, query.limit)
  const last = page.at(-1)
  return {
    transfers: page.map((found) => summaryOf(found, today)),
    total: matching.length,
    inTransit_fen: fen(transit),
    counts,
    next: last === undefined || rest.length <= query.limit ? null : Buffer.from(orderOf(last)).toString("base64url"),
  }
}
