import { decidesOnce, specification } from "@tongzhang/testing/decider"
import * as fc from "fast-check"
import { isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { foldWith } from "./decider.js"
import { addMonths, month } from "./month.js"
import { fen } from "./money.js"
import {
  evolve,
  initial,
  type PolicyEvent,
  type PublishedParameter,
  publishBaseLimits,
  publishParameters,
  streamOf,
  withdrawParameter,
} from "./policy.js"

const { given } = specification({ initial, evolve })
const limits = { from: month("2024-07"), floor_fen: fen(738_400), ceiling_fen: fen(3_692_100), source: "沪人社规〔2024〕" }

const base: PublishedParameter = {
  id: "pension-base/31/2025",
  family: "pension-base",
  region: null,
  key: null,
  validFrom: "2025-01",
  validTo: "2025-12",
  value: 1_243_400,
  unit: "fen",
  document: "沪人社规〔2025〕20号",
  source: "rsj.sh.gov.cn",
  confidence: "official",
}
const published = (parameter: PublishedParameter): PolicyEvent => ({ type: "ParameterPublished", ...parameter })

describe("limits of the base, as they were published before there were parameters", () => {
  it("limits are published once for a month", () =>
    given()
      .when(publishBaseLimits(limits))
      .then({ type: "BaseLimitsPublished", ...limits })
      .and.when(publishBaseLimits(limits))
      .thenNothing())

  it("other limits for the month replace them, and limits for another month stand beside them", () => {
    const raised = { ...limits, ceiling_fen: fen(3_700_000) }
    const next = { ...limits, from: month("2025-07") }
    const { state } = given({ type: "BaseLimitsPublished", ...limits })
      .when(publishBaseLimits(raised))
      .then({ type: "BaseLimitsPublished", ...raised })
      .and.when(publishBaseLimits(next))
      .then({ type: "BaseLimitsPublished", ...next })
    expect([...state.limits.keys()]).toEqual(["2024-07", "2025-07"])
    expect(state.limits.get(limits.from)?.ceiling_fen).toBe(3_700_000)
  })
})

it("a province has one stream, and the nation one", () =>
  expect([streamOf("31"), streamOf(null)]).toEqual(["Policy-31", "Policy-CN"]))

describe("publishing a parameter", () => {
  it("is a fact once", () =>
    given()
      .when(publishParameters([base]))
      .then(published(base))
      .and.when(publishParameters([base]))
      .thenNothing())

  it("under a known id with another content is refused: explanations name the id", () =>
    given(published(base))
      .when(publishParameters([{ ...base, value: 1_250_000 }]))
      .thenRefused({ code: "PARAMETER_DIFFERS", id: base.id }))

  it("that says another thing about a time that has a value is refused, with the one it contradicts", () => {
    const other = { ...base, id: "pension-base/31/2025-07", validFrom: "2025-07", validTo: null, value: 1_250_000 }
    given(published(base))
      .when(publishParameters([other]))
      .thenRefused({ code: "PARAMETER_OVERLAPS", other: base.id })
    given(published(base))
      .when(publishParameters([{ ...other, region: "浦东" }]))
      .then(published({ ...other, region: "浦东" }))
  })

  it("ends one that had no end, when the next one begins", () => {
    const open = { ...base, validTo: null }
    const next = { ...base, id: "pension-base/31/2026", validFrom: "2026-01", validTo: null, value: 1_260_000 }
    given(published(open))
      .when(publishParameters([next]))
      .then(published(next))
  })

  it("of many publishes all or none", () => {
    const wrong = { ...base, id: "x", validFrom: "2026-02", validTo: "2026-01" }
    given()
      .when(publishParameters([base, wrong]))
      .thenRefused({ code: "PARAMETER_PERIOD", id: "x" })
  })
})

describe("withdrawing a parameter", () => {
  it("takes it back with the reason, once; the right one then takes its id", () => {
    const right = { ...base, value: 1_243_500 }
    given(published(base))
      .when(withdrawParameter(base.id, "a digit was misread"))
      .then({ type: "ParameterWithdrawn", id: base.id, reason: "a digit was misread" })
      .and.when(withdrawParameter(base.id, "a digit was misread"))
      .thenNothing()
      .and.when(publishParameters([right]))
      .then(published(right))
      .and.when(withdrawParameter(base.id, "again"))
      .then({ type: "ParameterWithdrawn", id: base.id, reason: "again" })
  })
  it("of one that was never published is refused", () =>
    given().when(withdrawParameter("x", "?")).thenRefused({ code: "PARAMETER_UNKNOWN" }))
})

describe("whatever is asked", () => {
  const parameter = fc
    .record({
      start: fc.integer({ min: 0, max: 20 }),
      length: fc.option(fc.integer({ min: -1, max: 8 })),
      value: fc.integer({ min: 1, max: 2 }),
      key: fc.constantFrom(null, "employer"),
    })
    .map(({ start, length, value, key }): PublishedParameter => {
      const validFrom = addMonths(month("2024-01"), start)
      const validTo = length === null ? null : addMonths(validFrom, length)
      return { ...base, id: `pension-base/31/${key ?? ""}/${validFrom}`, validFrom, validTo, value, key }
    })
  const decision = fc.oneof(
    fc.array(parameter, { maxLength: 4 }).map((list) => publishParameters(list)),
    parameter.map(({ id }) => withdrawParameter(id, "wrong")),
  )

  it("a command is obeyed once, and no month ever has two values of one key", () =>
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), (decisions) => {
        let state = initial
        for (const each of decisions) state = decidesOnce({ initial, evolve }, state, each)
        for (let i = 0; i < 30; i++) {
          const on = addMonths(month("2024-01"), i)
          for (const key of [null, "employer"]) {
            const holding = [...state.parameters.values()].filter(
              (one) => one.key === key && one.validTo !== null && one.validFrom <= on && on <= one.validTo,
            )
            expect(new Set(holding.map(({ value }) => value)).size).toBeLessThanOrEqual(1)
          }
        }
      }),
    ))

  it("folding the events one by one is folding them all", () =>
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 12 }), (decisions) => {
        const log: PolicyEvent[] = []
        let state = initial
        for (const each of decisions) {
          const decided = each(state)
          if (!isRight(decided)) continue
          log.push(...decided.right)
          state = foldWith({ initial, evolve }, decided.right, state)
        }
        expect(foldWith({ initial, evolve }, log)).toEqual(state)
      }),
    ))
})
