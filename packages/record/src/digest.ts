/**
 * One number for a record store: the same facts give the same digest, in whatever order the streams arrived, through whatever
 * restarts and rebuilds. Store times and positions are left out: another store holding the same facts must agree. So is the sealed
 * identity, whose key is drawn at random in every store; what it says is told by its blind index, and the audit compares it apart.
 */
import { createHash, type Hash } from "node:crypto"
import type { PersonState } from "./person-state.js"
import { packFacts } from "./state-codec.js"

const ofOneStore = new Set(["seen", "sealed"])
const withoutStore = (key: string, value: unknown): unknown => (ofOneStore.has(key) ? undefined : value)

/** SHA-256 of the person's canonical state, hex. */
export const personDigest = (state: PersonState): string =>
  createHash("sha256")
    .update(JSON.stringify(packFacts(state), withoutStore))
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
