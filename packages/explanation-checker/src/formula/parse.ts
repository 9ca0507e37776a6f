/** Pratt parser of the language of docs/law/formulas.md. */
import { Fraction } from "fraction.js"
import { type Token, tokensOf } from "./lexer.js"
import { FormulaError, type Val } from "./value.js"

export type Operator = "+" | "-" | "*" | "/" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or"

export type Expression =
  | { readonly kind: "constant"; readonly value: Val }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "prefix"; readonly operator: "-" | "not"; readonly of: Expression }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }

/** How tightly an operator binds; comparisons do not chain. */
const bindings: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  "=": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
}
const notBinding = 3
const minusBinding = 7
const constants: Readonly<Record<string, Val>> = { true: true, false: false, null: null }

type Reader = { readonly tokens: readonly Token[]; at: number }

const peek = (reader: Reader): Token => reader.tokens[reader.at] ?? { kind: "end", text: "" }
const isOne = (token: Token, text: string): boolean => (token.kind === "sign" || token.kind === "word") && token.text === text

const expect = (reader: Reader, text: string): void => {
  const token = peek(reader)
  if (!isOne(token, text)) throw new FormulaError(`expected ${text}, found ${token.text || "the end"}`)
  reader.at++
}

const listUntil = (reader: Reader, end: string): Expression[] => {
  const items: Expression[] = []
  if (isOne(peek(reader), end)) {
    reader.at++
    return items
  }
  for (;;) {
    items.push(expression(reader, 0))
    if (isOne(peek(reader), end)) break
    expect(reader, ",")
  }
  reader.at++
  return items
}

const operand = (reader: Reader): Expression => {
  const token = peek(reader)
  reader.at++
  switch (token.kind) {
    case "number": {
      const value = new Fraction(token.text)
      return { kind: "constant", value: token.percent ? value.div(100) : value }
    }
    case "text":
      return { kind: "constant", value: token.text }
    case "word": {
      if (token.text === "not") return { kind: "prefix", operator: "not", of: expression(reader, notBinding) }
      if (token.text in constants) return { kind: "constant", value: constants[token.text] ?? null }
      if (!isOne(peek(reader), "(")) return { kind: "name", name: token.text }
      reader.at++
      return { kind: "call", name: token.text, args: listUntil(reader, ")") }
    }
    case "sign": {
      if (token.text === "-") return { kind: "prefix", operator: "-", of: expression(reader, minusBinding) }
      if (token.text === "[") return { kind: "list", items: listUntil(reader, "]") }
      if (token.text !== "(") break
      const inner = expression(reader, 0)
      expect(reader, ")")
      return inner
    }
    case "end":
      break
  }
  throw new FormulaError(`expected an operand, found ${token.text || "the end"}`)
}

const expression = (reader: Reader, loosest: number): Expression => {
  let left = operand(reader)
  for (;;) {
    const token = peek(reader)
    const binding = token.kind === "sign" || token.kind === "word" ? bindings[token.text] : undefined
    if (binding === undefined || binding <= loosest) return left
    reader.at++
    const right = expression(reader, binding)
    if (binding === 4 && bindings[peek(reader).text] === 4) throw new FormulaError("comparisons do not chain")
    left = { kind: "binary", operator: token.text as Operator, left, right }
  }
}

const parsed = new Map<string, Expression>()

/** @throws FormulaError with what is wrong; formulas are few, so each is parsed once. */
export const parseFormula = (formula: string): Expression => {
  const known = parsed.get(formula)
  if (known !== undefined) return known
  const reader: Reader = { tokens: tokensOf(formula), at: 0 }
  const found = expression(reader, 0)
  const rest = peek(reader)
  if (rest.kind !== "end") throw new FormulaError(`expected the end, found ${rest.text}`)
  parsed.set(formula, found)
  return found
}

const collect = (node: Expression, names: Set<string>): void => {
  switch (node.kind) {
    case "constant":
      return
    case "name":
      names.add(node.name)
      return
    case "list":
      for (const item of node.items) collect(item, names)
      return
    case "call":
      // The third word of round is its mode, not an operand.
      for (const arg of node.name === "round" ? node.args.slice(0, 2) : node.args) collect(arg, names)
      return
    case "prefix":
      collect(node.of, names)
      return
    case "binary":
      collect(node.left, names)
      collect(node.right, names)
  }
}

/** Names of the operands that a formula uses. */
export const namesIn = (formula: string): ReadonlySet<string> => {
  const names = new Set<string>()
  collect(parseFormula(formula), names)
  return names
}
