/** The three functions of every aggregate: `decide(command)(state)`, `evolve(state, event)`, `initial`. No clock, no I/O, no throw. */
import type { Either } from "fp-ts/lib/Either.js"

/** A refusal is a value; an empty array means the command was already obeyed. */
export type Decision<Refusal, Event> = Either<Refusal, readonly Event[]>

export type Aggregate<State, Event> = {
  readonly initial: State
  readonly evolve: (state: State, event: Event) => State
}

export const foldWith = <State, Event>(
  aggregate: Aggregate<State, Event>,
  events: Iterable<Event>,
  from: State = aggregate.initial,
): State => {
  let state = from
  for (const event of events) state = aggregate.evolve(state, event)
  return state
}

export const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value)
export const withMember = <T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> => new Set(set).add(member)
