/** The payments of one relation, month by month, from its facts: what stands, when it was paid, when the ledger took it, from which row. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { indexOf } from "@tongzhang/domain/month"
import type { RecordedEvent } from "@tongzhang/event-store/port"

export type Amounts = {
  readonly base_fen: number
  readonly employer_fen: number
  readonly personal_fen: number
  readonly subsidy_fen: number
}

/** One line of the province's books: amounts are those of all its months together. */
export type PaidLine = Amounts & {
  readonly first: number
  readonly last: number
  readonly kind: "regular" | "late" | "lump_sum"
  readonly paidOn: string
  readonly eventId: string
  readonly recordedAt: number
  readonly source: { readonly feedId: string; readonly row: number } | null
  /** Reason of the newest correction. */
  readonly corrected: string | null
  /** Reason of the reversal: the line stands no more. */
  readonly reversed: string | null
}

export type Refund = { readonly from: number; readonly to: number; readonly on: number; readonly legal: string }
export type RelationLines = { readonly lines: readonly PaidLine[]; readonly refunds: readonly Refund[] }

const amountsOf = ({ base_fen, employer_fen, personal_fen, subsidy_fen }: Amounts): Amounts => ({
  base_fen,
  employer_fen,
  personal_fen,
  subsidy_fen,
})

const sourceOf = (record: RecordedEvent): PaidLine["source"] => {
  const { source } = decodeMetadata(record.metadata)
  return source === undefined ? null : { feedId: source.feedId, row: source.row }
}

type Kept = { readonly lines: Map<string, PaidLine>; readonly names: Map<string, string>; readonly refunds: Refund[] }

const take = ({ lines, names, refunds }: Kept, record: RecordedEvent, event: LedgerEvent): void => {
  switch (event.type) {
    case "ContributionRecorded": {
      const { from, to, kind, paidOn } = event
      const where = { first: indexOf(from), last: indexOf(to), kind, paidOn }
      const fact = { eventId: record.id, recordedAt: record.recordedAt, source: sourceOf(record) }
      lines.set(event.line, { ...amountsOf(event), ...where, ...fact, corrected: null, reversed: null })
      names.set(event.line, event.line)
      return
    }
    case "ContributionCorrected": {
      // A correction of a correction still changes the line that was paid.
      const root = names.get(event.corrects) ?? event.corrects
      const found = lines.get(root)
      names.set(event.line, root)
      if (found !== undefined) lines.set(root, { ...found, ...amountsOf(event), corrected: event.reason })
      return
    }
    case "ContributionReversed": {
      const root = names.get(event.reverses) ?? event.reverses
      const found = lines.get(root)
      if (found !== undefined) lines.set(root, { ...found, reversed: event.reason })
      return
    }
    case "ContributionRefunded":
      for (const { from, to } of event.months)
        refunds.push({ from: indexOf(from), to: indexOf(to), on: record.recordedAt, legal: event.legal })
      return
    default:
  }
}

/** `{province}_{scheme}` -> its lines, in the order in which the ledger took them. */
export const linesOf = (facts: readonly RecordedEvent[]): ReadonlyMap<string, RelationLines> => {
  const relations = new Map<string, Kept>()
  for (const record of facts) {
    if (!record.stream.startsWith("Enrollment-")) continue
    const decoded = decodeEvent(record)
    if (!decoded.ok) continue
    const [province = "", scheme = ""] = record.stream.slice("Enrollment-".length).split("_")
    const name = `${province}_${scheme}`
    const kept = relations.get(name) ?? { lines: new Map(), names: new Map(), refunds: [] }
    relations.set(name, kept)
    take(kept, record, decoded.event)
  }
  return new Map([...relations].map(([name, { lines, refunds }]) => [name, { lines: [...lines.values()], refunds }]))
}
