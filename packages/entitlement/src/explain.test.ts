import type { DateText } from "@tongzhang/domain/ids"
import { type YearMonth, month } from "@tongzhang/domain/month"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { replayRecords } from "@tongzhang/record/replay"
import { factLog, type FactLog } from "@tongzhang/record/testing/facts"
import { threeProvinces, worker } from "@tongzhang/record/testing/three-provinces"
import { unifiedRecord } from "@tongzhang/record/view"
import { describe, expect, it } from "vitest"
import type { ExplanationDocument } from "./document.js"
import { type Asked, explain, type ExplainRefusal } from "./explain.js"
import { factsFrom, isUnreadable } from "./facts.js"
import { parseQuestion } from "./question.js"
import { checkerFor } from "./testing/check.js"

type More = Partial<Omit<Asked, "question" | "text" | "facts" | "view">>

const asking = (log: FactLog) => {
  const facts = factsFrom(worker, log.records())
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  const view = unifiedRecord(replayRecords(worker, log.records()).state)
  const check = checkerFor(facts)
  const ask = (text: string, more: More = {}): ExplanationDocument | ExplainRefusal => {
    const question = parseQuestion(text)
    if (question === null) throw new Error(`no question ${text}`)
    const found = explain({
      facts,
      view,
      question,
      text,
      parameters: builtInParameters,
      ruleDate: "2018-01-08" as DateText,
      ...more,
    })
    if (!("refused" in found)) expect(check(found), text).toEqual([])
    return found
  }
  const values = (text: string, more: More = {}): Readonly<Record<string, unknown>> => {
    const found = ask(text, more)
    if ("refused" in found) throw new Error(found.refused)
    return Object.fromEntries(Object.entries(found.answers).map(([path, answer]) => [path, answer.value]))
  }
  return { ask, values }
}

/** A man of 1965-04, Guangdong, who paid 8 % of 5,000 yuan for 64 months, the last of them in Zhejiang. */
const twoEmployers = (): FactLog => {
  const log = factLog()
  const say = (stream: string, ...events: readonly object[]): void =>
    log.add(`${stream}${worker}` as never, ...(events as never[]))
  say("Person-", { type: "PersonRegistered", sex: "male", birthMonth: "1965-04", hukou: "44", sealed: "s", nameIndex: "n" })
  const opened = { type: "EnrollmentOpened", from: "2020-01", capacity: "employee", employer: "E1", temporary: false }
  const paid = (line: string, from: string, to: string, months: number) => ({
    type: "ContributionRecorded",
    kind: "regular",
    line,
    from,
    to,
    paidOn: `${to}-20`,
    base_fen: 500_000,
    employer_fen: 80_000 * months,
    personal_fen: 40_000 * months,
    subsidy_fen: 0,
    pooled_fen: 80_000 * months,
    account_fen: 40_000 * months,
  })
  const years = [2020, 2021, 2022, 2023, 2024].map((year) => paid(`Y${year}`, `${year}-01`, `${year}-12`, 12))
  say("Enrollment-44_110_", opened, ...years, paid("Y2025", "2025-01", "2025-03", 3))
  say("Enrollment-33_110_", { ...opened, from: "2025-03" }, paid("Z1", "2025-04", "2025-04", 1))
  return log
}

describe("questions about a person", () => {
  const { ask, values } = asking(threeProvinces())
  const post = { post: "female50" } as const

  it("months, of every family and relation", () => {
    expect(values("months")).toMatchObject({
      "families.pension.months_total": 135,
      "families.pension.months_overlapping": 2,
      "relations.31_110.months": 76,
      "relations.44_110.months": 61,
      "relations.34_110.months": 0,
    })
  })

  it("account, bases and interest of one relation or of all", () => {
    expect(values("account:44_110")).toEqual({ "44_110.account_fen": 1_464_000 })
    expect(Object.keys(values("account"))).toHaveLength(4)
    expect(values("bases:31_110")["31_110.bases_fen"]).toBe(7_200_000 + 20 * 500_000 + 8 * 400_000)
    expect(values("interest:31_110", { ruleDate: "2020-07-01" as DateText })).toMatchObject({ "31_110.credited_fen": 40_000 })
    expect(ask("account:11_110")).toMatchObject({ refused: "relation-unknown" })
  })

  it("place of receipt: Shanghai has fewer than 120 months, no place has them, so the hukou province", () => {
    expect(values("place")).toEqual({ province: "34", rule: "HUKOU_FALLBACK" })
  })

  it("a transfer: months, account, 12 % of the bases, total, place, and the last day of each step", () => {
    expect(values("transfer:31")).toEqual({
      "legs.44.months": 61,
      "legs.44.account_fen": 1_464_000,
      "legs.44.pooled_fen": 2_196_000,
      "legs.44.bases_fen": 18_300_000,
      "legs.44.total_fen": 3_660_000,
      months: 61,
      total_fen: 3_660_000,
      "placeOfReceipt.province": "34",
      "placeOfReceipt.rule": "HUKOU_FALLBACK",
      "deadlines.letter": "2018-01-29",
      "deadlines.statement": "2018-02-23",
      "deadlines.booking": "2018-03-15",
    })
    expect(values("transfer-money:31")["total_fen"]).toBe(3_660_000)
  })

  it("retirement, with the post of a woman stated; the law of an earlier day gives the earlier month", () => {
    const on = (ruleDate: string) => values("retirement", { ...post, ruleDate: ruleDate as DateText })
    expect(on("2026-01-01")).toMatchObject({ statutory: "2037-11", minimum_months: 228 })
    expect(on("2024-12-31")).toMatchObject({ statutory: "2033-07", minimum_months: 180 })
    expect(ask("retirement")).toMatchObject({ refused: "post-unknown", en: expect.stringContaining("female55") })
  })

  it("a pension down to the events, with every month of the record used", () => {
    const assessed = asking(twoEmployers()).values("pension", { ruleDate: "2025-06-01" as DateText })
    expect(assessed).toMatchObject({
      statutory_month: "2025-05",
      months: 64,
      all_months_used: true,
      eligible: false,
      place: "44",
    })
    expect(assessed["total_fen"]).toBe(Number(assessed["basic_fen"]) + Number(assessed["account_fen"]))
    expect(assessed["account_fen"]).toBe(Math.round((64 * 40_000) / 138.4))
  })

  it("without an average wage of those years, or a base of that one, no pension is guessed", () => {
    expect(ask("pension", { ...post, ruleDate: "2025-06-01" as DateText })).toMatchObject({ refused: "no-index" })
    const later = { ruleDate: "2025-06-01" as DateText, retirement: "2037-12" as YearMonth }
    expect(asking(twoEmployers()).ask("pension", later)).toMatchObject({ refused: "no-pension-base" })
  })

  it("deemed years that the asker states count where they arose and are named as given", () => {
    const deemed = [{ province: "44" as const, from: month("1998-01"), to: month("2002-12"), months: 60 }]
    const document = ask("place", { deemed })
    expect(document).toMatchObject({ answers: { province: { value: "44" }, rule: { value: "PREVIOUS>=120" } } })
    expect((document as ExplanationDocument).given).toContainEqual(expect.objectContaining({ value: 60, unit: "months" }))
  })

  it("an overlap: its months, no side the rule could force, and what clearing either side gives back", () => {
    const [id] = [...replayRecords(worker, threeProvinces().records()).state.overlaps.values()].flatMap((part) => [
      ...part.state.cases.keys(),
    ])
    expect(values(`overlap:${id ?? ""}`)).toMatchObject({
      months: 2,
      keep: "44_110",
      agreement_needed: true,
      "keep.31_110.refund_fen": 48_000,
      "keep.44_110.refund_fen": 80_000,
    })
    expect(ask("overlap:none")).toMatchObject({ refused: "case-unknown" })
  })

  it.each(["pensions", "account:4_110", "transfer", "transfer:99", "overlap:", "months:44"])("%s is no question", (text) => {
    expect(parseQuestion(text)).toBeNull()
  })
})
