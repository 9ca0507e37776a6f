import { type Either, left, right } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { decidesOnce, specification } from "./decider.js"

type Lamp = { readonly on: boolean }
type LampEvent = { readonly type: "SwitchedOn"; readonly by: string } | { readonly type: "Broken" }
type LampRefusal = { readonly code: "NO_POWER"; readonly since: string } | { readonly code: "NOBODY" }

const lamp = {
  initial: { on: false } as Lamp,
  evolve: (state: Lamp, event: LampEvent): Lamp => (event.type === "SwitchedOn" ? { on: true } : { ...state, on: false }),
}
const { given } = specification(lamp)
const switchOn =
  (by: string) =>
  (state: Lamp): Either<LampRefusal, readonly LampEvent[]> =>
    by === "" ? left({ code: "NOBODY" }) : right(state.on ? [] : [{ type: "SwitchedOn", by }])
const powerless = (): Either<LampRefusal, readonly LampEvent[]> => left({ code: "NO_POWER", since: "2024-01" })

describe("given / when / then", () => {
  it("passes on the events decided, on nothing, and on part of a refusal", () => {
    given().when(switchOn("me")).then({ type: "SwitchedOn", by: "me" }).and.when(switchOn("me")).thenNothing()
    given().when(powerless).thenRefused({ code: "NO_POWER" })
    given().when(powerless).thenRefused({ code: "NO_POWER", since: "2024-01" })
  })

  it("says what was decided instead", () => {
    expect(() => given().when(switchOn("me")).thenNothing()).toThrow("expected nothing, but it decided SwitchedOn")
    expect(() => given().when(switchOn("me")).then({ type: "SwitchedOn", by: "you" })).toThrow("decided SwitchedOn")
    expect(() => given().when(switchOn("me")).then({ type: "SwitchedOn", by: "me" }, { type: "Broken" })).toThrow(
      "expected SwitchedOn, Broken",
    )
  })

  it("tells a refusal from events and one refusal from another", () => {
    expect(() => given().when(powerless).thenNothing()).toThrow('refused: {"code":"NO_POWER","since":"2024-01"}')
    expect(() => given().when(switchOn("me")).thenRefused({ code: "NOBODY" })).toThrow("but it decided SwitchedOn")
    expect(() => given().when(powerless).thenRefused({ code: "NOBODY" })).toThrow("not with")
    expect(() => given().when(powerless).thenRefused({ code: "NO_POWER", since: "2025-01" })).toThrow("not with")
  })
})

describe("decidesOnce", () => {
  it("returns the state after the command", () => expect(decidesOnce(lamp, lamp.initial, switchOn("me"))).toEqual({ on: true }))
  it("leaves the state of a refused command", () => expect(decidesOnce(lamp, lamp.initial, powerless)).toEqual({ on: false }))
  it("fails on a decision that repeats itself", () => {
    const again = (): Either<LampRefusal, readonly LampEvent[]> => right([{ type: "Broken" }])
    expect(() => decidesOnce(lamp, lamp.initial, again)).toThrow("decided Broken the second time")
  })
  it("fails on a command obeyed and then refused", () => {
    const once = (state: Lamp): Either<LampRefusal, readonly LampEvent[]> =>
      state.on ? left({ code: "NOBODY" }) : switchOn("me")(state)
    expect(() => decidesOnce(lamp, lamp.initial, once)).toThrow("obeyed, then refused")
  })
})
