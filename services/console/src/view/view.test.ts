import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { en } from "../app/words-en.js"
import { zh } from "../app/words-zh.js"
import { span, yearsAndMonths, yuan } from "./amounts.js"
import { balanceOf } from "./balance.js"
import { callerOf, purposesOf, searchOf } from "./caller.js"
import { actorOfStep, openFirst } from "./cases.js"
import { covers, factName } from "./facts.js"
import { treesOf, valueWords } from "./law-tree.js"
import { cellText, cellWords, colourOf, matrixOf, provincesInOrder } from "./matrix.js"
import { relationName, sideNames } from "./places.js"
import { seenWhat } from "./seen.js"
import type { Cell, Gap } from "./types.js"

const none: Cell = { kind: "none" }
const paid = (province: string, scheme = "110"): Cell => ({ kind: "counted", province, scheme, capacity: "employee" })
const year = (...cells: Cell[]): Cell[] => [...cells, ...Array.from({ length: 12 - cells.length }, () => none)]
const gapOf = (from: string, to: string): Gap => ({
  family: "pension",
  from,
  to,
  months: 2,
  why: "NOT_PAID",
  zh: "未缴费",
  en: "not paid",
  province: "44",
  since: from,
  reason: null,
})

describe("the months matrix", () => {
  it("shows every year between the first and the last, the empty ones too", () => {
    const { rows } = matrixOf(
      { months: { pension: { "2019": year(paid("31")), "2022": year(paid("44")) } }, gaps: [] },
      "pension",
    )
    expect(rows.map((row) => row.year)).toEqual(["2019", "2020", "2021", "2022"])
    expect(rows.every((row) => row.cells.length === 12)).toBe(true)
    expect(matrixOf({ months: {}, gaps: [] }, "pension").rows).toEqual([])
  })

  it("a month inside a gap says why nothing was counted; a counted month is never a gap", () => {
    const gaps = [gapOf("2020-01", "2020-02")]
    const { rows, kinds } = matrixOf({ months: { pension: { "2020": year(paid("44"), none, none) } }, gaps }, "pension")
    expect(rows[0]?.cells.slice(0, 3).map((cell) => cell.kind)).toEqual(["counted", "gap", "none"])
    expect(kinds).toEqual(["gap"])
    expect(cellWords(rows[0]?.cells[1] ?? expect.fail("no cell"), "zh")).toBe("2020年2月 缺口：未缴费")
  })

  it("a gap of another family leaves the month alone", () => {
    const gaps = [{ ...gapOf("2020-02", "2020-02"), family: "medical" as const }]
    expect(matrixOf({ months: { pension: { "2020": year(paid("44")) } }, gaps }, "pension").kinds).toEqual([])
  })

  it("an overlap names and colours both parties, and the legend counts the month for both", () => {
    const overlap: Cell = {
      kind: "overlap",
      parties: [
        { province: "41", scheme: "170", capacity: "resident" },
        { province: "44", scheme: "110", capacity: "employee" },
      ],
    }
    const { rows, legend } = matrixOf({ months: { pension: { "2024": year(overlap, paid("44")) } }, gaps: [] }, "pension")
    const cell = rows[0]?.cells[0] ?? expect.fail("no cell")
    expect([cellText(cell, "zh"), cellText(cell, "en"), cell.resident]).toEqual(["豫粤", "4144", true])
    expect(cellWords(cell, "en")).toBe("2024-01 overlap: Henan resident pension, Guangdong employee pension")
    expect(legend).toEqual([
      { province: "41", scheme: "170", months: 1 },
      { province: "44", scheme: "110", months: 2 },
    ])
  })

  it("a transferred month is where it counts, and tells where it was paid; one in transit belongs to no relation yet", () => {
    const moved: Cell = { kind: "transferred", province: "44", scheme: "110", capacity: null, paidIn: "33" }
    const transit: Cell = { kind: "in_transit", from: "33", to: "44", scheme: "110" }
    const [row] = matrixOf({ months: { pension: { "2024": year(moved, transit) } }, gaps: [] }, "pension").rows
    expect(row?.cells.slice(0, 2).map((cell) => cell.relation)).toEqual(["44_110", null])
    expect(cellWords(row?.cells[0] ?? expect.fail(""), "zh")).toBe("2024年1月 广东 企业职工基本养老保险（浙江缴费转入）")
    expect(cellWords(row?.cells[1] ?? expect.fail(""), "zh")).toBe("2024年2月 转移在途：浙江 → 广东")
  })

  it("different provinces have different colours as long as there are enough", () => {
    const codes = fc.uniqueArray(fc.constantFrom("11", "31", "32", "33", "41", "44", "51", "61"), { maxLength: 8 })
    fc.assert(fc.property(codes, (provinces) => new Set(colourOf(provinces, 8).values()).size === provinces.length))
  })

  it("provinces come in the order of life", () => {
    const segment = (province: string, from: string) => ({ province, from }) as never
    const record = { segments: [segment("44", "2020-01"), segment("51", "1990-01")], relations: [] }
    expect(provincesInOrder(record)).toEqual(["51", "44"])
  })
})

describe("who and what", () => {
  const tokenOf = (claims: object): string => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2lnbmF0dXJl`
  it("a token names its desk; anything else names nobody", () => {
    expect(callerOf(tokenOf({ sub: "agency-44", kind: "agency", province: "44", exp: 9 }))).toEqual({
      kind: "agency",
      id: "agency-44",
      province: "44",
      person: null,
      expires: 9,
    })
    expect(callerOf(tokenOf({ sub: "x", kind: "emperor" }))).toBeNull()
    fc.assert(fc.property(fc.string(), (text) => callerOf(text) === null))
  })
  it("an auditor audits, a person reads for themself", () => {
    expect(purposesOf("auditor")).toEqual(["audit"])
    expect(purposesOf("person")).toEqual(["self"])
    expect(purposesOf("platform")).toEqual([])
  })
  it("knows a number, a key and a name apart, however the number was copied", () => {
    expect(searchOf(" 999901 19960512 017x ")).toEqual({ kind: "citizenId", citizenId: "99990119960512017X" })
    expect(searchOf("a".repeat(32))).toEqual({ kind: "key", key: "a".repeat(32) })
    expect(searchOf("霁远驰")).toEqual({ kind: "name", name: "霁远驰" })
    expect(searchOf("  ")).toEqual({ kind: "empty" })
  })
  it("the access log in plain words", () => {
    expect(
      [
        "lookup",
        "record",
        "record, revealed",
        "record.csv",
        "explain 44_110 account_fen",
        "diff",
        "workpaper A1: drawn",
        "new",
      ].map(seenWhat),
    ).toEqual(["lookup", "record", "revealed", "file", "explain", "replay", "workpaper", "other"])
  })
  it("the former province states and pays, the receiving one writes and books", () => {
    const steps = ["letter", "statement", "money", "booking"] as const
    expect(steps.map((step) => actorOfStep(step, "33", "44"))).toEqual(["44", "33", "33", "44"])
    expect(openFirst([{ open: false }, { open: true }])).toEqual([{ open: true }, { open: false }])
  })
})

describe("numbers", () => {
  it("months as years and months add up again", () => {
    fc.assert(
      fc.property(fc.nat(1_000), (months) => {
        const [, years = "0"] = /(\d+) y/.exec(yearsAndMonths(months, "en")) ?? []
        const [, rest = "0"] = /(\d+) m/.exec(yearsAndMonths(months, "en")) ?? []
        expect(Number(years) * 12 + Number(rest)).toBe(months)
      }),
    )
    expect(yearsAndMonths(0, "zh")).toBe("0 个月")
  })
  it("money, spans, names", () => {
    expect(yuan(150_960)).toBe("¥1,509.60")
    expect(span({ from: "2024-01", to: "2024-01" })).toBe("2024-01")
    expect(relationName("44_110", "en")).toBe("Guangdong · employee pension")
    expect(sideNames(["44_110", "33_110"], "zh")).toBe("广东 · 企业职工基本养老保险 与 浙江 · 企业职工基本养老保险")
  })
  it("a fact covers the months it names, and no others", () => {
    expect(["2023-01", "2023-03", "2023-05"].map((month) => covers("2023-01..2023-03 2023-05", month))).toEqual([
      true,
      true,
      true,
    ])
    expect(covers("2023-01..2023-03", "2023-04")).toBe(false)
    expect(covers(null, "2023-04")).toBe(false)
    expect([factName("InterestCredited@1", "zh"), factName("New@1", "zh")]).toEqual(["利息入账", "New@1"])
  })
  it("a balance stands at the month that was paid, or at the day of booking", () => {
    const part = { recordedAt: "2026-01-31T16:00:00Z", value: 5, by: 5, type: "X" }
    const parts = [
      { ...part, months: "2023-01..2023-03" },
      { ...part, months: null },
    ] as unknown as Parameters<typeof balanceOf>[0]
    expect(balanceOf(parts).map((point) => point.at)).toEqual(["2023-03", "2026-01-31"])
  })
})

describe("an explanation by the rules", () => {
  it("becomes a tree: lists are numbered, leaves name their event, what is no explanation is left out", () => {
    const fact = { kind: "fact", eventId: "e1", field: "base_fen", value: 500_000, unit: "fen" }
    const answer = {
      kind: "explained",
      value: 40_000,
      unit: "fen",
      rule: "account",
      version: "2006-01-01",
      formula: "sum(parts)",
      article: "国发〔2005〕38号",
      operands: { parts: [fact, { kind: "parameter", id: "rate/44", value: "0.08", unit: "rate" }] },
    }
    const title = { zh: "个人账户", en: "account" }
    const rules = new Map([["account", { title, operands: { parts: { zh: "每笔缴费", en: "payment" } } }]])
    const [tree, ...others] = treesOf({ account: answer, note: "text" }, { language: "zh", rules })
    expect(others).toEqual([])
    expect(tree?.children.map(({ label }) => label)).toEqual(["每笔缴费 1", "每笔缴费 2"])
    const [unnamed] = treesOf({ account: answer }, { language: "zh", rules: new Map() })
    expect([unnamed?.label, unnamed?.children[0]?.label]).toEqual(["account", "parts 1"])
    expect(tree).toMatchObject({ name: "account", label: "个人账户", value: "¥400.00", rule: "account @ 2006-01-01" })
    expect(tree?.children).toMatchObject([
      { name: "parts[1]", value: "¥5,000.00", leaf: { kind: "event", text: "e1 base_fen" } },
      { name: "parts[2]", value: "0.08", leaf: { kind: "parameter", text: "rate/44" } },
    ])
    expect([valueWords(true, "flag", "zh"), valueWords("44", "code", "en"), valueWords(null, "fen", "zh")]).toEqual([
      "是",
      "Guangdong",
      "无",
    ])
  })
})

describe("words", () => {
  it("both languages fill in the same places", () => {
    const places = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted()
    const keys = Object.keys(zh) as (keyof typeof zh)[]
    expect(Object.keys(en)).toEqual(keys)
    expect(keys.filter((key) => places(zh[key]).join() !== places(en[key]).join())).toEqual([])
  })
})
