/** Contact letters as tasks: how urgent, who is next, and what the statement says against the ledger. Pure. */
import { ofRanges, size } from "@tongzhang/domain/month-set"
import type { Leg, StatementDraft } from "./types.js"

/** Names of the colours of small words. */
export type ClockTone = "green" | "gold" | "red" | "plain"

/** The rest of the fifteen working days (66号 Art 8) as a colour; the words beside it say the same. */
export const clockTone = (workingDaysLeft: number | null): ClockTone =>
  workingDaysLeft === null ? "plain" : workingDaysLeft < 0 ? "red" : workingDaysLeft <= 5 ? "gold" : "green"

/** `1,509.6` -> 150960 fen; null for what is no amount. */
export const fenOf = (typed: string): number | null => {
  const plain = typed.trim().replaceAll(/[,，¥￥\s]/gu, "")
  if (!/^\d{1,12}(\.\d{1,2})?$/u.test(plain)) return null
  const [whole = "", part = ""] = plain.split(".")
  return Number(whole) * 100 + Number(part.padEnd(2, "0"))
}

/** 150960 fen -> `1509.60`, as it is typed into a field. */
export const typedYuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`

export const fields = ["months", "account_fen", "pooled_fen", "bases_fen"] as const
export type Field = (typeof fields)[number]
export type Amounts = Readonly<Record<Field, number>>

type Moved = Leg["planned"]
type Range = Moved["months"][number]

export const monthsCount = (ranges: readonly Range[]): number => size(ofRanges(ranges as Parameters<typeof ofRanges>[0]))

export const amountsOf = ({ months, account_fen, pooled_fen, bases_fen }: Moved): Amounts => ({
  months: monthsCount(months),
  account_fen,
  pooled_fen,
  bases_fen,
})

/** What arrived is money only: months and bases come with the statement. */
export type Compared = {
  readonly field: Field
  readonly letter: number
  readonly ledger: number | null
  readonly stated: number | null
  readonly received: number | null
  /** The columns that say something do not say the same. */
  readonly differs: boolean
}

export const comparedOf = (leg: Leg, draft: StatementDraft | null): readonly Compared[] => {
  const letter = amountsOf(leg.planned)
  const ledger = draft === null ? null : amountsOf(draft.moved)
  const stated = leg.statement === null ? null : amountsOf(leg.statement)
  return fields.map((field) => {
    const money = field === "account_fen" || field === "pooled_fen"
    const received = money && leg.received.remittances > 0 ? leg.received[field] : null
    const row = { field, letter: letter[field], ledger: ledger?.[field] ?? null, stated: stated?.[field] ?? null, received }
    const said = [row.letter, row.ledger, row.stated, row.received].filter((one) => one !== null)
    return { ...row, differs: new Set(said).size > 1 }
  })
}

/** Where one's own books differ from the ledger, field by field; a field that cannot be read differs, too. */
export const differencesOf = (ledger: Amounts, own: Readonly<Record<Field, number | null>>): readonly Field[] =>
  fields.filter((field) => own[field] !== ledger[field])

type Named = { readonly transferId: string; readonly leg: { readonly code: string } }

export const taskPath = ({ transferId, leg }: Named): string => `/tasks/${transferId}/${leg.code}`

/** The tasks before and after one in the order of the list; null at its ends, and both null when it is not in it. */
export const neighbours = <T extends Named>(
  tasks: readonly T[],
  here: { readonly id: string; readonly province: string },
): { readonly before: T | null; readonly after: T | null; readonly place: number | null } => {
  const at = tasks.findIndex(({ transferId, leg }) => transferId === here.id && leg.code === here.province)
  return at < 0
    ? { before: null, after: null, place: null }
    : { before: tasks[at - 1] ?? null, after: tasks[at + 1] ?? null, place: at + 1 }
}
