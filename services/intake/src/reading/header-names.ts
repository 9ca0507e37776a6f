/** Names of columns: official codes, Chinese headers and aliases, forgiving about width, spaces, case and marks. */
import { type ColumnKey, feedColumns } from "@tongzhang/contracts/feed-columns"

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

const namesOf = new Map(
  feedColumns.map(({ key, code, zh, aliases }) => [key, [code, zh, ...aliases].map(normaliseHeader)] as const),
)

/** 0 = the same, 1 = nothing in common; null when too far to be worth saying. */
const farness = (header: string, key: ColumnKey): number | null => {
  const text = normaliseHeader(header)
  let nearest: number | null = null
  for (const name of namesOf.get(key) ?? []) {
    const share = distance(text, name) / Math.max(text.length, name.length, 1)
    const within = text.length > 1 && name.length > 1 && (name.includes(text) || text.includes(name))
    if ((share < 0.5 || (within && share <= 0.75)) && (nearest === null || share < nearest)) nearest = share
  }
  return nearest
}

/** The header that comes nearest to any name of the column; null when none is near. */
export const nearestHeader = (key: ColumnKey, headers: readonly string[]): string | null => {
  let best: string | null = null
  let nearest = Infinity
  for (const header of headers) {
    const far = farness(header, key)
    if (far !== null && far < nearest) [best, nearest] = [header, far]
  }
  return best
}

/** A column for each header, nearest pairs first, no column twice; null where none of the free ones is near. */
export const nearestColumns = (headers: readonly string[], free: readonly ColumnKey[]): readonly (ColumnKey | null)[] => {
  const pairs = headers.flatMap((header, position) =>
    free.flatMap((key) => {
      const far = farness(header, key)
      return far === null ? [] : [{ position, key, far }]
    }),
  )
  const found: (ColumnKey | null)[] = headers.map(() => null)
  const taken = new Set<ColumnKey>()
  for (const { position, key } of pairs.toSorted((a, b) => a.far - b.far)) {
    if (found[position] !== null || taken.has(key)) continue
    found[position] = key
    taken.add(key)
  }
  return found
}
