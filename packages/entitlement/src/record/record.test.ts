import { streamOf } from "@tongzhang/domain/enrollment"
import { addMonths, month, monthsOf, type YearMonth } from "@tongzhang/domain/month"
import { checkExplanation } from "@tongzhang/explanation-checker/check"
import type { ExplanationDocument as Checked } from "@tongzhang/explanation-checker/document"
import { evidenceOf as checkerEvidence, lawOf } from "@tongzhang/explanation-checker/evidence"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import { factLog, type FactLog } from "@tongzhang/record/testing/facts"
import { threeProvinces, worker } from "@tongzhang/record/testing/three-provinces"
import { replayRecords } from "@tongzhang/record/replay"
import { replayValid } from "@tongzhang/record/valid"
import { unifiedRecord, type ViewOptions } from "@tongzhang/record/view"
import { unifiedRecordSchema } from "@tongzhang/record/view-schema"
import { enrollmentHistory, run } from "@tongzhang/testing/enrollment-commands"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { documentOf, type ExplanationDocument } from "../document.js"
import { evidenceOf, type Facts, factsFrom, isUnreadable } from "../facts.js"
import { checkerFor } from "../testing/check.js"
import { numberPlaces, numbersIn, placeOf } from "../testing/numbers.js"
import { explainRecord } from "./record.js"

const on = "2026-11-22"

const factsOf = (log: FactLog, validAt: YearMonth | null = null): Facts => {
  const facts = factsFrom(worker, log.records(), validAt)
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  return facts
}

const explainedRecord = (log: FactLog, options: ViewOptions = {}) => {
  const { validAt } = options
  const { state } = validAt === undefined ? replayRecords(worker, log.records()) : replayValid(worker, log.records(), validAt)
  const view = unifiedRecord(state, options)
  const facts = factsOf(log, validAt)
  const answers = explainRecord(facts, view, on)
  const document = documentOf({ person: worker, question: "record", ruleDate: on, validAt: facts.validAt }, answers)
  return { view, facts, answers, document }
}

/** Every number of the record has an explanation, of the same value, and each holds. */
const expectAllExplained = (log: FactLog, options: ViewOptions = {}): ReturnType<typeof explainedRecord> => {
  const found = explainedRecord(log, options)
  const values = Object.fromEntries([...found.answers].map(([path, answer]) => [path, answer.value]))
  expect(values).toEqual(Object.fromEntries(numbersIn(found.view)))
  expect(checkerFor(found.facts)(found.document)).toEqual([])
  return found
}

/** What the three provinces lack: a benefit with everything that can happen to it, a cleared case, a subsidy, a mismatch. */
const everything = (): FactLog => {
  const log = threeProvinces()
  const award = { basic_fen: 200_000, account_fen: 50_000, transitional_fen: 0, monthly_fen: 250_000 } as const
  const benefit = `Benefit-${worker}_110`
  const say = (stream: string, event: object): void => log.add(stream as never, event as never)
  say(benefit, { type: "BenefitClaimed", claim: "C1", province: "31", from: "2018-02" })
  say(benefit, { type: "BenefitAwarded", claim: "C1", from: "2018-02", ...award })
  say(benefit, { type: "BenefitPaid", claim: "C1", month: "2018-02", amount_fen: 250_000 })
  say(benefit, {
    type: "BenefitRecalculated",
    claim: "C1",
    from: "2018-03",
    reason: "重核",
    ...award,
    basic_fen: 210_000,
    monthly_fen: 260_000,
  })
  say(benefit, { type: "BenefitPaid", claim: "C1", month: "2018-03", amount_fen: 260_000 })
  say(benefit, { type: "BenefitEnded", claim: "C1", to: "2018-02", reason: "死亡" })
  say(benefit, { type: "BenefitOverpaid", claim: "C1", amount_fen: 260_000, reason: "死亡" })
  say(benefit, { type: "BenefitRecovered", claim: "C1", receipt: "R9", amount_fen: 100_000 })
  const [id] = [...replayRecords(worker, log.records()).state.overlaps.values()].flatMap((part) => [...part.state.cases.keys()])
  say(`Overlap-${worker}_pension`, { type: "OverlapDecided", case: id, keep: "31_110", reason: "本人同意", undoUntil: null })
  say(`Overlap-${worker}_pension`, {
    type: "OverlapCleared",
    case: id,
    months: [{ from: "2015-05", to: "2015-06" }],
    refund_fen: 48_000,
  })
  say(`Enrollment-34_170_${worker}`, {
    type: "EnrollmentOpened",
    from: "2017-11",
    capacity: "resident",
    employer: null,
    temporary: false,
  })
  say(`Enrollment-34_170_${worker}`, { type: "SubsidyCredited", line: "S1", year: 2017, payer: "county", amount_fen: 3_000 })
  const transfer = [...log.records()].find((record) => record.stream.startsWith("Transfer-"))?.stream ?? ""
  say(transfer, { type: "MoneyMismatchFound", leg: "44", stated_fen: 3_660_000, received_fen: 3_650_000 })
  return log
}

describe("the unified record, every number explained", () => {
  it("a woman of three provinces: months, money, gaps, a transfer under way, a duplicate; as valid at any month too", () => {
    expectAllExplained(threeProvinces())
    expectAllExplained(threeProvinces(), { current: month("2018-06") })
    for (const validAt of ["2004-12", "2008-12", "2012-06", "2015-05", "2017-08"])
      expectAllExplained(threeProvinces(), { validAt: month(validAt) })
  })

  it("every place of the schema where a number may stand is explained in some record", () => {
    const places = numberPlaces(unifiedRecordSchema)
    expect(places.size).toBeGreaterThan(45)
    const { answers } = expectAllExplained(everything(), { current: month("2018-06") })
    const seen = new Set([...answers.keys()].map((path) => placeOf(path, places)))
    expect([...places].filter((place) => !seen.has(place))).toEqual([])
  })

  it("property: whatever happened to a person's relations, every number is explained and holds", () => {
    const streams = [
      streamOf({ province: "31", scheme: "110", person: worker }),
      streamOf({ province: "44", scheme: "110", person: worker }),
      streamOf({ province: "34", scheme: "310", person: worker }),
    ]
    const histories = fc.tuple(...streams.map(() => enrollmentHistory(40)))
    fc.assert(
      fc.property(histories, (commands) => {
        const log = factLog()
        streams.forEach((stream, i) => log.add(stream, ...run(commands[i] ?? [])))
        expectAllExplained(log, { current: month("2023-03") })
      }),
      { numRuns: 40 },
    )
  })

  it("as valid at any month, the numbers shown are the numbers explained, and the checker finds the same facts holding", () => {
    const log = everything()
    const months = monthsOf(month("2004-12"), month("2018-08"))
    for (const validAt of months.filter((_, i) => i % 5 === 0 || i > months.length - 10)) expectAllExplained(log, { validAt })
  })

  it("property: the same for any history and any month", () => {
    const streams = [
      streamOf({ province: "31", scheme: "110", person: worker }),
      streamOf({ province: "44", scheme: "110", person: worker }),
    ]
    const histories = fc.tuple(...streams.map(() => enrollmentHistory(30)))
    fc.assert(
      fc.property(histories, fc.nat(60), (commands, ahead) => {
        const log = factLog()
        streams.forEach((stream, i) => log.add(stream, ...run(commands[i] ?? [])))
        if (log.records().length > 0) expectAllExplained(log, { validAt: addMonths(month("2019-12"), ahead) })
      }),
      { numRuns: 60 },
    )
  })

  it("a document that is said to be about another month does not hold", () => {
    const { document, facts } = explainedRecord(threeProvinces(), { validAt: month("2012-06") })
    const law = lawOf(catalogue(), publishedParameters())
    const plain = { ...JSON.parse(JSON.stringify(document)), validAt: "2010-06" } as Checked
    expect(checkExplanation(plain, checkerEvidence(law, evidenceOf(facts), "2010-06"))).not.toEqual([])
    expect(checkExplanation({ ...plain, validAt: "2012-06" }, checkerEvidence(law, evidenceOf(facts), "2012-06"))).toEqual([])
  })

  it("an event nobody can read leaves nothing explained", () => {
    const records = [...threeProvinces().records()]
    const broken = records.map((record, i) => (i === 3 ? { ...record, type: "Unheard@1" } : record))
    expect(factsFrom(worker, broken)).toMatchObject({ unreadable: { cause: expect.stringContaining("Unheard@1") } })
  })
})

type Json = { readonly [name: string]: Json } | readonly Json[] | string | number | boolean | null

/** Paths of all values below, of the kinds that can be changed. */
const placesIn = (json: Json, path: readonly string[] = []): (readonly string[])[] =>
  typeof json === "object" && json !== null
    ? Object.entries(json as Record<string, Json>).flatMap(([name, part]) => placesIn(part, [...path, name]))
    : json === null
      ? []
      : [path]

/** A copy that shares everything but the path to the change. */
const changedAt = (json: Json, path: readonly string[]): Json => {
  const [name, ...rest] = path
  if (name === undefined) return typeof json === "number" ? json + 1 : typeof json === "string" ? `${json}0` : !(json as boolean)
  const copy = (Array.isArray(json) ? [...(json as Json[])] : { ...(json as object) }) as Record<string, Json>
  copy[name] = changedAt(copy[name] ?? null, rest)
  return copy
}

describe("a changed explanation", () => {
  const { document, facts } = explainedRecord(everything(), { current: month("2018-06") })
  const problemsOf = checkerFor(facts)
  const plain = JSON.parse(JSON.stringify(document)) as ExplanationDocument
  const answers = Object.entries(plain.answers) as unknown as [string, Json][]
  const places = answers.flatMap(([name, answer]) => placesIn(answer).map((path) => ({ name, path })))

  it("mutation: a change of any operand, value, version, formula or leaf of a real tree is found", () => {
    // Every place once; long lists of like leaves are visited at their ends and at every thirty-first.
    const chosen = places.filter(({ path }) =>
      path.every((part) => !/^\d+$/u.test(part) || Number(part) < 2 || Number(part) % 31 === 0),
    )
    const missed = chosen.filter(({ name, path }) => {
      const one = { ...plain, answers: { [name]: changedAt(plain.answers[name] as unknown as Json, path) } }
      return problemsOf(one as unknown as ExplanationDocument).length === 0
    })
    expect(missed).toEqual([])
    expect(chosen.length).toBeGreaterThan(1_000)
  })
})
