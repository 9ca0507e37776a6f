/**
 * A map of China with one square for each province, whatever its area: every province can be read and compared. The places are this
 * project's own choice: neighbours stay neighbours where eight columns allow it.
 */

export type Tile = {
  readonly code: string
  /** ISO 3166-2:CN, for readers who do not read 豫; the Corps (兵团) has no code there. */
  readonly letters: string
  readonly row: number
  readonly column: number
}

export const gridSize = { rows: 8, columns: 8 } as const

const tile = (code: string, letters: string, row: number, column: number): Tile => ({ code, letters, row, column })

/** In reading order: row by row. */
export const tiles: readonly Tile[] = [
  tile("23", "HL", 0, 7),
  tile("66", "XPCC", 1, 0),
  tile("15", "NM", 1, 4),
  tile("22", "JL", 1, 7),
  tile("65", "XJ", 2, 0),
  tile("62", "GS", 2, 2),
  tile("64", "NX", 2, 3),
  tile("11", "BJ", 2, 5),
  tile("12", "TJ", 2, 6),
  tile("21", "LN", 2, 7),
  tile("63", "QH", 3, 2),
  tile("61", "SN", 3, 3),
  tile("14", "SX", 3, 4),
  tile("13", "HE", 3, 5),
  tile("37", "SD", 3, 6),
  tile("54", "XZ", 4, 1),
  tile("51", "SC", 4, 2),
  tile("50", "CQ", 4, 3),
  tile("41", "HA", 4, 4),
  tile("34", "AH", 4, 5),
  tile("32", "JS", 4, 6),
  tile("31", "SH", 4, 7),
  tile("52", "GZ", 5, 3),
  tile("42", "HB", 5, 4),
  tile("36", "JX", 5, 5),
  tile("33", "ZJ", 5, 6),
  tile("53", "YN", 6, 2),
  tile("45", "GX", 6, 3),
  tile("43", "HN", 6, 4),
  tile("44", "GD", 6, 5),
  tile("35", "FJ", 6, 6),
  tile("46", "HI", 7, 4),
]

/** Drawn, for the map is of the whole country, and said to be not covered: their social insurance is under laws of their own. */
export const notCovered: readonly (Tile & { readonly zh: string })[] = [
  { ...tile("71", "TW", 6, 7), zh: "台" },
  { ...tile("82", "MO", 7, 5), zh: "澳" },
  { ...tile("81", "HK", 7, 6), zh: "港" },
]

const directions = {
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
} as const

/**
 * Where a key leads from a province: along the row or column, or to the nearest one that way when nobody stands there; Home and End to
 * the first and last. Null for another key and at the edge.
 */
export const stepFrom = (code: string, key: string): string | null => {
  if (key === "Home") return tiles[0]?.code ?? null
  if (key === "End") return tiles.at(-1)?.code ?? null
  const from = tiles.find((one) => one.code === code)
  if (from === undefined || !Object.hasOwn(directions, key)) return null
  const way = directions[key as keyof typeof directions]
  const reached = tiles.flatMap((to) => {
    const [down, right] = [to.row - from.row, to.column - from.column]
    const ahead = down * way.row + right * way.column
    const aside = Math.abs(down * way.column) + Math.abs(right * way.row)
    return ahead > 0 ? [{ code: to.code, far: ahead + aside * gridSize.columns }] : []
  })
  return reached.sort((a, b) => a.far - b.far)[0]?.code ?? null
}
