/** One walk over the facts as they were known, page by page, for exports and balances: nothing is kept, everybody else is answered. */
import { setImmediate } from "node:timers/promises"
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { limits } from "./facts.js"
import { isPast, type KnownAt, wasKnown } from "./known-at.js"

/** Streams whose events can move money. */
export const moneyPrefixes: readonly string[] = ["Enrollment-", "Transfer-", "Overlap-", "Benefit-"]

export type ScanOptions = {
  readonly store: EventStore
  readonly knownAt: KnownAt
  /** Only streams whose names begin so, e.g. `Enrollment-31_`. */
  readonly prefixes: readonly string[]
  readonly signal: AbortSignal
}

export type Scanned =
  | { readonly ok: true; readonly fact: RecordedEvent; readonly event: LedgerEvent }
  | { readonly ok: false; readonly fact: RecordedEvent; readonly cause: string }

/** Facts in the order of the log, up to the end it had when the walk began. Ends early when the signal aborts. */
export async function* scanFacts({ store, knownAt, prefixes, signal }: ScanOptions): AsyncGenerator<Scanned> {
  const end = await store.head()
  let after: Position | null = null
  for (let done = end === null; !done && !signal.aborted;) {
    const page = await store.readAll({ after, max: limits.page_events, prefixes })
    for (const fact of page.events) {
      if (isPast(fact, knownAt) || (end !== null && fact.position > end)) return
      if (!wasKnown(fact, knownAt)) continue
      const decoded = decodeEvent(fact)
      yield decoded.ok ? { ok: true, fact, event: decoded.event } : { ok: false, fact, cause: decoded.cause }
    }
    after = page.next
    done = page.atEnd || after === null || (end !== null && after >= end)
    await setImmediate()
  }
}
