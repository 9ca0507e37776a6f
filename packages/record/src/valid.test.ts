import { streamOf } from "@tongzhang/domain/enrollment"
import type { DateText, LineId } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { month } from "@tongzhang/domain/month"
import { describe, expect, it } from "vitest"
import { replayRecords } from "./replay.js"
import { factLog } from "./testing/facts.js"
import { threeProvinces, worker } from "./testing/three-provinces.js"
import { replayValid } from "./valid.js"
import { unifiedRecord } from "./view.js"

const records = threeProvinces().records()
const at = (validAt: string) => {
  const { state, problem } = replayValid(worker, records, month(validAt))
  expect(problem).toBeNull()
  return unifiedRecord(state, { validAt: month(validAt) })
}

describe("a worker of three provinces as valid at a month", () => {
  it("has only the money whose months had begun", () => {
    const early = at("2006-06").totals.account_fen
    const later = at("2012-06").totals.account_fen
    expect(early).toBeGreaterThan(0)
    expect(later).toBeGreaterThan(early)
    expect(at("1990-01").relations).toEqual([])
  })

  it("far ahead of every fact is the record itself", () => {
    const all = replayRecords(worker, records).state
    const { asOf: _then, ...ahead } = at("2090-01")
    const { asOf: _now, ...now } = unifiedRecord(all, { current: month("2090-01") })
    expect(ahead).toEqual(now)
  })

  it("tells what is known, not only what holds: events and position are those of all known facts", () => {
    expect(at("2006-06").asOf).toMatchObject({ events: records.length, position: records.at(-1)?.position })
  })

  it("a reversal holds from the month of the line it is about: the wrong months never stood", () => {
    const log = factLog()
    const stream = streamOf({ province: "44", scheme: "110", person: worker })
    const line = {
      kind: "regular",
      employer_fen: fen(80_000),
      personal_fen: fen(40_000),
      subsidy_fen: fen(0),
      base_fen: fen(500_000),
      pooled_fen: fen(80_000),
      account_fen: fen(40_000),
    } as const
    const paid = { ...line, type: "ContributionRecorded", paidOn: "2020-02-01" as DateText } as const
    const [january, june] = [month("2020-01"), month("2020-06")]
    log.add(
      stream,
      { type: "EnrollmentOpened", from: january, capacity: "employee", employer: null, temporary: false },
      { ...paid, line: "a" as LineId, from: january, to: january },
      { ...paid, line: "b" as LineId, from: june, to: june },
      { type: "ContributionReversed", line: "c" as LineId, reverses: "a" as LineId, reason: "bounced" },
      { type: "ContributionReversed", line: "d" as LineId, reverses: "b" as LineId, reason: "bounced" },
    )
    const account = (known: number, validAt: string): number | undefined =>
      replayValid(worker, log.records().slice(0, known), month(validAt)).state.relations.get("44_110")?.account_fen
    expect(account(3, "2020-03")).toBe(40_000)
    expect(account(3, "2020-06")).toBe(80_000)
    // January's line goes out of January; June's reversal says nothing about March.
    expect(account(4, "2020-03")).toBe(0)
    expect(account(5, "2020-03")).toBe(0)
    expect(account(4, "2020-06")).toBe(40_000)
  })
})
