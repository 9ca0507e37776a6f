/**
 * The working memory of one run: states loaded, changed, being written, and persons set aside. Thrown away whole after any failure,
 * because it is ahead of the store; the next run starts from the checkpoint.
 */
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf } from "@tongzhang/domain/stream-name"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { createCoverageMonths } from "@tongzhang/record/coverage-months"
import { type FoldOutcome, brokenInvariant } from "@tongzhang/record/fold"
import { newState, type PersonState, touchedAll } from "@tongzhang/record/person-state"
import { applyRecord, lineOf, problemOf } from "@tongzhang/record/replay"
import { decodeState, encodeState } from "@tongzhang/record/state-codec"
import type { CoverageMonthTable, QuarantineTable } from "@tongzhang/record/tables"
import { LRUCache } from "lru-cache"
import type { ProjectorLimits } from "./limits.js"
import type { SideFacts } from "./side-facts.js"

export type Folding = {
  /** Folds a batch given in the order of the log. Facts of persons set aside are passed over. */
  readonly fold: (records: readonly RecordedEvent[]) => Promise<void>
  /** States changed since the last call, and who was set aside; they count as being written until `written`. */
  readonly drain: () => {
    readonly persons: readonly PersonState[]
    readonly coverageMonths: readonly CoverageMonthTable[]
    readonly quarantined: readonly QuarantineTable[]
  }
  readonly written: () => void
  /** Puts a person back with a state refolded from the facts. */
  readonly restore: (state: PersonState) => Promise<void>
  readonly isAside: (person: string) => boolean
  readonly changed: () => number
}

export type FoldingParts = {
  readonly store: EventStore
  readonly limits: ProjectorLimits
  readonly now: () => number
  readonly side: SideFacts
  /** States by key, of those that are stored. */
  readonly load: (persons: readonly PersonKey[]) => Promise<ReadonlyMap<string, PersonState>>
  /** True when the record is empty: then nobody has to be looked up. */
  readonly empty: boolean
  readonly aside: readonly QuarantineTable[]
  readonly onAside: (row: QuarantineTable) => void
}

export const createFolding = (parts: FoldingParts): Folding => {
  const { store, limits, side } = parts
  const coverage = createCoverageMonths()
  // True while everybody ever seen is still in memory: whoever is not there is new.
  let complete = parts.empty
  const cache = new LRUCache<string, PersonState>({
    max: limits.statesCached_max,
    dispose: (_state, _key, reason) => {
      if (reason === "evict") complete = false
    },
  })
  const aside = new Map(parts.aside.map((row) => [row.person_key, row]))
  let changed = new Map<string, PersonState>()
  // Being written: an evicted one must not be read back from the store before the write is there.
  let writing = new Map<string, PersonState>()
  // Read for the batch in hand, which may touch more persons than the cache holds.
  let loaded = new Map<string, PersonState>()
  let newlyAside: QuarantineTable[] = []

  const inMemory = (person: string): PersonState | undefined => changed.get(person) ?? writing.get(person) ?? cache.get(person)

  const loadMissing = async (records: readonly RecordedEvent[]): Promise<void> => {
    if (complete) return
    const missing = new Set<string>()
    for (const { stream } of records) {
      const person = personOf(stream)
      if (person !== null && !aside.has(person) && inMemory(person) === undefined) missing.add(person)
    }
    const keys = [...missing] as PersonKey[]
    for (let start = 0; start < keys.length; start += limits.loadPersons_max) {
      const found = await parts.load(keys.slice(start, start + limits.loadPersons_max))
      for (const [key, state] of found) loaded.set(key, state)
    }
  }

  const stateOf = (person: string): PersonState => inMemory(person) ?? loaded.get(person) ?? newState(person as PersonKey)

  const setAside = (state: PersonState, record: RecordedEvent, cause: string): void => {
    const row: QuarantineTable = {
      person_key: state.key,
      stream: record.stream,
      revision: record.revision,
      cause,
      since: parts.now(),
      attempts: 0,
    }
    aside.set(state.key, row)
    newlyAside.push(row)
    parts.onAside(row)
  }

  const mark = (person: string, state: PersonState): void => {
    if (changed.has(person)) return
    changed.set(person, state)
    cache.set(person, state)
  }

  /** Invariants are looked at after every fact, so that it never depends on the batches where a person is stopped. */
  const judge = (state: PersonState, record: RecordedEvent, outcome: FoldOutcome): void => {
    if (outcome.kind === "applied") mark(state.key, state)
    const problem = problemOf(outcome) ?? (outcome.kind === "applied" ? brokenInvariant(state) : null)
    if (problem !== null) setAside(state, record, problem)
  }

  /** A promise only where a line must be fetched: nearly every fact is folded without waiting. */
  const foldOne = (person: string, record: RecordedEvent): Promise<void> | null => {
    const state = stateOf(person)
    const counted = coverage.watch(state, record.stream, record.type)
    const settle = (outcome: FoldOutcome): void => {
      if (outcome.kind === "applied") counted(record.recordedAt)
      judge(state, record, outcome)
    }
    const outcome = applyRecord(state, record)
    if (outcome.kind !== "line_needed") {
      settle(outcome)
      return null
    }
    return lineOf(store, state.key, record.stream, outcome.line, record.revision).then((line) =>
      settle(applyRecord(state, record, line)),
    )
  }

  return {
    fold: async (records) => {
      await loadMissing(records)
      for (const record of records) {
        const { stream } = record
        const person = personOf(stream)
        if (person === null) {
          side.take(record)
          continue
        }
        if (stream.startsWith("Enrollment-")) side.heard(stream.slice(11, 13), record.recordedAt)
        if (aside.has(person)) continue
        const waiting = foldOne(person, record)
        if (waiting !== null) await waiting
      }
      loaded = new Map()
    },
    drain: () => {
      const drained = { persons: [...changed.values()], coverageMonths: coverage.drain(), quarantined: newlyAside }
      writing = changed
      changed = new Map()
      newlyAside = []
      return drained
    },
    written: () => {
      writing = new Map()
    },
    restore: async (refolded) => {
      const { key } = refolded
      const stored = inMemory(key) ?? (await parts.load([key])).get(key)
      // A replay keeps every line; here only the newest stay.
      const state = decodeState(encodeState(refolded))
      state.touched = touchedAll
      for (const [name, relation] of state.relations) relation.counted = stored?.relations.get(name)?.counted ?? null
      coverage.replace(stored ?? null, state)
      aside.delete(key)
      changed.set(key, state)
      cache.set(key, state)
    },
    isAside: (person) => aside.has(person),
    changed: () => changed.size,
  }
}
