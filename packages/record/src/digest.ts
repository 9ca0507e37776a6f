/**
 * One number for a record store: the same facts give the same digest, in whatever order the streams arrived, through whatever
 * restarts and rebuilds. Another ledger that was told the same must agree, so what only one ledger can know is left out: the store's
 * times and positions, the sealed identity (its key is drawn at random; what it says is told by its blind index), and how often the
 * detector of duplicates had to look before it had seen all (a case may be opened, widened and proposed in one step or in several).
 */
import { createHash, type Hash } from "node:crypto"
import { ranges } from "@tongzhang/domain/month-set"
import type { OverlapPart, PersonState } from "./person-state.js"
import { packFacts } from "./state-codec.js"

const without =
  (...names: readonly string[]) =>
  (key: string, value: unknown): unknown =>
    names.includes(key) ? undefined : value

/** Everything the facts of this store say about a person, as text: two folds of one store agree on every character. */
export const personText = (state: PersonState): string => JSON.stringify(packFacts(state), without("seen"))

/** Cases as they stand. One that was dissolved is no case, and a detector that looked a little later never opened it. */
const standingCases = ({ state, refunds }: OverlapPart): unknown[] =>
  [...state.cases]
    .filter(([, found]) => found.status !== "dissolved")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { kind, sides, months, status, keep }]) => [
      id,
      kind,
      sides,
      ranges(months),
      status,
      keep,
      refunds.get(id) ?? null,
    ])

const comparable = (state: PersonState): unknown => {
  const { overlaps: _overlaps, events: _events, ...facts } = packFacts(state)
  const parts = [...state.overlaps].sort(([a], [b]) => (a < b ? -1 : 1))
  const cases = parts.map(([family, part]) => [family, standingCases(part)]).filter(([, list]) => list?.length !== 0)
  const told = parts.reduce((sum, [, part]) => sum - part.revision - 1, state.events)
  return { ...facts, told, cases }
}

/** SHA-256 of the person's canonical state, hex. */
export const personDigest = (state: PersonState): string =>
  createHash("sha256")
    .update(JSON.stringify(comparable(state), without("sealed")))
    .digest("hex")

export type DigestChain = {
  /** Persons must come in ascending order of their keys; throws otherwise. */
  readonly add: (state: PersonState) => void
  readonly result: () => { readonly digest: string; readonly persons: number; readonly events: number }
}

export const digestChain = (): DigestChain => {
  const chain: Hash = createHash("sha256")
  let last = ""
  let persons = 0
  let events = 0
  return {
    add: (state) => {
      if (state.key <= last) throw new Error(`digest needs persons in order: ${state.key} after ${last}`)
      last = state.key
      persons++
      events += state.events
      chain.update(`${state.key} ${personDigest(state)}\n`)
    },
    result: () => ({ digest: chain.copy().digest("hex"), persons, events }),
  }
}

/** Digest of many persons at once, in any order. */
export const recordDigest = (states: Iterable<PersonState>): ReturnType<DigestChain["result"]> => {
  const chain = digestChain()
  for (const state of [...states].sort((a, b) => (a.key < b.key ? -1 : 1))) chain.add(state)
  return chain.result()
}
