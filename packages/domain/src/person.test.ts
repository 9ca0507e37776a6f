import { decidesOnce, specification } from "@tongzhang/testing/decider"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { DateText, PersonKey } from "./ids.js"
import { month } from "./month.js"
import {
  correctIdentity,
  evolve,
  initial,
  mergeIdentities,
  moveHukou,
  type PersonEvent,
  recordDeath,
  registerPerson,
  streamOf,
} from "./person.js"

const aggregate = { initial, evolve }
const { given } = specification(aggregate)
const self = "a".repeat(32) as PersonKey
const other = "b".repeat(32) as PersonKey

const facts = { sex: "female", birthMonth: month("1980-05"), hukou: "34", sealed: "s1", nameIndex: "n1" } as const
const registered: PersonEvent = { type: "PersonRegistered", ...facts }
const corrected = (name: string): PersonEvent => ({
  type: "IdentityCorrected",
  reason: "更名",
  sealed: `s${name}`,
  nameIndex: name,
})
const correct = (name: string) => correctIdentity({ reason: "更名", sealed: `s${name}`, nameIndex: name })
const movedTo = (to: "31" | "44" | "34", on: string): PersonEvent => ({ type: "HukouMoved", to, on: on as DateText })
const move = (to: "31" | "44" | "34", on: string) => moveHukou({ to, on: on as DateText })
const died: PersonEvent = { type: "PersonDied", on: "2024-03-05" as DateText }
const die = (on: string) => recordDeath({ on: on as DateText })

describe("a person", () => {
  it("has one stream", () => expect(streamOf(self)).toBe(`Person-${self}`))
  it("is registered once, by whichever province comes first", () => {
    given()
      .when(registerPerson(facts))
      .then(registered)
      .and.when(registerPerson(facts))
      .thenNothing()
      .and.when(registerPerson({ ...facts, hukou: "31", nameIndex: "n2" }))
      .thenNothing()
  })
  it("is corrected once per name", () =>
    given(registered).when(correct("n2")).then(corrected("n2")).and.when(correct("n2")).thenNothing())
  it("is joined with another number once, never with itself", () => {
    const merge = mergeIdentities({ self, other, reason: "一人双号" })
    given(registered).when(merge).then({ type: "IdentitiesMerged", other, reason: "一人双号" }).and.when(merge).thenNothing()
    given(registered)
      .when(mergeIdentities({ self, other: self, reason: "x" }))
      .thenRefused({ code: "MERGE_WITH_SELF" })
  })
  it("dies once, on one day", () => {
    given(registered).when(die("2024-03-05")).then(died).and.when(die("2024-03-05")).thenNothing()
    given(registered, died)
      .when(die("2024-03-06"))
      .thenRefused({ code: "DEATH_DATE_DIFFERS", recorded: "2024-03-05" as DateText })
  })
  it("must be registered first", () => {
    for (const decision of [
      correct("n2"),
      mergeIdentities({ self, other, reason: "x" }),
      move("31", "2024-01-01"),
      die("2024-01-01"),
    ])
      given().when(decision).thenRefused({ code: "PERSON_NOT_REGISTERED" })
  })
})

describe("the household register 户籍", () => {
  it("moves, and a move to where it is adds nothing", () => {
    given(registered)
      .when(move("31", "2020-01-01"))
      .then(movedTo("31", "2020-01-01"))
      .and.when(move("31", "2020-01-01"))
      .thenNothing()
    given(registered).when(move("34", "2020-01-01")).thenNothing()
  })
  it("is not moved back by an old move sent again", () => {
    const { state } = given(registered, movedTo("31", "2010-01-01"), movedTo("44", "2020-01-01"))
      .when(move("31", "2010-01-01"))
      .thenNothing()
    expect(state.hukou).toBe("44")
  })
  it("keeps a move told late, and stays where the latest day put it", () => {
    const { state } = given(registered, movedTo("44", "2020-01-01"))
      .when(move("31", "2010-01-01"))
      .then(movedTo("31", "2010-01-01"))
      .and.when(move("31", "2010-01-01"))
      .thenNothing()
    expect(state.hukou).toBe("44")
  })
  it("does not move after death, but a move of before is still taken", () => {
    given(registered, died)
      .when(move("31", "2024-03-06"))
      .thenRefused({ code: "PERSON_DIED", on: "2024-03-05" as DateText })
    given(registered, died).when(move("31", "2024-03-05")).then(movedTo("31", "2024-03-05"))
  })
})

it("any history decides every command once, and the register is where the latest move put it", () => {
  const day = fc.integer({ min: 1, max: 9 }).map((n) => `2024-03-0${n}`)
  const step = fc.tuple(fc.nat(5), day, fc.constantFrom("31", "44", "34")).map(([what, on, to]) => {
    const others = [registerPerson(facts), correct(`n${on}`), mergeIdentities({ self, other, reason: on }), die(on)]
    return others[what] ?? move(to, on)
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30, size: "max" }), (steps) => {
      let state = initial
      for (const decision of steps) {
        state = decidesOnce(aggregate, state, decision)
        const latest = [...state.moves].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1)
        expect(state.hukou).toBe(latest?.to ?? (state.registered ? "34" : null))
      }
    }),
    { numRuns: 300 },
  )
})
