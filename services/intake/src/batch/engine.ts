/**
 * Windows of rows into durable events. A window is decided in memory on cached states, its appends are handed to the store all at
 * once (group commit), and the next window is decided while the disk works. A person whose rows are on their way is waited for, so
 * nothing is ever decided on a state that might not come to be; where somebody else wrote first, the group is decided again.
 */
import { isLeft } from "fp-ts/lib/Either.js"
import { LRUCache } from "lru-cache"
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { StoreUnavailable, UnreadableStream } from "@tongzhang/event-store/aggregate-store"
import { type AppendOutcome, type EventStore, type NewEvent, noStream } from "@tongzhang/event-store/port"
import type { KeyStore, PersonKeyMaterial } from "@tongzhang/identity/key-store"
import type { IntakeLimits } from "../limits.js"
import { foldEvents, initialState } from "../rows/decide.js"
import { refused, type RowOutcome } from "../rows/outcome.js"
import type { StreamKind } from "../rows/prepared.js"
import { encodeWrites, type MetadataWriter } from "./encode.js"
import { decideGroup, type GroupDecision, type PreparedRow, type StreamWrites } from "./group.js"

export type RowResult = { readonly outcome: RowOutcome; readonly events: number }
export type WindowResult = ReadonlyMap<number, RowResult>

export type Engine = {
  /** Resolves when the window is decided and its appends are under way; `settled` when every row's fate is durable. */
  readonly begin: (rows: readonly PreparedRow[], metadata: MetadataWriter) => Promise<{ readonly settled: Promise<WindowResult> }>
}

export type EngineDeps = {
  readonly store: EventStore
  readonly keys: KeyStore
  readonly nameIndex: (name: string) => string
  readonly limits: IntakeLimits
  /** False for a dry run: states move on in memory only. */
  readonly writes: boolean
}

type Held = { readonly kind: StreamKind; readonly state: unknown; readonly revision: number }
type Group = { readonly person: PersonKey; rows: PreparedRow[] }

const page = 500

const groupByPerson = (rows: readonly PreparedRow[]): Map<PersonKey, Group> => {
  const groups = new Map<PersonKey, Group>()
  for (const row of rows) {
    const { person } = row.prepared
    const group = groups.get(person)
    if (group === undefined) groups.set(person, { person, rows: [row] })
    else group.rows.push(row)
  }
  return groups
}

const needsKey = (decision: GroupDecision): boolean =>
  decision.streams.some(({ writes }) => writes.some((write) => write.identity !== null))

const allAccepted = (decision: GroupDecision): boolean => {
  for (const { status } of decision.outcomes.values()) if (status === "unchanged" || status === "refused") return false
  return true
}

export const createEngine = ({ store, keys, nameIndex, limits, writes }: EngineDeps): Engine => {
  const held = new LRUCache<StreamName, Held>({ max: writes ? limits.states_cached_max : limits.states_cached_max * 8 })
  const pending = new Map<PersonKey, Promise<unknown>>()

  /** Reads what follows the held state; returns whether anything did. */
  const catchUp = async (stream: StreamName, kind: StreamKind): Promise<boolean> => {
    let { state, revision } = held.get(stream) ?? { state: initialState(kind), revision: noStream }
    const before = revision
    for (;;) {
      const records = await store.readStream(stream, { direction: "forwards", from: revision + 1, max: page })
      const last = records.at(-1)
      if (last === undefined) break
      const events = records.map((record): LedgerEvent => {
        const decoded = decodeEvent(record)
        if (!decoded.ok) throw new UnreadableStream(`${stream} revision ${record.revision}: ${decoded.cause}`)
        return decoded.event
      })
      state = foldEvents(kind, state, events)
      revision = last.revision
      if (records.length < page) break
    }
    held.set(stream, { kind, state, revision })
    return revision !== before
  }

  const streamsOf = (group: Group): Map<StreamName, StreamKind> => {
    const streams = new Map<StreamName, StreamKind>([[personStream(group.person), "person"]])
    for (const { prepared } of group.rows) streams.set(prepared.stream, prepared.kind)
    return streams
  }

  const load = async (groups: Iterable<Group>): Promise<Set<StreamName>> => {
    const fresh = new Set<StreamName>()
    const reads: Promise<unknown>[] = []
    for (const group of groups)
      for (const [stream, kind] of streamsOf(group))
        if (!held.has(stream)) {
          fresh.add(stream)
          reads.push(catchUp(stream, kind))
        }
    await Promise.all(reads)
    return fresh
  }

  /** The cache may have let go of a state between loading and deciding when a window is larger than the cache. */
  const read = (stream: StreamName): unknown => {
    const found = held.get(stream)
    if (found === undefined) throw new Error(`state of ${stream} is gone: a window has more streams than states_cached_max`)
    return found.state
  }

  /** Before anybody is told "no" or "nothing new", the tails are looked at: another writer may have changed them. */
  const decide = async (group: Group, fresh: ReadonlySet<StreamName>): Promise<GroupDecision> => {
    const decision = decideGroup(group.rows, read, nameIndex)
    if (allAccepted(decision)) return decision
    const stale = [...streamsOf(group)].filter(([stream]) => !fresh.has(stream))
    const moved = await Promise.all(stale.map(([stream, kind]) => catchUp(stream, kind)))
    return moved.includes(true) ? decideGroup(group.rows, read, nameIndex) : decision
  }

  const keysFor = async (decisions: readonly GroupDecision[]) => {
    const persons = decisions.filter(needsKey).map(({ person }) => person)
    const found = new Map<PersonKey, PersonKeyMaterial>()
    const erased = new Set<PersonKey>()
    if (persons.length === 0 || !writes) return { found, erased }
    for (const outcome of await keys.keyForMany(persons)) {
      if (isLeft(outcome)) erased.add(outcome.left.person)
      else found.set(outcome.right.person, outcome.right)
    }
    return { found, erased }
  }

  const append = async (stream: StreamName, expected: number, events: readonly NewEvent[]): Promise<AppendOutcome> => {
    let outcome = await store.append(stream, expected, events)
    // The same ids at the same revision: what was written after all is recognised, the rest is written now.
    for (let again = 0; outcome.kind === "unknown" && again < limits.tries_max; again++)
      outcome = await store.append(stream, expected, events)
    if (outcome.kind === "unknown") throw new StoreUnavailable(`${stream}: ${outcome.cause}`)
    return outcome
  }

  type Parts = { readonly metadata: MetadataWriter; readonly key: PersonKeyMaterial | null }

  /** Appends one group. Resolves to the rows of streams that somebody else had written meanwhile. */
  const write = async (decision: GroupDecision, { metadata, key }: Parts): Promise<Set<number>> => {
    const lost = new Set<number>()
    const one = async ({ stream, kind, writes: entries }: StreamWrites): Promise<void> => {
      const expected = held.get(stream)?.revision ?? noStream
      const events = encodeWrites(stream, entries, metadata, () => key)
      const outcome = writes ? await append(stream, expected, events) : null
      if (outcome?.kind === "conflict") {
        held.delete(stream)
        for (const { row } of entries) lost.add(row)
        return
      }
      held.set(stream, { kind, state: decision.states.get(stream), revision: expected + events.length })
    }
    await Promise.all(decision.streams.map(one))
    return lost
  }

  const collect = (decision: GroupDecision, lost: ReadonlySet<number>, into: Map<number, RowResult>): void => {
    const events = new Map<number, number>()
    for (const { writes: entries } of decision.streams)
      for (const entry of entries) events.set(entry.row, (events.get(entry.row) ?? 0) + entry.events.length)
    for (const [row, outcome] of decision.outcomes) if (!lost.has(row)) into.set(row, { outcome, events: events.get(row) ?? 0 })
  }

  const erasedOutcomes = (decision: GroupDecision): GroupDecision => {
    const outcomes = new Map(
      [...decision.outcomes].map(
        ([row, outcome]) => [row, outcome.status === "refused" ? outcome : refused({ code: "PERSON_ERASED" })] as const,
      ),
    )
    return { ...decision, outcomes, streams: [], states: new Map() }
  }

  /** Writes a decided group, deciding anew what others overtook. */
  const settle = async (group: Group, first: GroupDecision, parts: Parts, into: Map<number, RowResult>): Promise<void> => {
    let decision = first
    let { rows } = group
    let key = parts.key
    for (let attempt = 0; ; attempt++) {
      const lost = await write(decision, { ...parts, key })
      collect(decision, lost, into)
      if (lost.size === 0) return
      if (attempt === limits.tries_max) throw new StoreUnavailable(`${group.person}: still in conflict after ${attempt} tries`)
      rows = rows.filter(({ row }) => lost.has(row))
      const again = { person: group.person, rows }
      decision = await decide(again, await load([again]))
      const material = await keysFor([decision])
      if (material.erased.size > 0) decision = erasedOutcomes(decision)
      key = material.found.get(group.person) ?? key
    }
  }

  const begin: Engine["begin"] = async (rows, metadata) => {
    const groups = groupByPerson(rows)
    const busy = [...groups.keys()].flatMap((person) => pending.get(person) ?? [])
    if (busy.length > 0) await Promise.all(busy)
    const fresh = await load(groups.values())
    const decided: GroupDecision[] = []
    for (const group of groups.values()) decided.push(await decide(group, fresh))
    const { found, erased } = await keysFor(decided)
    const results = new Map<number, RowResult>()
    const settling = decided.map(async (decision) => {
      const group = groups.get(decision.person)
      if (group === undefined) throw new Error("a decision without its group")
      const final = erased.has(decision.person) ? erasedOutcomes(decision) : decision
      if (final.streams.length === 0) return collect(final, new Set(), results)
      const done = settle(group, final, { metadata, key: found.get(decision.person) ?? null }, results)
      pending.set(decision.person, done)
      try {
        await done
      } finally {
        if (pending.get(decision.person) === done) pending.delete(decision.person)
      }
    })
    const settled = Promise.all(settling).then(() => results as WindowResult)
    // Whoever awaits `settled` hears of a failure; until then it must not count as unhandled.
    settled.catch(() => undefined)
    return { settled }
  }

  return { begin }
}
