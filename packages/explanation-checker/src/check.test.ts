import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkExplanation } from "./check.js"
import { documentFormat, type ExplanationDocument, type Step } from "./document.js"
import { type Catalogue, type CheckedEvent, evidenceOf, lawOf } from "./evidence.js"
import { verifyFile } from "./verify.js"

const stream = "Enrollment-44_110_p"
let revision = 0
const event = (type: string, data: Record<string, unknown>): CheckedEvent => ({
  id: `e${revision}`,
  type,
  stream,
  revision: revision++,
  recordedAt: 1_000 + revision,
  data,
})
const paid = (line: string, from: string, to: string, account_fen: number): CheckedEvent =>
  event("ContributionRecorded", { kind: "regular", line, from, to, base_fen: 500_000, account_fen })

const events: readonly CheckedEvent[] = [
  event("EnrollmentOpened", { from: "2023-01", capacity: "employee" }),
  paid("L1", "2023-01", "2023-01", 40_000),
  paid("L2", "2023-02", "2023-03", 80_000),
  event("ContributionCorrected", { line: "L3", corrects: "L2", base_fen: 600_000, account_fen: 96_000 }),
  paid("L4", "2023-04", "2023-04", 40_000),
  event("ContributionReversed", { line: "L5", reverses: "L4" }),
  event("InterestCredited", { year: 2023, rate_bp: 397, amount_fen: 1_234 }),
]

const version = (from: string, formula: string) => ({
  from,
  formula,
  article: "社会保险法 Art 14",
  source: "full text",
  confidence: "official",
})
const catalogue: Catalogue = {
  format: "test",
  rules: [
    {
      id: "account",
      unit: "fen",
      operands: {
        stream: { unit: "text" },
        lines: { unit: "fen", all: { of: "lines", field: "account_fen" } },
        interest: { unit: "fen", all: { of: "events", types: ["InterestCredited"], field: "amount_fen" } },
      },
      versions: [version("2011-07-01", "sum(lines) + sum(interest)")],
      openQuestions: [],
    },
    {
      id: "months",
      unit: "months",
      operands: { stream: { unit: "text" }, months: { unit: "month", all: { of: "months", which: "own" } } },
      versions: [version("2011-07-01", "count(months)")],
      openQuestions: [],
    },
    {
      id: "monthly",
      unit: "fen",
      operands: {
        account: { unit: "fen" },
        divisor: { unit: "months" },
        months: { unit: "months" },
      },
      versions: [
        version("2006-01-01", "account / divisor + 0 * months"),
        version("2020-01-01", "round(account / divisor, 1, half_up) + 0 * months"),
      ],
      openQuestions: [],
    },
  ],
}
const evidence = evidenceOf(lawOf(catalogue, [{ id: "payout-months/CN/720", value: 139, unit: "months" }]), events)

const fact = (eventId: string, field: string, value: string | number, unit: string, month?: string) => ({
  kind: "fact" as const,
  eventId,
  stream,
  field,
  value,
  unit,
  ...(month === undefined ? {} : { month }),
})
const scope = { kind: "given" as const, value: stream, unit: "text", why_zh: "所问关系", why_en: "relation asked about" }
const step = (rule: string, value: unknown, operands: Step["operands"]): Step => {
  const found = catalogue.rules.find((one) => one.id === rule)
  const newest = found?.versions.at(-1)
  if (found === undefined || newest === undefined) throw new Error(rule)
  const { from, formula, article, source, confidence } = newest
  return {
    kind: "explained",
    value,
    unit: found.unit,
    rule,
    version: from,
    formula,
    operands,
    article,
    source,
    confidence,
    needsRuling: null,
  }
}
const month = (id: string, value: string) => fact(id, "from..to", value, "month", value)
const account = step("account", 137_234, {
  stream: scope,
  lines: [fact("e1", "account_fen", 40_000, "fen"), fact("e3", "account_fen", 96_000, "fen")],
  interest: [fact("e6", "amount_fen", 1_234, "fen")],
})
const months = step("months", 3, {
  stream: scope,
  months: [month("e1", "2023-01"), month("e2", "2023-02"), month("e2", "2023-03")],
})
const document: ExplanationDocument = {
  format: documentFormat,
  person: "p",
  question: "test",
  ruleDate: "2024-06-01",
  given: [{ value: stream, unit: "text", why_zh: "所问关系", why_en: "relation asked about" }],
  answers: {
    monthly: step("monthly", 987, {
      account,
      divisor: { kind: "parameter", id: "payout-months/CN/720", value: 139, unit: "months" },
      months,
    }),
  },
}

const problemsOf = (changed: unknown) => checkExplanation(changed as ExplanationDocument, evidence)
type Json = { [name: string]: Json } | Json[] | string | number | boolean | null
const copy = (): Json => JSON.parse(JSON.stringify(document)) as Json

/** Every place of a document whose content is a text, number or flag, as a path. */
const leaves = (json: Json, path: readonly string[] = []): (readonly string[])[] =>
  typeof json === "object" && json !== null
    ? Object.entries(json).flatMap(([name, part]) => leaves(part as Json, [...path, name]))
    : json === null
      ? []
      : [path]
const changeAt = (json: Json, path: readonly string[], to: (old: Json) => Json): Json => {
  const [name, ...rest] = path
  if (name === undefined) return to(json)
  const copied = (Array.isArray(json) ? [...json] : { ...(json as object) }) as { [name: string]: Json }
  copied[name] = changeAt(copied[name] ?? null, rest, to)
  return copied
}
const under = "answers"
const places = leaves(copy()).filter(([top]) => top === under)

describe("the explanation checker", () => {
  it("finds nothing wrong with a right explanation, shared between programs as JSON", () => {
    expect(problemsOf(copy())).toEqual([])
    expect(
      verifyFile({
        explanation: { ...document, events },
        catalogue,
        parameters: [...evidence.parameters.values()],
        events: null,
      }),
    ).toEqual({
      answers: 1,
      steps: 3,
      problems: [],
    })
  })

  it.each(places.map((path) => [path.slice(1).join(".")] as const))("a change of %s is found", (path) => {
    const changed = changeAt(copy(), [under, ...path.split(".")], (old) =>
      typeof old === "number" ? old + 1 : typeof old === "string" ? `${old}0` : !old,
    )
    expect(problemsOf(changed)).not.toEqual([])
  })

  it("property: no other value at any place of the tree passes", () => {
    const place = fc.constantFrom(...places)
    const other = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(place, other, (path, value) => {
        let before: Json = null
        const changed = changeAt(copy(), path, (old) => {
          before = old
          return value
        })
        fc.pre(JSON.stringify(before) !== JSON.stringify(value))
        expect(problemsOf(changed)).not.toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it("names path, rule, and both values", () => {
    const changed = changeAt(
      copy(),
      ["answers", "monthly", "operands", "account", "operands", "interest", "0", "value"],
      () => 1_235,
    )
    expect(problemsOf(changed)).toEqual([
      {
        path: "monthly/account/interest.0",
        rule: "account",
        what: "differs from amount_fen of the event",
        stated: "1235",
        derived: "1234",
      },
      { path: "monthly/account", rule: "account", what: "the formula gives another value", stated: "137234", derived: "137235" },
    ])
  })

  it("an amount that was corrected since is not usable, even where the sum would agree", () => {
    const stale = changeAt(copy(), ["answers", "monthly", "operands", "account", "operands", "lines", "1"], () =>
      fact("e2", "account_fen", 80_000, "fen"),
    )
    expect(problemsOf(stale)).toContainEqual(
      expect.objectContaining({ path: "monthly/account/lines.1", what: expect.stringContaining("corrected or taken back") }),
    )
  })

  it("a line left out, a line twice, a reversed line and a month that does not count are not all of them", () => {
    const lines = ["answers", "monthly", "operands", "account", "operands", "lines"]
    const monthList = ["answers", "monthly", "operands", "months", "operands", "months"]
    for (const [path, change] of [
      [lines, (old: Json): Json => (old as Json[]).slice(1)],
      [lines, (old: Json): Json => [...(old as Json[]), (old as Json[])[0] ?? null]],
      [lines, (old: Json): Json => [...(old as Json[]), fact("e4", "account_fen", 40_000, "fen")]],
      [monthList, (old: Json): Json => [...(old as Json[]), month("e4", "2023-04")]],
    ] as const)
      expect(problemsOf(changeAt(copy(), path, change))).toContainEqual(expect.objectContaining({ what: "not all of them" }))
  })

  it("a parameter that the ledger published itself comes before the table, until it is withdrawn", () => {
    const policy = (type: string, revision: number, data: Record<string, unknown>): CheckedEvent => ({
      id: `policy${revision}`,
      type,
      stream: "Policy-CN",
      revision,
      recordedAt: 1,
      data: { id: "payout-months/CN/720", ...data },
    })
    const law = lawOf(catalogue, [])
    const published = [...events, policy("ParameterPublished", 0, { value: 139, unit: "months" })]
    expect(checkExplanation(document, evidenceOf(law, published))).toEqual([])
    const otherwise = [...published, policy("ParameterPublished", 1, { value: 138, unit: "months" })]
    expect(checkExplanation(document, evidenceOf(law, otherwise))).toContainEqual(
      expect.objectContaining({ stated: "139", derived: "138" }),
    )
    const withdrawn = [...published, policy("ParameterWithdrawn", 1, { reason: "wrong" })]
    expect(checkExplanation(document, evidenceOf(law, withdrawn))).toContainEqual(
      expect.objectContaining({ what: "no such parameter was published" }),
    )
  })

  it("a version that was not in force on the day of the question is refused, though its arithmetic is right", () => {
    const early = { ...document, ruleDate: "2019-12-31" }
    expect(problemsOf(early)).toContainEqual(
      expect.objectContaining({ what: "version in force on 2019-12-31", derived: "2006-01-01" }),
    )
  })

  it("a single result without a document is derived again too; its day and assumptions stay unchecked", () => {
    const files = { catalogue, parameters: [], events }
    expect(verifyFile({ explanation: account, ...files }).problems).toEqual([])
    expect(verifyFile({ explanation: { ...account, value: 1 }, ...files }).problems).toHaveLength(1)
    expect(() => verifyFile({ explanation: { hello: 1 }, ...files })).toThrow("not an explanation")
  })
})
