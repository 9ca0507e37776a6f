import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import type { PolicyEvent } from "@tongzhang/domain/policy"
import { describe, expect, it } from "vitest"
import { builtInParameters } from "./built-in.js"
import { parametersKnown, type PolicyFact, toPublish } from "./known.js"
import { firstOf } from "./table.js"

const fact = (revision: number, event: PolicyEvent, province: PolicyFact["province"] = "31"): PolicyFact => ({
  province,
  event,
  eventId: `e${revision}`,
  stream: `Policy-${province ?? "CN"}`,
  revision,
  position: String(revision).padStart(8, "0"),
  recordedAt: Date.parse("2025-01-01T00:00:00Z") + revision * 86_400_000,
})
const published = (value: number): PolicyEvent => ({
  type: "ParameterPublished",
  id: "pension-base/31/2025",
  family: "pension-base",
  region: null,
  key: null,
  validFrom: "2025-01",
  validTo: "2025-12",
  value,
  unit: "fen",
  document: null,
  source: "notice",
  confidence: "official",
})
const question = { family: "pension-base", province: "31", on: "2025-06" } as const

describe("what the ledger had been told", () => {
  const log = [
    fact(0, published(1_200_000)),
    fact(1, { type: "ParameterWithdrawn", id: "pension-base/31/2025", reason: "misread" }),
    fact(2, published(1_243_400)),
  ]

  it("is the number of the day asked about, by position and by time", () => {
    const value = (until: { position?: string; at?: number }) => parametersKnown(log, until).find(question)?.value ?? null
    expect(value({})).toBe(1_243_400)
    expect([value({ position: "00000000" }), value({ position: "00000001" })]).toEqual([1_200_000, null])
    expect([value({ at: log[0]!.recordedAt - 1 }), value({ at: log[1]!.recordedAt - 1 })]).toEqual([null, 1_200_000])
  })

  it("names the event that published it", () => {
    expect(parametersKnown(log).factOf("pension-base/31/2025")?.eventId).toBe("e2")
    expect(parametersKnown(log, { position: "00000001" }).factOf("pension-base/31/2025")).toBeNull()
  })

  it("has limits that were published before there were parameters", () => {
    const limits = {
      type: "BaseLimitsPublished",
      from: month("2024-07"),
      source: "沪人社规",
      ceiling_fen: fen(3_692_100),
    } as const
    const known = parametersKnown([
      fact(0, { ...limits, floor_fen: fen(738_400) }),
      fact(1, { ...limits, floor_fen: fen(738_500) }),
    ])
    expect(known.find({ family: "base-floor", province: "31", on: "2026-01" })).toMatchObject({
      id: "base-floor/31/2024-07",
      value: 738_500,
    })
    expect(known.find({ family: "base-ceiling", province: "31", on: "2024-06" })).toBeNull()
  })

  it("is nothing where nothing was told; a ledger that has not loaded the tables asks them next", () => {
    const known = parametersKnown([])
    expect(known.find(question)).toBeNull()
    expect(firstOf(known, builtInParameters).find(question)?.id).toBe("pension-base/31/2025")
  })

  it("leaves alone what only a newer program knows", () =>
    expect(parametersKnown([fact(0, { ...published(1), family: "carbon-price" } as PolicyEvent)]).all).toEqual([]))

  it("of the built-in tables, published, answers as the tables do", () => {
    const facts = builtInParameters.all.map((parameter, i) =>
      fact(i, { type: "ParameterPublished", ...toPublish(parameter) }, parameter.province),
    )
    const known = parametersKnown(facts)
    expect(known.all.length).toBe(builtInParameters.all.length)
    for (const { family, province, key, region, validFrom } of builtInParameters.all) {
      const asked = { family, province, on: validFrom, ...(key === null ? {} : { key }), ...(region === null ? {} : { region }) }
      const { note: _note, ...expected } = builtInParameters.find(asked) ?? { note: "" }
      expect(known.find(asked) ?? {}).toEqual(expected)
    }
  })
})
