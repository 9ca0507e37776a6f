import { month } from "@tongzhang/domain/month"
import { describe, expect, it } from "vitest"
import { decodeState, encodeState } from "./state-codec.js"
import { replayRecords } from "./replay.js"
import { threeProvinces, worker } from "./testing/three-provinces.js"
import { replayValid } from "./valid.js"
import { unifiedRecord } from "./view.js"
import { type Cell, type UnifiedRecord, unifiedRecordSchema } from "./view-schema.js"

const records = threeProvinces().records()
const { state, problem } = replayRecords(worker, records)

const symbol = (cell: Cell): string => {
  switch (cell.kind) {
    case "none":
      return "."
    case "counted":
      return `${cell.province}${cell.capacity?.charAt(0) ?? "?"}`
    case "transferred":
      return `${cell.paidIn}>${cell.province}`
    case "in_transit":
      return `${cell.from}~${cell.to}`
    case "overlap":
      return cell.parties.map((party) => party.province).join("+")
  }
}

/** The months matrix as a person would draw it: one line per year. */
const drawn = (record: UnifiedRecord): unknown => ({
  ...record,
  months: Object.fromEntries(
    Object.entries(record.months).map(([family, years]) => [
      family,
      Object.fromEntries(Object.entries(years).map(([year, cells]) => [year, cells.map(symbol).join(" ")])),
    ]),
  ),
})

describe("unified record of a worker in three provinces", () => {
  it("is what the golden file shows", async () => {
    expect(problem).toBeNull()
    const record = unifiedRecord(state, { current: month("2017-12"), floorOf: () => 450_000 })
    expect(unifiedRecordSchema.parse(record)).toEqual(record)
    await expect(`${JSON.stringify(drawn(record), null, 2)}\n`).toMatchFileSnapshot("../data/three-provinces.json")
  })

  it("reads the same after the state was stored and loaded", () => {
    expect(unifiedRecord(decodeState(encodeState(state)))).toEqual(unifiedRecord(state))
  })

  it("counts each month once in its family, and segments and gaps fill the calendar without a hole", () => {
    const record = unifiedRecord(state)
    for (const total of record.totals.families) {
      const cells = Object.values(record.months[total.family] ?? {}).flat()
      const counted = cells.filter((cell) => cell.kind !== "none" && cell.kind !== "in_transit").length
      expect(total.months_total).toBe(counted)
      const segments = record.segments.filter((segment) => segment.family === total.family)
      expect(segments.reduce((sum, segment) => sum + segment.months, 0)).toBe(total.months_total + total.months_overlapping)
      const gaps = record.gaps.filter((gap) => gap.family === total.family).reduce((sum, gap) => sum + gap.months, 0)
      const last = Math.max(...cells.map((cell, i) => (cell.kind === "none" ? -1 : i)))
      const first = cells.findIndex((cell) => cell.kind !== "none")
      expect(counted + gaps).toBe(last - first + 1)
    }
  })

  it("as of a valid month leaves out what came later", () => {
    const at = (validAt: string) => unifiedRecord(replayValid(worker, records, month(validAt)).state, { validAt: month(validAt) })
    const record = at("2012-06")
    expect(record.totals.families).toMatchObject([{ family: "pension", months_total: 48 + 26 }])
    // Shanghai's relation had not begun, and Anhui's years had not been moved there yet.
    expect(record.relations.map(({ province, scheme, status }) => [province, scheme, status])).toEqual([
      ["34", "110", "closed"],
      ["44", "110", "suspended"],
    ])
    expect(record.gaps.at(-1)).toMatchObject({ from: "2012-05", to: "2012-06", why: "SUSPENDED", reason: "childbirth" })
    expect(at("2010-04").relations.at(-1)?.status).toBe("open")
  })

  it("as known before the money arrived shows the months on their way, counted nowhere twice", () => {
    const statement = records.findIndex((record) => record.type.startsWith("StatementReceived"))
    const then = replayRecords(worker, records.slice(0, statement + 1)).state
    const pension = unifiedRecord(then).totals.families[0]
    expect(pension).toMatchObject({ months_total: 61 + 26, months_in_transit: 48 })
    expect(unifiedRecord(then).months["pension"]?.["2005"]?.[0]).toEqual({
      kind: "in_transit",
      from: "34",
      to: "31",
      scheme: "110",
    })
    const now = unifiedRecord(state).totals.families[0]
    expect(now).toMatchObject({ months_total: 61 + 26 + 48, months_in_transit: 0 })
  })

  it("of nobody is empty and still well formed", () => {
    const nobody = replayRecords(worker, []).state
    const record = unifiedRecord(nobody, { current: month("2020-01") })
    expect(unifiedRecordSchema.parse(record).totals.families).toEqual([])
    expect(record.indicators.map((flag) => flag.code)).toEqual(["NOT_REGISTERED"])
  })
})
