/** Which months of a person's record one fact changed: what a replay must redraw, and nothing else. */
import { indexOf, monthMax, type YearMonth } from "@tongzhang/domain/month"
import type { PersonState } from "@tongzhang/record/person-state"
import { type Cell, cell, families } from "@tongzhang/record/view-schema"
import { matrixOf, timelineOf } from "@tongzhang/record/view-timeline"
import { z } from "zod"

export const cellChangeSchema = z.object({
  family: z.enum(families),
  month: z.string(),
  before: cell,
  after: cell,
})
export type CellChange = z.infer<typeof cellChangeSchema>

type Family = CellChange["family"]
type Standing = { readonly family: Family; readonly month: string; readonly cell: Cell; readonly text: string }
export type Cells = ReadonlyMap<string, Standing>

export const noCells: Cells = new Map()

/** Every month of the record that is not empty, by `{family} {YYYY-MM}`. @param validAt months after it are left out */
export const cellsOf = (state: PersonState, validAt: YearMonth | undefined): Cells => {
  const cells = new Map<string, Standing>()
  for (const family of families)
    for (const [year, row] of Object.entries(matrixOf(timelineOf(state, family, indexOf(validAt ?? monthMax)))))
      for (const [i, one] of row.entries()) {
        if (one.kind === "none") continue
        const month = `${year}-${String(i + 1).padStart(2, "0")}`
        cells.set(`${family} ${month}`, { family, month, cell: one, text: JSON.stringify(one) })
      }
  return cells
}

const none: Cell = { kind: "none" }

/** In the order of families and months. */
export const cellChanges = (before: Cells, after: Cells): CellChange[] => {
  const changes: CellChange[] = []
  for (const [key, { family, month, cell: now, text }] of after) {
    const was = before.get(key)
    if (was?.text !== text) changes.push({ family, month, before: was?.cell ?? none, after: now })
  }
  for (const [key, { family, month, cell: was }] of before)
    if (!after.has(key)) changes.push({ family, month, before: was, after: none })
  const order = (one: CellChange): string => `${families.indexOf(one.family)} ${one.month}`
  return changes.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}
