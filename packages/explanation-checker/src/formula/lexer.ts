/** Formula text -> tokens. */
import { FormulaError } from "./value.js"

export type Token =
  | { readonly kind: "number"; readonly text: string; readonly percent: boolean }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "sign"; readonly text: string }
  | { readonly kind: "end"; readonly text: "" }

const pattern =
  /\s+|(?<number>\d+(?:\.\d+)?)(?<percent>%?)|"(?<text>[^"]*)"|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>!=|<=|>=|[-+*/()[\],=<>])/y

export const tokensOf = (formula: string): readonly Token[] => {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < formula.length) {
    const at = pattern.lastIndex
    const found = pattern.exec(formula)
    if (found === null) throw new FormulaError(`cannot read the formula at ${at}: ${formula.slice(at, at + 12)}`)
    const { number, percent, text, word, sign } = found.groups ?? {}
    if (number !== undefined) tokens.push({ kind: "number", text: number, percent: percent === "%" })
    else if (text !== undefined) tokens.push({ kind: "text", text })
    else if (word !== undefined) tokens.push({ kind: "word", text: word })
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign })
  }
  return [...tokens, { kind: "end", text: "" }]
}
