/** Evaluates a formula over named operands, exactly. */
import type { Fraction } from "fraction.js"
import { compare, functions } from "./functions.js"
import { type Expression, type Operator, parseFormula } from "./parse.js"
import { flagOf, FormulaError, isList, isNumber, numberOf, same, show, type Val } from "./value.js"

export type Operands = ReadonlyMap<string, Val>

/** One with one, each with one, or each with each of a list of the same length. */
const elementwise = (a: Val, b: Val, run: (x: Val, y: Val) => Val): Val => {
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) throw new FormulaError(`lists of ${a.length} and ${b.length}`)
    return a.map((one, i) => elementwise(one, b[i] ?? null, run))
  }
  if (isList(a)) return a.map((one) => elementwise(one, b, run))
  if (isList(b)) return b.map((one) => elementwise(a, one, run))
  return run(a, b)
}

const divided = (x: Fraction, y: Fraction): Fraction => {
  if (y.equals(0)) throw new FormulaError("division by zero")
  return x.div(y)
}

/** Nothing equals only nothing; else only like is compared with like. */
const equal = (x: Val, y: Val): boolean => (x === null || y === null ? x === y : same(x, y) || differs(x, y))
const differs = (x: Val, y: Val): false => {
  if (isNumber(x) !== isNumber(y) || typeof x !== typeof y) throw new FormulaError(`cannot compare ${show(x)} and ${show(y)}`)
  return false
}

const apply = (operator: Operator, x: Val, y: Val): Val => {
  switch (operator) {
    case "+":
      return numberOf(x).add(numberOf(y))
    case "-":
      return numberOf(x).sub(numberOf(y))
    case "*":
      return numberOf(x).mul(numberOf(y))
    case "/":
      return divided(numberOf(x), numberOf(y))
    case "=":
      return equal(x, y)
    case "!=":
      return !equal(x, y)
    case "<":
      return compare(x, y) < 0
    case "<=":
      return compare(x, y) <= 0
    case ">":
      return compare(x, y) > 0
    case ">=":
      return compare(x, y) >= 0
    case "and":
      return flagOf(x) && flagOf(y)
    case "or":
      return flagOf(x) || flagOf(y)
  }
}

const rounded = (value: Fraction, step: Fraction, mode: string): Fraction => {
  const steps = divided(value.abs(), step)
  const count =
    mode === "half_up" ? steps.add("1/2").floor() : mode === "up" ? steps.ceil() : mode === "down" ? steps.floor() : null
  if (count === null) throw new FormulaError(`no rounding mode ${mode}`)
  const result = count.mul(step)
  // Negative amounts mirror.
  return value.s < 0n ? result.neg() : result
}

const round = (args: readonly Expression[], operands: Operands): Val => {
  const [value, step, mode] = args
  if (args.length !== 3 || value === undefined || step === undefined || mode?.kind !== "name")
    throw new FormulaError("round takes a number, a step and a mode")
  return elementwise(run(value, operands), run(step, operands), (x, size) => rounded(numberOf(x), numberOf(size), mode.name))
}

const calling = (name: string, args: readonly Expression[], operands: Operands): Val => {
  if (name === "round") return round(args, operands)
  if (name === "if") {
    const [test, yes, no] = args
    if (args.length !== 3 || test === undefined || yes === undefined || no === undefined)
      throw new FormulaError("if takes a test and two answers")
    return run(flagOf(run(test, operands)) ? yes : no, operands)
  }
  const found = functions.get(name)
  if (found === undefined) throw new FormulaError(`no function ${name}`)
  if (found.args !== null && found.args !== args.length) throw new FormulaError(`${name} takes ${found.args} arguments`)
  return found.run(args.map((arg) => run(arg, operands)))
}

const binary = (operator: Operator, left: Expression, right: Expression, operands: Operands): Val => {
  const x = run(left, operands)
  // The right side of a decided flag need not exist (`x != null and x > 3`).
  if ((operator === "and" && x === false) || (operator === "or" && x === true)) return x
  return elementwise(x, run(right, operands), (a, b) => apply(operator, a, b))
}

const run = (node: Expression, operands: Operands): Val => {
  switch (node.kind) {
    case "constant":
      return node.value
    case "name": {
      const value = operands.get(node.name)
      if (value === undefined) throw new FormulaError(`no operand ${node.name}`)
      return value
    }
    case "list":
      return node.items.map((item) => run(item, operands))
    case "prefix":
      return elementwise(run(node.of, operands), true, (x) => (node.operator === "-" ? numberOf(x).neg() : !flagOf(x)))
    case "call":
      return calling(node.name, node.args, operands)
    case "binary":
      return binary(node.operator, node.left, node.right, operands)
  }
}

/** @throws FormulaError with what is wrong: an unknown name, a number where a text is needed, division by zero, … */
export const evaluate = (formula: string, operands: Operands): Val => run(parseFormula(formula), operands)
