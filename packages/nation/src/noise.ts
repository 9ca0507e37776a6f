/**
 * Bad rows of known kinds, each made from a good row it follows, with the code a province must get for it. None of them changes
 * anything: what is true of the country stays true with any share of noise.
 */
import type { Command } from "@tongzhang/contracts/commands"
import type { RuleCode } from "@tongzhang/contracts/refusals"
import type { Cells, Habit } from "./render.js"
import type { Dice } from "./random.js"

/** What intake must answer to a noise row; a good row is simply accepted. */
export type Expected = { readonly status: "refused"; readonly code: RuleCode } | { readonly status: "unchanged" }
export type NoiseRow = { readonly cells: Cells; readonly expected: Expected }

type Spoil = (cells: Cells, habit: Habit) => Cells
type Kind = {
  readonly code: RuleCode | null
  readonly spoil: Spoil
  readonly needsBase?: boolean
  /** Only while the good row stands: the file sent again must be refused the same. */
  readonly needsStanding?: boolean
}

const id = (cells: Cells): string => cells.citizenId ?? ""
const otherCheck = (text: string): string => `${text.slice(0, 17)}${text.endsWith("1") ? "2" : "1"}`
const line = (cells: Cells, suffix: string): string => `${cells.line ?? "L"}-${suffix}`
const oneYuanMore = (amount: string | undefined): string =>
  `${Number((amount ?? "0").split(".")[0]) + 1}.${(amount ?? "0.00").split(".")[1] ?? "00"}`

const kinds: readonly Kind[] = [
  // Excel shows 990012199001011234 like this and has dropped the last digits.
  { code: "ID_EXCEL_FLOAT", spoil: (cells) => ({ ...cells, citizenId: `${id(cells)[0]}.${id(cells).slice(1, 3)}E+17` }) },
  { code: "ID_CHECK_DIGIT", spoil: (cells) => ({ ...cells, citizenId: otherCheck(id(cells)) }) },
  { code: "ID_LENGTH", spoil: (cells) => ({ ...cells, citizenId: id(cells).slice(0, 17) }) },
  { code: "ID_BIRTH_DATE", spoil: (cells) => ({ ...cells, citizenId: `${id(cells).slice(0, 10)}13${id(cells).slice(12)}` }) },
  { code: "AMOUNT_FORMAT", spoil: (cells) => ({ ...cells, personalPaid: "壹佰元整" }) },
  { code: "AMOUNT_NEGATIVE", spoil: (cells) => ({ ...cells, personalPaid: "-100.00" }) },
  {
    code: "MONTH_FORMAT",
    spoil: ({ month: _month, from: _from, to: _to, ...cells }, habit) => ({
      ...cells,
      month: habit.month === "dashed" ? "2025-13" : "202513",
    }),
  },
  { code: "DATE_FORMAT", spoil: (cells) => ({ ...cells, paidOn: "2025-02-30" }) },
  { code: "SCHEME_UNKNOWN", spoil: (cells) => ({ ...cells, scheme: "999" }) },
  { code: "ACT_UNKNOWN", spoil: (cells) => ({ ...cells, act: "已缴讫" }) },
  { code: "FIELD_MISSING", spoil: ({ paidOn: _paidOn, ...cells }) => cells },
  { code: "MONTH_PAID_BY_ANOTHER_LINE", needsStanding: true, spoil: (cells) => ({ ...cells, line: line(cells, "B") }) },
  { code: "LINE_CONTENT_DIFFERS", spoil: (cells) => ({ ...cells, personalPaid: oneYuanMore(cells.personalPaid) }) },
  // Scheme 120 is never opened in this country.
  { code: "NOT_OPEN", needsBase: true, spoil: (cells) => ({ ...cells, scheme: "120", line: line(cells, "N") }) },
  {
    code: "LINE_UNKNOWN",
    spoil: ({ month: _month, from: _from, to: _to, paidOn: _paidOn, kind: _kind, ...cells }) => ({
      ...cells,
      act: "更正",
      line: line(cells, "C"),
      corrects: line(cells, "LOST"),
    }),
  },
  // The same row twice: the second one changes nothing and is not an error.
  { code: null, spoil: (cells) => cells },
]

/** The noise that follows a contribution. @param reversed The good row's line is taken back later. */
export const noiseAfter = (command: Command, cells: Cells, habit: Habit, reversed: boolean, dice: Dice): NoiseRow => {
  const hasBase = "base_fen" in command && command.base_fen > 0
  const usable = kinds.filter((kind) => (kind.needsBase !== true || hasBase) && (kind.needsStanding !== true || !reversed))
  const { code, spoil } = dice.pick(usable)
  return { cells: spoil(cells, habit), expected: code === null ? { status: "unchanged" } : { status: "refused", code } }
}
