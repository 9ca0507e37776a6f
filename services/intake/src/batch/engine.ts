/**
 * Windows of rows into durable events. A window is decided in memory on cached states, its appends are handed to the store all at
 * once (group commit), and the next window is decided while the disk works. A person whose rows are on their way is waited for, so
 * nothing is ever decided on a state that might not come to be; where somebody else wrote first, the group is decided again.
 */
import { isLeft } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { StoreUnavailable } from "@tongzhang/event-store/aggregate-store"
import type { AppendOutcome, EventStore, NewEvent } from "@tongzhang/event-store/port"
import type { KeyStore, PersonKeyMaterial } from "@tongzhang/identity/key-store"
import type { IntakeLimits } from "../limits.js"
import { refused, type RowOutcome } from "../rows/outcome.js"
import { encodeWrites, type MetadataWriter } from "./encode.js"
import { decideGroup, type GroupDecision, type Outcomes, type PreparedRow, type StreamWrites } from "./group.js"
import { createStates, type Group, streamsOf } from "./states.js"

export type RowResult = { readonly outcome: RowOutcome; readonly events: number }
export type WindowResult = { readonly of: (row: number) => RowResult | null }

export type Engine = {
  /**
   * Resolves when the window is decided and its appends are under way; `settled` when every row's fate is durable. Rows come in
   * ascending order. Rejects with `StoreUnavailable` when the store does not answer: nothing is lost by sending the rows again.
   */
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

/** What one window has come to so far; arrays by the row's place in it. */
type Progress = { readonly outcomes: Outcomes; readonly events: number[] }

const note = (progress: Progress, target: StreamWrites): void => {
  for (const { row, events } of target.writes) {
    const at = row - progress.outcomes.first
    progress.events[at] = (progress.events[at] ?? 0) + events.length
  }
}

const resultOf = ({ outcomes, events }: Progress): WindowResult => ({
  of: (row) => {
    const at = row - outcomes.first
    const outcome = outcomes.list[at]
    return outcome === undefined ? null : { outcome, events: events[at] ?? 0 }
  },
})

export const createEngine = ({ store, keys, nameIndex, limits, writes }: EngineDeps): Engine => {
  const states = createStates(store, writes ? limits.states_cached_max : limits.states_cached_max * 8)
  const { catchUp, load, read } = states
  const pending = new Map<PersonKey, Promise<unknown>>()

  /**
   * Decides groups. Before anybody is told "no" or "nothing new", the tails of their streams are looked at: another writer may have
   * been there since they were read.
   */
  const decide = async (
    groups: Iterable<Group>,
    fresh: ReadonlySet<StreamName>,
    outcomes: Outcomes,
  ): Promise<GroupDecision[]> => {
    const decided: GroupDecision[] = []
    const doubtful: { readonly at: number; readonly group: Group }[] = []
    for (const group of groups) {
      const decision = decideGroup(group.rows, read, nameIndex, outcomes)
      if (!decision.allAccepted) doubtful.push({ at: decided.length, group })
      decided.push(decision)
    }
    const looks = doubtful.map(async ({ at, group }) => {
      const stale = [...streamsOf(group)].filter(([stream]) => !fresh.has(stream))
      const moved = await Promise.all(stale.map(([stream, kind]) => catchUp(stream, kind)))
      if (moved.includes(true)) decided[at] = decideGroup(group.rows, read, nameIndex, outcomes)
    })
    await Promise.all(looks)
    return decided
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

  const hold = ({ stream, state }: StreamWrites, revision: number): void => states.hold(stream, state, revision)

  /** The person's identity was erased: nothing of the group is written. */
  const erase = (decision: GroupDecision, { list, first }: Outcomes): GroupDecision => {
    for (const { row } of decision.rows)
      if (list[row - first]?.status !== "refused") list[row - first] = refused({ code: "PERSON_ERASED" })
    return { ...decision, streams: [] }
  }

  type Parts = { readonly metadata: MetadataWriter; readonly progress: Progress }
  type Landed = { readonly decision: GroupDecision; readonly target: StreamWrites; readonly outcome: AppendOutcome }
  type Sent = Landed & { readonly expected: number; readonly events: readonly NewEvent[] }

  /** An append that did not simply succeed: asked again when unknown, decided again when somebody else was first. */
  const recover = async (sent: Sent, parts: Parts): Promise<void> => {
    const { decision, target, expected, events } = sent
    const outcome = sent.outcome.kind === "unknown" ? await append(target.stream, expected, events) : sent.outcome
    if (outcome.kind !== "conflict") {
      hold(target, expected + events.length)
      return note(parts.progress, target)
    }
    const lost = new Set(target.writes.map(({ row }) => row))
    await again({ person: decision.person, rows: decision.rows.filter(({ row }) => lost.has(row)) }, target.stream, parts)
  }

  /** Decides rows anew on what the store holds, until their appends stand. */
  const again = async (group: Group, stream: StreamName, parts: Parts): Promise<void> => {
    const { outcomes, events: written } = parts.progress
    const before = [...outcomes.list]
    states.forget(stream)
    for (let attempt = 0; attempt < limits.tries_max; attempt++) {
      const [decided] = await decide([group], await load([group]), outcomes)
      if (decided === undefined) return
      const { found, erased } = await keysFor([decided])
      const decision = erased.size > 0 ? erase(decided, outcomes) : decided
      // A row may have written to two streams, and one of the two stands: it was accepted, whatever it finds now.
      for (const { row } of group.rows) {
        const at = row - outcomes.first
        if (outcomes.list[at]?.status === "unchanged" && (written[at] ?? 0) > 0) outcomes.list[at] = before[at]
      }
      const lost: StreamName[] = []
      for (const target of decision.streams) {
        const expected = states.revisionOf(target.stream)
        const events = encodeWrites(target.stream, target.writes, parts.metadata, () => found.get(group.person) ?? null)
        const outcome = await append(target.stream, expected, events)
        if (outcome.kind === "conflict") {
          lost.push(target.stream)
          states.forget(target.stream)
        } else {
          hold(target, expected + events.length)
          note(parts.progress, target)
        }
      }
      if (lost.length === 0) return
    }
    throw new StoreUnavailable(`${group.person}: still in conflict after ${limits.tries_max} tries`)
  }

  /** Hands all appends of a window to the store at once; one promise for the window instead of several per person. */
  const send = (
    decisions: readonly GroupDecision[],
    keysOf: ReadonlyMap<PersonKey, PersonKeyMaterial>,
    parts: Parts,
  ): Promise<Sent[]> =>
    new Promise((resolve, reject) => {
      const unsettled: Sent[] = []
      let open = 1
      const done = (): void => {
        if (--open === 0) resolve(unsettled)
      }
      for (const decision of decisions) {
        const key = keysOf.get(decision.person) ?? null
        for (const target of decision.streams) {
          const expected = states.revisionOf(target.stream)
          if (!writes) {
            hold(target, expected + target.writes.length)
            note(parts.progress, target)
            continue
          }
          const events = encodeWrites(target.stream, target.writes, parts.metadata, () => key)
          open++
          store.append(target.stream, expected, events).then((outcome) => {
            if (outcome.kind === "appended" || outcome.kind === "already_there") {
              hold(target, expected + events.length)
              note(parts.progress, target)
            } else unsettled.push({ decision, target, expected, events, outcome })
            done()
          }, reject)
        }
      }
      done()
    })

  const land = async (decisions: readonly GroupDecision[], keysOf: ReadonlyMap<PersonKey, PersonKeyMaterial>, parts: Parts) => {
    for (const sent of await send(decisions, keysOf, parts)) await recover(sent, parts)
    return resultOf(parts.progress)
  }

  const begin: Engine["begin"] = async (rows, metadata) => {
    const groups = groupByPerson(rows)
    const busy = new Set<Promise<unknown>>()
    for (const person of groups.keys()) {
      const flying = pending.get(person)
      if (flying !== undefined) busy.add(flying)
    }
    if (busy.size > 0) await Promise.all(busy)
    const fresh = await load(groups.values())
    const progress: Progress = { outcomes: { first: rows[0]?.row ?? 0, list: [] }, events: [] }
    const decided = await decide(groups.values(), fresh, progress.outcomes)
    const { found, erased } = await keysFor(decided)
    const final =
      erased.size === 0
        ? decided
        : decided.map((decision) => (erased.has(decision.person) ? erase(decision, progress.outcomes) : decision))
    const settled = land(final, found, { metadata, progress })
    const flown = settled.then(
      () => undefined,
      () => undefined,
    )
    for (const { person, streams } of final) if (streams.length > 0) pending.set(person, flown)
    void flown.then(() => {
      for (const { person } of final) if (pending.get(person) === flown) pending.delete(person)
    })
    return { settled }
  }

  return { begin }
}
