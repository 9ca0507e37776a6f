/** Two histories that should be one: the first place where they part, by the event's own name. */
import type { EntryView } from "./entry-view.js"

export type Difference = {
  /**
   * `altered`: the same event says something else. `dropped`: published, and no longer there. `inserted`: there, and never published
   * at this place. `moved`: there, but not in its turn.
   */
  readonly kind: "altered" | "dropped" | "inserted" | "moved"
  /** Place in the log, from 0. */
  readonly index: number
  /** What the published log holds there; null for what it never held. */
  readonly published: EntryView | null
  /** What the ledger holds; null where it holds nothing. */
  readonly found: EntryView | null
}

const nameOf = ({ published, found }: Difference): string => (published ?? found)?.id ?? "?"

export const explain = (difference: Difference): string => {
  const { kind, index, published, found } = difference
  const at = `entry ${index}, event ${nameOf(difference)}`
  if (kind === "dropped") return `${at}: was published and is gone`
  if (kind === "inserted") return `${at}: was never published at this place`
  if (kind === "moved") return `${at}: is no longer in its place`
  if (published?.content === found?.content)
    return `${at}: was recorded at ${String(published?.recordedAt)} ms, now at ${String(found?.recordedAt)} ms`
  return `${at}: says something else than when it was published`
}

/** Thrown by what must never go on: a log that signed this history signs no other. */
export class HistoryRewritten extends Error {
  override name = "HistoryRewritten"
  constructor(readonly difference: Difference) {
    super(`the ledger's history differs from the published log: ${explain(difference)}`)
  }
}
