import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PublishedParameter } from "@tongzhang/domain/policy"
import { streamOf as policyStream } from "@tongzhang/domain/policy"
import { addMonths, month, type YearMonth } from "@tongzhang/domain/month"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { parametersKnown, type PolicyFact } from "@tongzhang/law/parameters/known"
import { factLog } from "@tongzhang/record/testing/facts"
import { threeProvinces } from "@tongzhang/record/testing/three-provinces"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parametersIn, spanOf } from "./parameters.js"

/** Everything that the program knows of two places, published as a ledger does at its start; one withdrawn again. */
const policies = (): { facts: readonly PolicyFact[]; records: readonly RecordedEvent[] } => {
  const log = factLog()
  for (const province of [null, "31"] as const) {
    const events = builtInParameters.all
      .filter((one) => one.province === province)
      .map(({ province: _place, ...one }): LedgerEvent => ({ type: "ParameterPublished", ...(one as PublishedParameter) }))
    log.add(policyStream(province), ...events)
  }
  const withdrawn = builtInParameters.all.find(({ province, family }) => province === "31" && family === "base-floor")
  log.add(policyStream("31"), { type: "ParameterWithdrawn", id: withdrawn?.id ?? "", reason: "a test" })
  const records = log.records()
  const facts = records.map(({ id: eventId, stream, revision, position, recordedAt, data }) => {
    const province = stream === policyStream("31") ? ("31" as const) : null
    const event = { type: "ParameterPublished", ...(JSON.parse(Buffer.from(data).toString()) as object) } as PolicyFact["event"]
    const withdrawal = "reason" in event && !("family" in event)
    const read = withdrawal ? ({ ...(event as object), type: "ParameterWithdrawn" } as PolicyFact["event"]) : event
    return { province, event: read, eventId, stream, revision, position, recordedAt }
  })
  return { facts, records }
}

describe("the parameters of a bundle", () => {
  const { facts, records } = policies()
  const known = parametersKnown(facts)

  it("property: whatever the law finds in force in any month of the span is shown; every event is shown or named, once", () => {
    const places = [
      ...new Map(
        known.all.map(({ family, province, region, key }) => [
          JSON.stringify([family, province, region, key]),
          { family, province, region, key },
        ]),
      ).values(),
    ]
    expect(places.length).toBeGreaterThan(10)
    fc.assert(
      fc.property(
        fc.nat(380),
        fc.nat(60),
        fc.nat(60),
        fc.constantFrom(...places),
        (start, length, inside, { family, province, region, key }) => {
          const from = addMonths(month("1995-01"), start)
          const to = addMonths(from, length)
          const { shown, omitted } = parametersIn(records, { from, to })
          expect([...shown, ...omitted].map(({ id }) => id).sort()).toEqual(records.map(({ id }) => id).sort())
          const on: YearMonth = addMonths(from, Math.min(inside, length))
          const question = { family, province, on, ...(region === null ? {} : { region }), ...(key === null ? {} : { key }) }
          const found = known.find(question)
          const fact = found === null ? null : known.factOf(found.id)
          if (fact !== null) expect(shown.map(({ id }) => id)).toContain(fact.eventId)
        },
      ),
      { numRuns: 300 },
    )
  })

  it("of two years are a part of them, with what has been withdrawn since", () => {
    const { shown, omitted } = parametersIn(records, { from: "2023-01", to: "2024-12" })
    expect(shown.length).toBeGreaterThan(5)
    expect(omitted.length).toBeGreaterThan(shown.length / 4)
    const withdrawal = records.at(-1)
    const whole = parametersIn(records, { from: "1990-01", to: "2030-01" })
    expect(whole.shown.map(({ id }) => id)).toContain(withdrawal?.id)
    expect(parametersIn(records, { from: "1900-01", to: "1900-02" }).shown).toEqual([])
  })

  it("the span is from the first month the facts are about to the last, recorded months and that of the bundle with it", () => {
    const facts = threeProvinces().records()
    expect(spanOf(facts, Date.parse("2026-11-30T20:00:00Z"))).toEqual({ from: "2005-01", to: "2026-12" })
    expect(spanOf([], Date.parse("2026-11-22T00:00:00Z"))).toEqual({ from: "2026-11", to: "2026-11" })
  })
})
