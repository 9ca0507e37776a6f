/** One person's facts in recorded order, with who, why and from where; and what each of them changed. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { Metadata } from "@tongzhang/contracts/envelope"
import type { YearMonth } from "@tongzhang/domain/month"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import type { RecordDb } from "@tongzhang/record/database"
import { newState } from "@tongzhang/record/person-state"
import { countingAnew, factsHolding } from "@tongzhang/record/valid"
import { applyRecord, factsOf, problemOf, type ReplayOptions } from "@tongzhang/record/replay"
import { type CellChange, cellChanges, cellsOf, noCells } from "./cells.js"
import { type Identity, identityOf } from "./identity.js"
import { type Change, changesBetween, figuresOf } from "./steps.js"
import type { Words } from "@tongzhang/contracts/words"
import { type Deed, deedOf } from "@tongzhang/contracts/deed"

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
  /** Who, why and under which rule; null when the fact cannot be read. */
  readonly deed: Omit<Deed, "what" | "when"> | null
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
  if (!decoded.ok)
    return { ...base, data: null, words: { ...unreadable, en: decoded.cause }, deed: null, metadata: metadataOf(record) }
  const { type: _type, ...data } = decoded.event as { readonly type: string } & Record<string, unknown>
  const sealed = typeof data["sealed"] === "string" ? data["sealed"] : null
  delete data["sealed"]
  delete data["nameIndex"]
  const identity = sealed === null ? {} : { identity: await identityOf(deps.keys, person, sealed, reveal) }
  const metadata = metadataOf(record)
  const { who, why, rule, what, words } = deedOf(decoded.event, metadata, record.recordedAt)
  return { ...base, data, ...identity, words: what, deed: { who, why, rule, words }, metadata }
}

export type Window = {
  /** Only facts that hold in this month. */
  readonly validAt?: YearMonth | undefined
  /** First and last step shown, counted from 1; the fold always begins at the first fact. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Also which months changed. */
  readonly months?: boolean
}

export type Step = {
  readonly n: number
  readonly event: AuditedEvent
  readonly changes: readonly Change[]
  readonly problem: string | null
  /** Months that stand otherwise after this fact; only where asked for. */
  readonly months?: readonly CellChange[]
}

/** Folds the facts one by one and says after each what it changed. A fact that cannot be folded is named and left out. */
export const stepsOf = async (
  deps: HistoryDeps,
  person: PersonKey,
  records: readonly RecordedEvent[],
  reveal: boolean,
  { validAt, from = 1, to = Number.POSITIVE_INFINITY, months = false }: Window = {},
): Promise<Step[]> => {
  const state = newState(person, Number.POSITIVE_INFINITY)
  const steps: Step[] = []
  let before = figuresOf(state)
  let cells = noCells
  const anew = countingAnew()
  let n = 0
  for (const record of validAt === undefined ? records : factsHolding(records, validAt)) {
    if (++n > to) break
    const problem = problemOf(applyRecord(state, validAt === undefined ? record : anew(record)))
    const after = figuresOf(state)
    // Only relations carry months; of a transfer or a case nothing stands in the matrix before a relation says so.
    const laidOut = months && record.stream.startsWith("Enrollment-") ? cellsOf(state, validAt) : cells
    if (n >= from)
      steps.push({
        n,
        event: await audited(deps, person, record, reveal),
        changes: changesBetween(before, after),
        problem,
        ...(months ? { months: cellChanges(cells, laidOut) } : {}),
      })
    before = after
    cells = laidOut
  }
  return steps
}
