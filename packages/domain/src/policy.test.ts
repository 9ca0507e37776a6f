import { specification } from "@tongzhang/testing/decider"
import { expect, it } from "vitest"
import { month } from "./month.js"
import { fen } from "./money.js"
import { evolve, initial, publishBaseLimits, streamOf } from "./policy.js"

const { given } = specification({ initial, evolve })
const limits = { from: month("2024-07"), floor_fen: fen(738_400), ceiling_fen: fen(3_692_100), source: "沪人社规〔2024〕" }

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

it("a province has one stream of them", () => expect(streamOf("31")).toBe("Policy-31"))
