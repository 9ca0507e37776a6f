/**
 * Reading a person's record is an act of its own: who read what, for what. One stream per person, append-only like every other, so
 * that the list of readers lies in the same log as the record and in the same proof.
 */
import type { ProvinceCode } from "./codes.js"
import type { PersonKey } from "./ids.js"
import { type StreamName, streamName } from "./stream-name.js"

export const category = "Access"
export const streamOf = (person: PersonKey): StreamName => streamName(category, person)

export type ReaderKind = "agency" | "center" | "auditor" | "platform" | "person"

export type AccessEvent = {
  readonly type: "RecordRead"
  readonly reader: { readonly kind: ReaderKind; readonly id: string; readonly province: ProvinceCode | null }
  readonly purpose: string
  /** What was read: `record`, `record, revealed`, `events`, `transfer` … */
  readonly what: string
}
