import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { evaluate } from "./evaluate.js"
import { namesIn } from "./parse.js"
import { show, type Val, valueIn } from "./value.js"

const units: Readonly<Record<string, string>> = { birth: "month", place: "code", month: "month", months: "month" }
const value = (formula: string, given: Readonly<Record<string, unknown>> = {}): string =>
  show(
    evaluate(
      formula,
      new Map<string, Val>(Object.entries(given).map(([name, one]) => [name, valueIn(one, units[name] ?? "rate")])),
    ),
  )

describe("a formula", () => {
  it("computes with exact fractions: ten times a tenth is one, a third stays a third", () => {
    expect(value("0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1 + 0.1")).toBe("1")
    expect(value("1 / 3")).toBe("1/3")
    expect(value("8% + 0.05%")).toBe("0.0805")
    expect(value("(base + base * index) / 2 * years * 1%", { base: 848_500, index: "0.7219", years: "367/12" })).toBe(
      value("848500 * 1.7219 / 2 * 367 / 1200"),
    )
  })

  it("binds as in school: products before sums, comparisons before not, and before or; minus and division from the left", () => {
    expect(value("2 + 3 * 4")).toBe("14")
    expect(value("10 - 3 - 2")).toBe("5")
    expect(value("24 / 4 / 2")).toBe("3")
    expect(value("-2 * -3")).toBe("6")
    expect(value("not 1 > 2 and 1 < 2")).toBe("true")
    expect(value("true or false and false")).toBe("true")
    expect(() => value("1 < 2 < 3")).toThrow("chain")
  })

  it("rounds by the named mode, to any step, mirrored for negative amounts", () => {
    expect(value("round(2.5, 1, half_up)")).toBe("3")
    expect(value("round(-2.5, 1, half_up)")).toBe("-3")
    expect(value("round(2.9, 1, down)")).toBe("2")
    expect(value("round(57171, 10, up)")).toBe("57180")
    expect(() => value("round(1, 1, banker)")).toThrow("rounding mode")
  })

  it("works on lists element by element", () => {
    expect(value("sum(a * 2)", { a: [1, 2, 3] })).toBe("12")
    expect(value("dot(a, b)", { a: [1, 2], b: ["0.5", 3] })).toBe("6.5")
    expect(value("sum(a)", { a: [] })).toBe("0")
    expect(value("first(a, b >= 120)", { a: [31, 44], b: [100, 120] })).toBe("44")
    expect(value("first(a, b >= 120)", { a: [31, 44], b: [100, 119] })).toBe("null")
    expect(value("at([7, 8], 2)")).toBe("8")
    expect([value("power(1.1, 3)"), value("power(7, 0)")]).toEqual(["1.331", "1"])
    expect(() => value("power(2, -1)")).toThrow("power of -1")
    expect(value("count(a) + max(a) - min(2, 1)", { a: [5, 9] })).toBe("10")
    expect(() => value("a + b", { a: [1], b: [1, 2] })).toThrow("lists of 1 and 2")
  })

  it("looks up the last start that is not later; before the first there is nothing", () => {
    expect(value(`lookup(month, ["2019-05", "2025-01"], [14%, 16%])`, { month: "2024-12" })).toBe("0.14")
    expect(value(`lookup(month, ["2019-05", "2025-01"], [14%, 16%]) = null`, { month: "2019-04" })).toBe("true")
  })

  it("counts months with both ends and days without the first", () => {
    expect(value(`months_between("2025-01", "2025-03")`)).toBe("3")
    expect(value(`add_months(birth, 12 * 60 + 1)`, { birth: "1965-01" })).toBe(`"2025-02"`)
    expect(value(`add_months("2025-01", -1)`)).toBe(`"2024-12"`)
    expect(value(`days_between("2024-02-28", "2024-03-01")`)).toBe("2")
    expect(value(`year(birth) + month_of(birth)`, { birth: "1965-07" })).toBe("1972")
    expect(() => value(`days_between("2025-02-30", "2025-03-01")`)).toThrow("not a date")
  })

  it("moves dates by days and months, never past the end of a month", () => {
    expect(value(`add_months("2024-01-31", 1)`)).toBe(`"2024-02-29"`)
    expect(value(`add_days("2024-12-30", 3)`)).toBe(`"2025-01-02"`)
  })

  it("lists the months of ranges, each once and in order, and compares lists of them", () => {
    expect(value(`months_of("2024-12", "2025-02")`)).toBe(`["2024-12", "2025-01", "2025-02"]`)
    expect(value(`months_of(["2025-02", "2024-12"], ["2025-02", "2025-02"])`)).toBe(`["2024-12", "2025-01", "2025-02"]`)
    expect(value(`count(months_of("2025-02", "2025-01"))`)).toBe("0")
    expect(value(`both(["b", "a", "c"], ["a", "b"])`)).toBe(`["b", "a"]`)
    expect(value(`without([3, 1, 2], [1])`)).toBe("[3, 2]")
    expect(value(`either([3, 1], [2, 10, 1])`)).toBe("[1, 2, 3, 10]")
  })

  it("reads a number from a text and writes one", () => {
    expect(value(`number("15wd") + 1`)).toBe("16")
    expect(value(`text("CURRENT>=", 120, "/", 0.5)`)).toBe(`"CURRENT>=120/0.5"`)
    expect(() => value(`number("wd")`)).toThrow("no number")
  })

  it("answers only what is asked: the other branch may be undefined", () => {
    expect(value("if(n = 0, 0, 1 / n)", { n: 0 })).toBe("0")
    expect(value("n != null and n > 3", { n: null })).toBe("false")
    expect(() => value("1 / n", { n: 0 })).toThrow("division by zero")
  })

  it("refuses what it cannot know: an unknown name or function, a text as a number, a number compared with a text, a float", () => {
    expect(() => value("wages * 2")).toThrow("no operand wages")
    expect(() => value("sqrt(2)")).toThrow("no function sqrt")
    expect(() => value("place + 1", { place: "44" })).toThrow("not a number")
    expect(() => value("place = 44", { place: "44" })).toThrow("cannot compare")
    expect(() => value("x", { x: 0.1 })).toThrow("not an exact number")
    expect(() => value("1 2")).toThrow("expected the end")
    expect(() => value("(1")).toThrow("expected )")
    expect(() => value("1 # 2")).toThrow("cannot read")
  })

  it("names its operands, and the mode of a rounding is none", () => {
    expect([...namesIn("round(arrears * 0.05% * days, 1, half_up)")]).toEqual(["arrears", "days"])
  })

  it("property: agrees with whole-number arithmetic, however it is nested", () => {
    const tree = fc.letrec<{ node: { text: string; value: bigint } }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.integer({ min: 0, max: 9_999 }).map((n) => ({ text: String(n), value: BigInt(n) })),
        fc.tuple(tie("node"), fc.constantFrom("+", "-", "*"), tie("node")).map(([a, sign, b]) => ({
          text: `(${a.text} ${sign} ${b.text})`,
          value: sign === "+" ? a.value + b.value : sign === "-" ? a.value - b.value : a.value * b.value,
        })),
        tie("node").map((a) => ({ text: `-${a.text}`, value: -a.value })),
      ),
    })).node
    fc.assert(
      fc.property(tree, ({ text, value: expected }) => {
        expect(value(text)).toBe(String(expected))
      }),
    )
  })
})
