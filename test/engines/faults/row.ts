/** A row of the fault table: what is done to the ledger while a chapter is told. */
import { setTimeout as sleep } from "node:timers/promises"
import { randomOf } from "../../e2e/support.js"
import type { Chapter } from "./chapter.js"
import type { World } from "./world.js"

/** A whole number below the bound. */
export type Dice = (below: number) => number

export const themes = ["event store", "network", "kafka", "postgresql", "processes", "unreadable"] as const
export type Theme = (typeof themes)[number]

export type Row = {
  readonly theme: Theme
  /** Says it in the table and names the test. */
  readonly name: string
  /** Rows of one kind stand for each other in the quick choice. */
  readonly kind: string
  readonly where: string
  /** What the services must do about it, as it was built. */
  readonly answer: string
  /** Where it is not the usual one. */
  readonly guarantee?: string
  /** Before the first file is sent. */
  readonly before?: (world: World, dice: Dice, chapter: Chapter) => Promise<void>
  /** Beside the story, from its beginning. */
  readonly during?: (world: World, dice: Dice, chapter: Chapter) => Promise<void>
  /** After the story, before the look: what must have happened, what has to be mended by hand. */
  readonly after?: (world: World, chapter: Chapter) => Promise<void>
}

/** A moment within the story; an undisturbed chapter takes two to three seconds. */
export const someMoment = (dice: Dice, longest_ms = 2_000): Promise<void> => sleep(dice(longest_ms))

/** The same seed and row give the same moments. */
export const diceOf = (seed: number, row: Row): Dice => {
  let hash = seed
  for (const character of row.name) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return randomOf(hash)
}

const groupsBy = (rows: readonly Row[], nameOf: (row: Row) => string): readonly Row[][] => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row])
  return [...groups.values()]
}

/** One row of each kind, drawn by the seed. */
export const oneOfEachKind = (rows: readonly Row[], seed: number): readonly Row[] => {
  const dice = randomOf(seed)
  const chosen = new Set(groupsBy(rows, ({ kind }) => kind).flatMap((same) => same[dice(same.length)] ?? []))
  return rows.filter((row) => chosen.has(row))
}

/** Two rows of each theme, of different kinds where there are, drawn by the seed: what CI has time for. */
export const twoOfEachTheme = (rows: readonly Row[], seed: number): readonly Row[] => {
  const dice = randomOf(seed)
  const chosen = new Set(
    groupsBy(oneOfEachKind(rows, seed), ({ theme }) => theme).flatMap((same) => {
      const first = dice(same.length)
      return [same[first], same[(first + 1 + dice(Math.max(1, same.length - 1))) % same.length]].filter(
        (row) => row !== undefined,
      )
    }),
  )
  return rows.filter((row) => chosen.has(row))
}
