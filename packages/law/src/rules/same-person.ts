/** One person under a 15-digit and an 18-digit number (GB 11643). A candidate only: merging two numbers is an agency's decision. */
import { checkDigit } from "@tongzhang/domain/citizen-id"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { concluded, op, taken } from "./describe.js"

const gb = {
  from: "1999-10-01",
  article: "GB 11643-1999",
  source: "GB 11643, check digit in codes.json",
  confidence: "official",
} as const
const weights = "[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]"
const weighted = `dot(digits, ${weights})`
const checkMap = '["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"]'

export const expandedIdRule: Rule = {
  id: "identity/expanded",
  title: { zh: "15位号码升18位", en: "a 15-digit number in 18 digits" },
  summary: { zh: "第6位后加19，末尾加校验码。", en: "19 goes in after digit 6, a check digit at the end." },
  unit: "text",
  operands: {
    head: op("前6位", "first six digits", "text"),
    tail: op("后9位", "last nine digits", "text"),
    digits: op("前17位数字", "the 17 digits", "count"),
  },
  versions: [{ ...gb, formula: `text(head, "19", tail, at(${checkMap}, ${weighted} - 11 * floor(${weighted} / 11) + 1))` }],
  examples: [
    {
      version: gb.from,
      operands: { head: "110105", tail: "491231002", digits: [1, 1, 0, 1, 0, 5, 1, 9, 4, 9, 1, 2, 3, 1, 0, 0, 2] },
      value: "11010519491231002X",
      basis: "constructed (DUP-07)",
    },
  ],
}

export const samePersonRule: Rule = {
  id: "identity/candidate",
  title: { zh: "是否疑似同一人", en: "may two numbers be one person" },
  summary: {
    zh: "两个号码按18位比较一致的，列为疑似同一人；合并须由经办机构决定。",
    en: "Two numbers that are the same in 18 digits are a candidate; an agency decides on merging them.",
  },
  unit: "flag",
  operands: { a: op("号码一", "one number, in 18 digits", "text"), b: op("号码二", "the other, in 18 digits", "text") },
  versions: [{ ...gb, formula: "a = b" }],
  examples: [
    { version: gb.from, operands: { a: "11010519491231002X", b: "110105194912310021" }, value: false, basis: "constructed" },
  ],
}

/** A 15-digit number widened. Throws on anything else (a broken invariant). */
export const expandId = (old: string): Explained<string> => {
  if (!/^\d{15}$/.test(old)) throw new Error("not 15 digits")
  const [head, tail] = [old.slice(0, 6), old.slice(6)]
  const first17 = `${head}19${tail}`
  const from = (value: string, unit: "text") => taken(value, unit, "号码的一部分", "part of the number")
  const digits = Array.from(first17, (digit) => taken(Number(digit), "count", "号码的一位", "digit of the number"))
  return concluded(
    expandedIdRule,
    gb.from,
    { head: from(head, "text"), tail: from(tail, "text"), digits },
    () => first17 + checkDigit(first17),
  )
}

/** True when both numbers, in 18 digits, are the same. */
export const samePerson = (a: Valued<string>, b: Valued<string>): Explained<boolean> =>
  concluded(samePersonRule, gb.from, { a, b }, () => a.value === b.value)
