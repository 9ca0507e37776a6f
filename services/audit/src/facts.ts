/** Reading facts for an auditor: every event checked against its schema, nothing skipped in silence. */
import { decodeChecked, decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { amountsOf } from "@tongzhang/domain/enrollment-ledger"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import type { LineBefore } from "./conservation.js"

export const limits = {
  page_events: 2_000,
  /** A stream's own page when one of its lines is looked for. */
  stream_page_events: 500,
} as const

/** All facts of one stream, in order. */
export async function* streamFacts(store: EventStore, stream: StreamName): AsyncGenerator<RecordedEvent> {
  let from = 0
  for (;;) {
    const page = await store.readStream(stream, { direction: "forwards", from, max: limits.stream_page_events })
    yield* page
    if (page.length < limits.stream_page_events) return
    from = (page.at(-1)?.revision ?? from) + 1
  }
}

/**
 * A line as it stood just before `revision`, from the stream itself: corrections are a few in a hundred, so the lines of the
 * whole nation need not be held in memory.
 */
export const lineBefore = async (store: EventStore, stream: StreamName, line: string, revision: number): Promise<LineBefore> => {
  let found: LineBefore = null
  for await (const fact of streamFacts(store, stream)) {
    if (fact.revision >= revision) break
    const decoded = decodeEvent(fact)
    if (!decoded.ok) continue
    const { event } = decoded
    if (event.type === "ContributionRecorded" && event.line === line) found = event
    else if (event.type === "ContributionCorrected" && event.corrects === line && found !== null)
      found = { from: found.from, to: found.to, ...amountsOf(event) }
    else if (event.type === "ContributionReversed" && event.reverses === line) found = null
  }
  return found
}

export type Checked =
  { readonly ok: true; readonly event: LedgerEvent; readonly commandId: string } | { readonly ok: false; readonly cause: string }

/** Data against its schema, metadata as JSON with its command. */
export const checkFact = (fact: RecordedEvent): Checked => {
  const decoded = decodeChecked(fact)
  if (!decoded.ok) return decoded
  try {
    const { commandId } = decodeMetadata(fact.metadata)
    if (typeof commandId !== "string" || commandId === "")
      return { ok: false, cause: `${fact.type}: the metadata names no command` }
    return { ok: true, event: decoded.event, commandId }
  } catch (error) {
    return { ok: false, cause: `${fact.type}: the metadata is not readable: ${String(error)}` }
  }
}
