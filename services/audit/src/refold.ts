/** The whole log folded again, apart from the projector: every person's state, and what is wrong with the log itself. */
import { setImmediate } from "node:timers/promises"
import { isPersonKey, type PersonKey } from "@tongzhang/domain/ids"
import { personOf, type StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { applyFact, brokenInvariant, type Fact } from "@tongzhang/record/fold"
import { newState, type PersonState } from "@tongzhang/record/person-state"
import { lineOf, problemOf } from "@tongzhang/record/replay"
import { needsLine, type Reducer } from "./conservation.js"
import { checkFact, lineBefore, limits } from "./facts.js"
import { type Mismatch, mismatchOf, type MismatchRule } from "./mismatch.js"

type Head = {
  last: number
  /** First 52 bits of every event id: a repeat is then looked at closely. */
  readonly ids: number[]
}

export type Refolded = {
  readonly states: Map<PersonKey, PersonState>
  /** Persons the log itself is wrong about: their record cannot be compared. */
  readonly broken: Set<string>
  readonly mismatches: Mismatch[]
  readonly events: number
  readonly streams: number
}

export type RefoldOptions = {
  readonly store: EventStore
  /** Inclusive; null folds nothing (an empty store). */
  readonly upTo: Position | null
  readonly reducer: Reducer
  readonly signal: AbortSignal
  readonly onPage: (events: number) => void
  /** Given each page before it is folded, so that one scan serves others, too. */
  readonly onEvents?: ((events: readonly RecordedEvent[]) => Promise<void>) | undefined
}

type Work = {
  readonly options: RefoldOptions
  readonly heads: Map<StreamName, Head>
  readonly states: Map<PersonKey, PersonState>
  readonly broken: Set<string>
  readonly mismatches: Mismatch[]
}

const idBits = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13) + id.charAt(15), 16)

const findAgainst = (work: Work, rule: MismatchRule, fact: RecordedEvent, what: string): void => {
  const person = personOf(fact.stream)
  if (person !== null) work.broken.add(person)
  work.mismatches.push(mismatchOf(rule, person, fact, what))
}

/** False when the fact is out of turn: a gap is named once, and the stream goes on from there. */
const inTurn = (work: Work, fact: RecordedEvent): boolean => {
  const { stream, revision, id } = fact
  let head = work.heads.get(stream)
  if (head === undefined) work.heads.set(stream, (head = { last: -1, ids: [] }))
  head.ids.push(idBits(id))
  const expected = head.last + 1
  head.last = Math.max(head.last, revision)
  if (revision === expected) return true
  findAgainst(work, "REVISION_GAP", fact, `revision ${revision} came where ${expected} was next`)
  return false
}

const stateOf = (work: Work, person: string): PersonState => {
  if (!isPersonKey(person)) throw new Error(`stream of a person whose key is none: ${person}`)
  const known = work.states.get(person)
  if (known !== undefined) return known
  const fresh = newState(person)
  work.states.set(person, fresh)
  return fresh
}

const foldOne = async (work: Work, state: PersonState, fact: Fact): Promise<void> => {
  let outcome = applyFact(state, fact)
  if (outcome.kind === "line_needed") {
    const line = await lineOf(work.options.store, state.key, fact.stream, outcome.line, fact.revision)
    outcome = applyFact(state, fact, line)
  }
  const cause = problemOf(outcome)
  if (cause === null) return
  work.broken.add(state.key)
  work.mismatches.push(mismatchOf("FOLD_BROKEN", state.key, fact, cause))
}

const takeOne = async (work: Work, fact: RecordedEvent): Promise<void> => {
  const { store, reducer } = work.options
  const { stream, revision, recordedAt, position } = fact
  const turn = inTurn(work, fact)
  const checked = checkFact(fact)
  if (!checked.ok) return findAgainst(work, "EVENT_UNREADABLE", fact, checked.cause)
  const { event } = checked
  const line = needsLine(event)
  reducer.add(stream, revision, event, line === null ? null : await lineBefore(store, stream, line, revision))
  const person = personOf(stream)
  if (person === null || !turn || work.broken.has(person)) return
  await foldOne(work, stateOf(work, person), { stream, revision, event, recordedAt, position })
}

/** Ids that occur twice in one stream, looked at in full only where 52 bits agree. */
const findTwins = async (work: Work): Promise<void> => {
  for (const [stream, { ids }] of work.heads) {
    if (new Set(ids).size === ids.length) continue
    const seen = new Set<string>()
    let from = 0
    for (;;) {
      const page = await work.options.store.readStream(stream, { direction: "forwards", from, max: limits.stream_page_events })
      for (const fact of page) {
        if (seen.has(fact.id)) findAgainst(work, "EVENT_ID_TWICE", fact, `event id ${fact.id} stands twice`)
        seen.add(fact.id)
      }
      if (page.length < limits.stream_page_events) break
      from += page.length
    }
  }
}

const findBrokenStates = (work: Work): void => {
  for (const [person, state] of work.states) {
    const cause = work.broken.has(person) ? null : brokenInvariant(state)
    if (cause === null) continue
    work.broken.add(person)
    work.mismatches.push(mismatchOf("FOLD_BROKEN", person, null, cause))
  }
}

/**
 * Reads the log from its beginning up to `upTo`, one page at a time, with all persons' states in memory (some 2 kB each).
 * Stops early, with what it has, when the signal aborts.
 */
export const refold = async (options: RefoldOptions): Promise<Refolded> => {
  const { store, upTo, signal, onPage } = options
  const work: Work = { options, heads: new Map(), states: new Map(), broken: new Set(), mismatches: [] }
  let events = 0
  let after: Position | null = null
  for (let atEnd = upTo === null; !atEnd && !signal.aborted;) {
    const page = await store.readAll({ after, max: limits.page_events })
    const wanted = page.events.filter((fact) => upTo !== null && fact.position <= upTo)
    await options.onEvents?.(wanted)
    for (const fact of wanted) await takeOne(work, fact)
    events += wanted.length
    onPage(wanted.length)
    after = page.next
    atEnd = page.atEnd || wanted.length < page.events.length || (upTo !== null && after !== null && after >= upTo)
    // Others want to be answered while the log is read.
    await setImmediate()
  }
  await findTwins(work)
  findBrokenStates(work)
  const { states, broken, mismatches, heads } = work
  return { states, broken, mismatches, events, streams: heads.size }
}
