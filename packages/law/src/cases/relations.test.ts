/** Cases of the kinds that are printed, with other numbers: the handlers have to know rules, not cases. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { builtInParameters } from "../parameters/built-in.js"
import { relationCases } from "./relations.js"
import { runCases } from "./run.js"

type Sibling = readonly [topic: string, input: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>]

const check = (siblings: readonly Sibling[]) => {
  const examples = siblings.map(([topic, input, expected], i) => ({ id: `${topic} #${i + 1}`, topic, input, expected }))
  const report = runCases({ examples }, builtInParameters)
  if ("unusable" in report) throw new Error(report.unusable)
  expect({ failed: report.failed, unsupported: report.unsupported }).toEqual({ failed: [], unsupported: [] })
}
const segment = (province: string, from: string, to: string, months: number, more: Readonly<Record<string, unknown>> = {}) => ({
  province,
  from,
  to,
  months,
  temporary: false,
  ...more,
})

describe("worked cases of relations", () => {
  it("place of receipt", () =>
    check([
      [
        "place of receipt",
        { hukou: "51", segments: [segment("44", "2015-07", "2025-06", 120)] },
        { place: "44", rule: "CURRENT>=120" },
      ],
      // Back in the hukou province without a month paid there yet.
      [
        "place of receipt",
        { hukou: "51", current: "51", segments: [segment("44", "2005-01", "2024-12", 240)] },
        { place: "51", rule: "HUKOU" },
      ],
      // Two cities of one province add up, under codes of four or six digits, or by name.
      [
        "place of receipt",
        { hukou: "四川省", segments: [segment("4401", "2010-01", "2014-12", 60), segment("440300", "2015-01", "2019-12", 60)] },
        { place: "44", rule: "CURRENT>=120" },
      ],
      // A temporary account in between; months as text; the person's age decides where nothing is said.
      [
        "place of receipt",
        {
          hukou: "51",
          sex: "male",
          birth: "1963-05",
          segments: [
            { province: "44", from: "2000-01", to: "2011-12", months: "144" },
            { province: "31", from: "2014-01", to: "2025-06", months: "138" },
          ],
        },
        { place: "44", rule: "PREVIOUS>=120", temporary: true },
      ],
      // 35 months at once are no one-off payment of three years; with a document before the payment 40 travel.
      [
        "place of receipt",
        {
          hukou: "51",
          segments: [
            segment("44", "2013-01", "2023-08", 128, { lumpSumWithoutLegalDocument: 35 }),
            segment("33", "2023-09", "2025-06", 22),
          ],
        },
        { place: "44", rule: "PREVIOUS>=120" },
      ],
      [
        "place of receipt",
        {
          hukou: "51",
          segments: [
            segment("44", "2013-01", "2023-08", 128, { lumpSum: 40, legalDocument: true }),
            segment("33", "2023-09", "2025-06", 22),
          ],
        },
        { place: "44", rule: "PREVIOUS>=120" },
      ],
      [
        "place of receipt",
        { hukou: "51", segments: [segment("44", "2013-01", "2023-08", 128, { clearedOverlap: 9 })] },
        { place: "51", rule: "HUKOU_FALLBACK" },
      ],
      [
        "place of receipt",
        { hukou: "51", current: "11", months: { "11": 119, "31": 130, "51": 10 } },
        { place: "31", rule: "PREVIOUS>=120" },
      ],
      // An official transfer keeps the ordinary account whatever the age.
      [
        "place of receipt",
        {
          hukou: "51",
          segments: [
            segment("11", "2006-01", "2013-12", 96),
            segment("31", "2014-01", "2025-06", 138, { temporary: true, officialTransfer: true }),
          ],
        },
        { place: "31", rule: "CURRENT>=120" },
      ],
    ]))

  it("temporary account", () =>
    check([
      ["temporary account", { sex: "男", age: 50, province: "31", hukou: "51" }, { temporary: true, account: "temporary" }],
      ["temporary account", { sex: "female", ageMonths: 479, province: "31", hukou: "51" }, { temporary: false }],
      ["temporary account", { sex: "male", age: 55, province: "31", hukou: "51", officialTransfer: true }, { temporary: false }],
      [
        "temporary account",
        { sex: "male", age: 55, province: "31", hukou: "51", insuredHereSince: "2009-03" },
        { temporary: false },
      ],
      ["temporary account", { sex: "male", age: 55, province: "31", hukou: "31" }, { temporary: false }],
    ]))

  it("money of a transfer", () =>
    check([
      // 1997 gives no pooled money, 1998 does.
      [
        "transfer money",
        {
          years: [
            { year: 1997, base: "500", months: 12 },
            { year: 1998, base: 600, months: 10 },
          ],
          accountBalance: "900.00",
        },
        { account: "900.00", pooled: "720.00", total: "1620.00" },
      ],
      ["transfer money", { from: "1997-10", to: "1998-03", base: "500", months: 6, accountBalance: "330" }, { pooled: "180.00" }],
      // 1998-2005 booked at 8 %: topped up to 11 %; at 12 %: the excess stays.
      [
        "transfer money",
        { years: [{ year: 2003, base: "1000", months: 12, accountRate: "0.08" }], accountBalance: "960.00" },
        { account: "1320.00", pooled: "1440.00", total: "2760.00" },
      ],
      [
        "transfer money",
        { accountRate: 0.12, years: [{ year: 2001, base: 1000, months: 12 }], accountBalance: 1440 },
        { account: "1320.00" },
      ],
      [
        "transfer money",
        { years: [{ year: 2018, base: "5000", months: 12, untransferable: 12 }], accountBalance: "0.00" },
        { pooled: "0.00" },
      ],
      ["transfer money", { base: "4800.50", months: 5, accountBalance: "1920.20" }, { pooled: "2880.30", total: "4800.50" }],
      [
        "transfer money",
        { sameProvince: true, years: [{ year: 2018, base: "5000", months: 12 }], accountBalance: "4800.00" },
        { account: "0.00", pooled: "0.00", total: "0.00" },
      ],
      [
        "transfer money (temporary account)",
        { temporary: true, base: "4000", months: 10, employerRate: 0.14, individualRate: "8%", interest: "10.00" },
        { moved: "8810.00" },
      ],
      [
        "audit sample transfer",
        { account: 1234.5, pooled: "100.05", deemedMonths: 6, paidMonths: 311 },
        { total: "1334.55", totalMonths: 317 },
      ],
      ["one-off payment", { months: 40, paidOn: "2018-05-02" }, { untransferable: 40 }],
      [
        "one-off payment",
        { months: 40, paidOn: "2018-05-02", documentDate: "2018-05-01" },
        { untransferable: 0, transferable: true },
      ],
      ["one-off payment", { months: 40, paidOn: "2012-05-02", commitment: true }, { transferableMonths: 40 }],
    ]))

  it("contributions", () =>
    check([
      [
        "contribution",
        { base: 4812, province: "33", month: "2025-03", flexible: true },
        { pension: "962.40", account: "384.96", pooled: "577.44" },
      ],
      ["contribution", { base: "10000", province: "31", month: "2024-02", channel: "灵活就业" }, { pension: "2400.00" }],
      [
        "contribution",
        { wage: "3000", province: "11", month: "2025-08" },
        { base: "7162.00", clamped: "floor", individual: "572.96", employer: "1145.92" },
      ],
      ["contribution", { wage: "90000", province: "北京", month: "2025-08" }, { base: "35811.00", clamped: "ceiling" }],
      [
        "contribution",
        { base: "1000", employer: "220", individual: "80", month: "2003-05" },
        { account: "110.00", pooled: "190.00" },
      ],
      ["contribution", { undeclared: true, previousMonth: "9900.05" }, { amount: "10890.06" }],
      [
        "audit sample",
        { base: 3825, employerRate: "14%", individualRate: 0.08 },
        { employer: "535.50", individual: "306.00", total: "841.50" },
      ],
    ]))

  it("late fees", () =>
    check([
      ["late fee", { arrears: "20000", days: 45 }, { fee: "450.00" }],
      ["late fee", { arrears: "10000", from: "2011-06-21", to: "2011-07-11" }, { fee: "250.00" }],
      ["late fee", { arrears: "10000", days: 10, date: "2010-03-01" }, { fee: "200.00" }],
      ["late fee", { arrears: "10000", days: 30, flexible: true }, { fee: "0.00" }],
    ]))

  it("months paid late, registration, subsidies, time limits", () =>
    check([
      [
        "deferral",
        { month: "2020-05", paidOn: "2021-11-30" },
        { payableUntil: "2021-12-31", counts: true, countsFor: "2020-05" },
      ],
      ["deferral", { month: "2020-05", paidOn: "2022-01-04" }, { counts: false }],
      ["make-up", { month: "2022-10", paidOn: "2023-06-30", channel: "employee" }, { kind: "arrears", counts: true }],
      ["registration", { start: "2026-03-01", registered: "2026-04-05" }, { due: "2026-03-31", late: true, daysLate: 5 }],
      [
        "subsidy",
        { income: "1900", floor: "4000", contribution: "800.00" },
        { rate: "0.5", subsidy: "400.00", needsRuling: false },
      ],
      ["subsidy", { income: "2000", floor: "4000", contribution: "800.00" }, { rate: null, subsidy: "0.00", needsRuling: true }],
      ["time limit", { process: "medicalTransfer.in", from: "2026-03-02" }, { due: "2026-03-09" }],
      ["time limit", { process: "pension-transfer.letter", from: "2026-03-02" }, { due: "2026-03-23" }],
    ]))

  it("the same months in two relations", () =>
    check([
      [
        "employee x employee, several months",
        {
          relations: [
            { province: "44", from: "2018-01", to: "2020-06" },
            { province: "31", from: "2020-01", to: "2022-12" },
          ],
        },
        {
          overlapMonths: ["2020-01", "2020-02", "2020-03", "2020-04", "2020-05", "2020-06"],
          countedMonths: 60,
          agreementNeeded: true,
        },
      ],
      [
        "employee x employee",
        { a: { province: "44", from: "2018-01", to: "2018-12" }, b: { province: "31", from: "2019-01", to: "2019-06" } },
        { overlapMonths: 0, countedMonths: 18, duplicate: false },
      ],
      [
        "employee x employee",
        {
          relations: [
            { province: "44", from: "2020-01", to: "2020-06" },
            { province: "31", from: "2020-04", to: "2020-12", individual: "400.00" },
          ],
          keep: "44",
        },
        { overlapMonths: 3, countedMonths: 12, kept: "44", refundToPerson: "1200.00" },
      ],
      [
        "employee x public",
        { employee: { from: "2015-01", to: "2015-12" }, public: { from: "2015-10", to: "2016-12" } },
        { overlapMonths: 3, countedMonths: 24, type: "EMP-PUB" },
      ],
      [
        "employee x resident overlap",
        {
          employee: { from: "2018-07", to: "2019-03" },
          resident: {
            years: [
              { year: 2018, individual: 600, collective: 60 },
              { year: 2019, individual: 1000 },
            ],
          },
        },
        { overlapMonths: 9, refundToPerson: "580.00", subsidyStays: true },
      ],
      ["resident x resident, both receiving", { places: ["4101", "3702"], first: "4101", hukou: "37" }, { kept: "4101" }],
      ["resident x resident", { hukou: "37", places: ["4101", "3702"], first: "4101" }, { kept: "3702" }],
      [
        "platform per-order injury cover",
        {
          orders: [
            { province: "32", month: "2025-09" },
            { province: "32", month: "2025-09" },
          ],
        },
        { duplicate: false },
      ],
      [
        "one person, two ID numbers",
        { ids: ["11010519491231002X", "110105194912310038"] },
        { candidateSamePerson: false, expandedOld: null },
      ],
    ]))

  it("two benefits at once", () =>
    check([
      [
        "employee pension x resident pension",
        {
          employeePension: { from: "2020-01", to: "2021-12" },
          residentPension: { from: "2019-01", to: "2021-12", basic: "150.00", account: "3000.00", governmentSubsidy: "600.00" },
        },
        {
          kept: "employee",
          recovered: "3600.00",
          refundToPerson: "2400.00",
          setOff: "2400.00",
          owed: "1200.00",
          netRefund: "0.00",
        },
      ],
      [
        "two pensions",
        {
          province: "35",
          minimumWage: "2030",
          pensions: [
            { province: "35", from: "2018-01", to: "2020-12", monthly: "2500" },
            { province: "44", from: "2019-01", to: "2020-12", monthly: "1000", account: "20000" },
          ],
          keep: "35",
        },
        {
          overpaid: "24000.00",
          fromAccount: "20000.00",
          remaining: "4000.00",
          monthlyMax: "1218.00",
          instalments: 4,
          agreementNeeded: true,
        },
      ],
    ]))

  it("two benefits, written flat", () =>
    check([
      [
        "employee pension and resident benefit",
        {
          employeePension: "2500.00",
          residentPension: "180.00",
          residentBasic: "143.00",
          months: 10,
          residentBalance: "2000",
          residentGovernmentSubsidy: "300",
        },
        { kept: "employee", ended: "resident", recovered: "1430.00", refundToPerson: "1700.00" },
      ],
      [
        "employee x employee, both receiving",
        { a: { province: "44", from: "2019-01" }, b: { province: "31", from: "2020-01" } },
        { kept: "by agreement", agreementNeeded: true },
      ],
    ]))

  it("link of employee and resident scheme", () =>
    check([
      [
        "employee<->resident link",
        { employeeMonths: 179, residentMonths: 60, statutoryAge: "reached 2026" },
        { direction: "employee->resident", pension: "resident", employeeYearsCount: true, minMonths: 180 },
      ],
      [
        "employee<->resident link",
        { employeeMonths: "200", residentMonths: 60, statutoryAge: "not reached" },
        { direction: null },
      ],
      [
        "employee<->resident link",
        { employeeMonths: 239, residentMonths: 12, statutoryAge: "reached 2040" },
        { direction: "employee->resident or continue to 240", minMonths: 240 },
      ],
      [
        "employee<->resident link",
        { employeeYears: 16, residentYears: 3, statutoryAge: 2030 },
        { direction: "resident->employee", minMonths: 186, residentYearsCount: false },
      ],
    ]))

  it("medical and unemployment", () =>
    check([
      [
        "medical duplicate",
        { a: "resident 武汉 (student at school)", b: "resident 黄冈 (home)" },
        { kept: "school", keptSide: "a" },
      ],
      ["medical duplicate", { a: "employee, 2 years unbroken", b: "resident" }, { kept: "employee", suspended: "b" }],
      [
        "medical duplicate",
        { a: { scheme: "employee", months: 5 }, b: "resident with benefits running" },
        { kept: "the one whose benefits can be used; the other is suspended", needsRuling: true },
      ],
      ["medical transfer", { gapMonths: 3, unbrokenMonths: 30, changesScheme: true }, { waitingMonths: 0, payable: true }],
      ["medical transfer", { gapMonths: 4 }, { waitingMonths: 6, payable: false }],
      [
        "unemployment transfer",
        { contributionMonths: 11, benefitMonthsLeft: 0, originMonthly: "1800.00" },
        { money: "0.00", relationMoves: true },
      ],
      ["unemployment transfer", { contributionMonths: 70, benefitMonthsUsed: 8, originMonthly: 2000 }, { money: "30000.00" }],
      [
        "unemployment transfer",
        { contributionMonths: 70, originMonthly: 2000, status: "employed" },
        { money: 0, relationMoves: true },
      ],
      ["unemployment benefit months", { months: [11, 12, 59, 60, 119, 120] }, { months: [0, 12, 12, 18, 18, 24] }],
      ["unemployment benefit months", { originMonths: 30, destinationMonths: 30 }, { totalMonths: 60, months: 18 }],
      ["unemployment benefit months", { years: 7.5 }, { months: 18 }],
    ]))

  it("occupational injury per order", () =>
    check([
      [
        "occupational injury",
        { province: "重庆", month: "2025-09", industry: "出行", orders: 1200 },
        { premium: "12.00", covered: true },
      ],
      [
        "occupational injury",
        { province: "14", month: "2025-09", industry: "同城货运", orders: 100 },
        { premium: "0.00", covered: false },
      ],
      [
        "injury premium",
        { province: "32", month: "2025-09", industry: "即时配送", orders: "1000", perOrder: "0.25" },
        { premium: "250.00" },
      ],
    ]))

  it("says why it cannot answer instead of guessing", () => {
    const examples = [
      { id: "A", topic: "place of receipt", input: { segments: [] }, expected: { place: "51" } },
      { id: "B", topic: "transfer money", input: {}, expected: { total: "1.00" } },
      { id: "C", topic: "contribution", input: { wage: "3000" }, expected: { base: "7162.00" } },
      {
        id: "D",
        topic: "occupational injury",
        input: { province: "31", month: "2023-05", industry: "出行", orders: 10 },
        expected: { premium: "0.40" },
      },
    ]
    const report = runCases({ examples }, builtInParameters)
    expect(report).toMatchObject({ passed: 0, failed: [], unsupported: [{ id: "A" }, { id: "B" }, { id: "C" }, { id: "D" }] })
  })

  it("a case that asks for a day before the rule is answered with the reason, and the others go on", () => {
    const input = { temporary: true, base: "5000", months: 24, ruleDate: "2009-01-01" }
    const examples = [
      { id: "early", topic: "transfer money", input, expected: { moved: "1.00" } },
      { id: "fine", topic: "late fee", input: { arrears: "10000", days: 30 }, expected: { fee: "150.00" } },
    ]
    const report = runCases({ examples }, builtInParameters)
    expect(report).toMatchObject({ passed: 1, unsupported: [{ id: "early", why: expect.stringContaining("not in force") }] })
  })

  it("odd inputs are answered or refused, and numbers may be written as numbers or as text", () => {
    const odd = fc.constantFrom<unknown>(null, 0, -5, 1.5, "x", "2010-01", "2008-05-04", true, [], {}, "99", 1e12, "5.5%", "44")
    const names = [
      "hukou",
      "segments",
      "months",
      "base",
      "years",
      "account",
      "from",
      "to",
      "employee",
      "resident",
      "a",
      "b",
      "ids",
      "orders",
    ]
    const inputs = fc.dictionary(fc.constantFrom(...names, "arrears", "days", "employeeMonths", "statutoryAge", "ruleDate"), odd)
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(relationCases)), inputs, (topic, input) => {
        const answer = relationCases[topic]?.({ id: "odd", topic, input, expected: { place: "51" } })
        expect(answer === undefined ? 0 : Object.keys(answer).length).toBe(1)
      }),
      { numRuns: 500 },
    )
    const arrears = (value: unknown) =>
      relationCases["late fee"]?.({ id: "n", topic: "late fee", input: { arrears: value, days: "30" } })
    expect(arrears("10000.00")).toEqual(arrears(10_000))
  })
})
