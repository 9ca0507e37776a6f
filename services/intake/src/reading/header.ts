/** Which column of the file is which: by code, Chinese header or alias, forgiving about width, spaces, case and marks. */
import { type ColumnKey, feedColumns } from "@tongzhang/contracts/feed-columns"
import { FileProblem } from "./problem.js"

/** One spelling for headers that a person would call equal; units in brackets do not count: 缴费基数（元）. */
export const normaliseHeader = (header: string): string =>
  header
    .normalize("NFKC")
    .replaceAll(/[\s\ufeff*:]/gu, "")
    .replaceAll(/\([^)]*\)/gu, "")
    .toUpperCase()

const keyOfName = new Map<string, ColumnKey>()
for (const column of feedColumns)
  for (const name of [column.key, column.code, column.zh, ...column.aliases]) keyOfName.set(normaliseHeader(name), column.key)

/** A header may hold code and name together: `AAC002 公民身份号码` or `公民身份号码(AAC002)`. */
export const columnOf = (header: string): ColumnKey | null => {
  const whole = keyOfName.get(normaliseHeader(header))
  if (whole !== undefined) return whole
  for (const part of header.normalize("NFKC").split(/[\s()/_|]+/u)) {
    const found = part === "" ? undefined : keyOfName.get(normaliseHeader(part))
    if (found !== undefined) return found
  }
  return null
}

const titles = new Map(feedColumns.map((column) => [column.key, `${column.zh}(${column.code})`]))
export const titleOf = (key: ColumnKey): string => titles.get(key) ?? key

export type Header = {
  readonly cells: readonly string[]
  /** Position of each known column. */
  readonly at: ReadonlyMap<ColumnKey, number>
  /** Headers nobody here knows; their cells are kept in the result and otherwise left alone. */
  readonly unknown: readonly string[]
}

const distance = (a: string, b: string): number => {
  let line = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (line[j] ?? 0) + 1, (line[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    line = next
  }
  return line[b.length] ?? 0
}

/** The unknown header that comes nearest to any name of the column; null when none is near. */
const guess = (key: ColumnKey, unknown: readonly string[]): string | null => {
  const column = feedColumns.find((candidate) => candidate.key === key)
  const names = column === undefined ? [] : [column.code, column.zh, ...column.aliases].map(normaliseHeader)
  let best: string | null = null
  let nearest = 0.5
  for (const header of unknown) {
    const text = normaliseHeader(header)
    for (const name of names) {
      const share = distance(text, name) / Math.max(text.length, name.length, 1)
      if (share < nearest || (share <= 0.7 && text.length > 1 && name.includes(text))) [best, nearest] = [header, share]
    }
  }
  return best
}

/** Without these no row of any act can be read; what else an act needs is asked of its row. */
const required: readonly ColumnKey[] = ["citizenId"]
/** At least one of them, or nothing says what happened. */
const telling: readonly ColumnKey[] = ["act", "base", "capacity", "claim", "amount"]

/** Throws `FileProblem` HEADER_MISSING with the nearest guesses, HEADER_DUPLICATE. */
export const readHeader = (cells: readonly string[]): Header => {
  const at = new Map<ColumnKey, number>()
  const unknown: string[] = []
  cells.forEach((cell, position) => {
    if (cell.trim() === "") return
    const key = columnOf(cell)
    if (key === null) return void unknown.push(cell.trim())
    const before = at.get(key)
    if (before !== undefined)
      throw new FileProblem({
        code: "HEADER_DUPLICATE",
        column: titleOf(key),
        headers: [cells[before]?.trim() ?? "", cell.trim()],
      })
    at.set(key, position)
  })
  const missing = required.filter((key) => !at.has(key))
  if (!telling.some((key) => at.has(key))) missing.push("act")
  if (missing.length > 0) {
    const guesses = missing.flatMap((key) => {
      const near = guess(key, unknown)
      return near === null ? [] : [`${near} → ${titleOf(key)}`]
    })
    throw new FileProblem({ code: "HEADER_MISSING", missing: missing.map(titleOf), guesses })
  }
  return { cells, at, unknown }
}
