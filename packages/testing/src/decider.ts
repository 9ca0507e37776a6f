/**
 * given / when / then for any aggregate. A failure is an assertion error that says which decision was asked, and shows
 * the expected and the actual events side by side (the test runner draws the difference).
 */
import { AssertionError } from "node:assert"
import { isDeepStrictEqual } from "node:util"
import { type Aggregate, type Decision, foldWith } from "@tongzhang/domain/decider"
import { isLeft, isRight } from "fp-ts/lib/Either.js"

type PartialRefusal<Refusal> = Refusal extends unknown ? Partial<Refusal> : never

export type Outcome<State, Event, Refusal> = {
  /** Exactly these events, in this order. */
  readonly then: (...events: readonly Event[]) => Settled<State, Event>
  /** The command was already obeyed. */
  readonly thenNothing: () => Settled<State, Event>
  /** Refused, with at least these fields of the refusal. */
  readonly thenRefused: (refusal: PartialRefusal<Refusal>) => void
}

/** What follows a decision that was not refused: look at the state, or decide once more on top of it. */
export type Settled<State, Event> = {
  readonly state: State
  readonly and: Given<State, Event>
}

export type Given<State, Event> = {
  readonly state: State
  readonly when: <Refusal>(decision: (state: State) => Decision<Refusal, Event>) => Outcome<State, Event, Refusal>
}

const fail = (message: string, expected: unknown, actual: unknown): never => {
  throw new AssertionError({ message, expected, actual, operator: "deepStrictEqual" })
}

const namesOf = (events: readonly unknown[]): string =>
  events.length === 0 ? "nothing" : events.map((event) => (event as { readonly type?: string }).type ?? "?").join(", ")

const contains = (refusal: object, wanted: object): boolean =>
  Object.entries(wanted).every(([key, value]) => isDeepStrictEqual((refusal as Record<string, unknown>)[key], value))

const outcomeOf = <State, Event, Refusal>(
  aggregate: Aggregate<State, Event>,
  state: State,
  decided: Decision<Refusal, Event>,
): Outcome<State, Event, Refusal> => {
  const expectEvents = (events: readonly Event[]): Settled<State, Event> => {
    if (isLeft(decided))
      return fail(
        `expected ${namesOf(events)}, but the command was refused: ${JSON.stringify(decided.left)}`,
        events,
        decided.left,
      )
    if (!isDeepStrictEqual(decided.right, events))
      return fail(`expected ${namesOf(events)}, but it decided ${namesOf(decided.right)}`, events, decided.right)
    const after = foldWith(aggregate, decided.right, state)
    return { state: after, and: givenState(aggregate, after) }
  }
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- given / when / then; nobody awaits an outcome
    then: (...events) => expectEvents(events),
    thenNothing: () => expectEvents([]),
    thenRefused: (refusal) => {
      if (isRight(decided))
        return fail(
          `expected refusal ${JSON.stringify(refusal)}, but it decided ${namesOf(decided.right)}`,
          refusal,
          decided.right,
        )
      if (!contains(decided.left as object, refusal))
        return fail(`refused, but not with ${JSON.stringify(refusal)}`, refusal, decided.left)
    },
  }
}

const givenState = <State, Event>(aggregate: Aggregate<State, Event>, state: State): Given<State, Event> => ({
  state,
  when: (decision) => outcomeOf(aggregate, state, decision(state)),
})

/** `specification({ initial, evolve }).given(...events).when(decision).then(...events)`. */
export const specification = <State, Event>(
  aggregate: Aggregate<State, Event>,
): { readonly given: (...events: readonly Event[]) => Given<State, Event> } => ({
  given: (...events) => givenState(aggregate, foldWith(aggregate, events)),
})

/**
 * Law 2 of the house: a command applied twice decides nothing the second time, unless it was refused. Returns the state after it.
 * Throws an assertion error naming the events of the second time.
 */
export const decidesOnce = <State, Event, Refusal>(
  aggregate: Aggregate<State, Event>,
  state: State,
  decision: (state: State) => Decision<Refusal, Event>,
): State => {
  const first = decision(state)
  const after = isRight(first) ? foldWith(aggregate, first.right, state) : state
  const second = decision(after)
  if (isLeft(first)) {
    if (!isDeepStrictEqual(second, first)) return fail("a refused command was answered differently", first, second)
    return state
  }
  if (isLeft(second)) return fail(`obeyed, then refused: ${JSON.stringify(second.left)}`, [], second.left)
  if (second.right.length > 0) return fail(`decided ${namesOf(second.right)} the second time`, [], second.right)
  return after
}
