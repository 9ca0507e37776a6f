/** One person's facts in recorded order, with who, why and from where; and what each of them changed. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { Metadata } from "@tongzhang/contracts/envelope"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import type { RecordDb } from "@tongzhang/record/database"
import { newState } from "@tongzhang/record/person-state"
import { applyRecord, factsOf, problemOf, type ReplayOptions } from "@tongzhang/record/replay"
import { type Identity, identityOf } from "./identity.js"
import { type Change, changesBetween, figuresOf } from "./steps.js"
import { describe, type Words } from "@tongzhang/contracts/words"

export type HistoryDeps = { readonly store: EventStore; readonly record: RecordDb; readonly keys: KeyStore }

export type AuditedEvent = {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly position: string
  /** Store's clock, ISO 8601 in UTC. */
  readonly recordedAt: string
  /** Without the sealed text; null when nobody can read it. */
  readonly data: Readonly<Record<string, unknown>> | null
  /** Who the sealed text names, for facts that carry one. */
  readonly identity?: Identity
  readonly words: Words
  readonly metadata: Metadata | null
}

/** Transfers of this person: those the relations name are found by the replay itself, the others stand in the record. */
export const transfersOf = async (record: RecordDb, person: PersonKey): Promise<TransferId[]> => {
  const rows = await record.db.selectFrom("transfer").select("transfer_id").where("person_key", "=", person).execute()
  return rows.map((row) => row.transfer_id as TransferId)
}

export type Until = { readonly upTo?: Position; readonly knownAt?: number }

/** Recorded facts of one person in the order of the log; empty when there are none. */
export const recordsOf = async (deps: HistoryDeps, person: PersonKey, until: Until): Promise<readonly RecordedEvent[]> => {
  const options: ReplayOptions = { ...until, transferIds: await transfersOf(deps.record, person) }
  return factsOf(deps.store, person, options)
}

const metadataOf = (record: RecordedEvent): Metadata | null => {
  try {
    return decodeMetadata(record.metadata)
  } catch {
    return null
  }
}

const unreadable: Words = { zh: "事件无法读取", en: "This event cannot be read" }

/** One fact for a reader; the sealed text is opened only with the person's key, and masked unless revealed. */
export const audited = async (
  deps: HistoryDeps,
  person: PersonKey,
  record: RecordedEvent,
  reveal: boolean,
): Promise<AuditedEvent> => {
  const { id, type, stream, revision, position } = record
  const decoded = decodeEvent(record)
  const base = { id, type, stream, revision, position, recordedAt: new Date(record.recordedAt).toISOString() }
  if (!decoded.ok) return { ...base, data: null, words: { ...unreadable, en: decoded.cause }, metadata: metadataOf(record) }
  const { type: _type, ...data } = decoded.event as { readonly type: string } & Record<string, unknown>
  const sealed = typeof data["sealed"] === "string" ? data["sealed"] : null
  delete data["sealed"]
  delete data["nameIndex"]
  const identity = sealed === null ? {} : { identity: await identityOf(deps.keys, person, sealed, reveal) }
  return { ...base, data, ...identity, words: describe(decoded.event), metadata: metadataOf(record) }
}

export type Step = { readonly event: AuditedEvent; readonly changes: readonly Change[]; readonly problem: string | null }

/** Folds the facts one by one and says after each what it changed. A fact that cannot be folded is named and left out. */
export const stepsOf = async (
  deps: HistoryDeps,
  person: PersonKey,
  records: readonly RecordedEvent[],
  reveal: boolean,
): Promise<Step[]> => {
  const state = newState(person, Number.POSITIVE_INFINITY)
  const steps: Step[] = []
  let before = figuresOf(state)
  for (const record of records) {
    const problem = problemOf(applyRecord(state, record))
    const after = figuresOf(state)
    steps.push({ event: await audited(deps, person, record, reveal), changes: changesBetween(before, after), problem })
    before = after
  }
  return steps
}
