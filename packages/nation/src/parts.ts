/**
 * Rows on their way into files. Persons come one after the other but files are ordered by month, so rows wait in one part per
 * province and month, and go to disk when they take too much memory: a country of millions needs no more than a small one.
 */
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import iconv from "iconv-lite"
import type { Expected } from "./noise.js"
import { habitOf, headerLine } from "./render.js"

/** Rows kept in memory, over all parts, before they are spilled: some 60 MB. */
const rows_waiting_max = 250_000

type Label = { readonly offset: number; readonly expected: Expected }
type Part = { readonly province: ProvinceCode; readonly month: string; rows: number; waiting: string[]; readonly labels: Label[] }

export type OpenFile = {
  readonly append: (province: ProvinceCode, month: string) => { readonly rows: number; readonly labels: readonly Label[] }
  readonly close: () => void
}

export type Parts = {
  readonly add: (province: ProvinceCode, month: string, row: string, expected: Expected | null) => void
  readonly list: () => readonly { readonly province: ProvinceCode; readonly month: string }[]
  /** A new file with the province's header; `written` sees every byte. */
  readonly openFile: (path: string, province: ProvinceCode, written: (chunk: Buffer) => void) => OpenFile
  /** Removes what was spilled. */
  readonly remove: () => void
}

const encoded = (province: ProvinceCode, text: string): Buffer =>
  habitOf(province).encoding === "gbk" ? iconv.encode(text, "gbk") : Buffer.from(text)

/** @param dir Folder for spilled rows, in a folder of its own there. */
export const createParts = (dir: string): Parts => {
  const parts = new Map<string, Part>()
  const spill = join(dir, ".parts")
  const spillPath = (part: Part): string => join(spill, `${part.province}-${part.month}`)
  let waiting = 0
  rmSync(spill, { recursive: true, force: true })
  const take = (part: Part): Buffer => {
    const chunk = encoded(part.province, part.waiting.map((row) => `${row}\n`).join(""))
    waiting -= part.waiting.length
    part.waiting = []
    return chunk
  }
  const spillAll = (): void => {
    mkdirSync(spill, { recursive: true })
    for (const part of parts.values()) if (part.waiting.length > 0) appendFileSync(spillPath(part), take(part))
  }
  return {
    add: (province, month, row, expected) => {
      const key = `${province}-${month}`
      let part = parts.get(key)
      if (part === undefined) parts.set(key, (part = { province, month, rows: 0, waiting: [], labels: [] }))
      if (expected !== null) part.labels.push({ offset: part.rows, expected })
      part.rows++
      part.waiting.push(row)
      if (++waiting >= rows_waiting_max) spillAll()
    },
    list: () => [...parts.values()],
    openFile: (path, province, written) => {
      const file = openSync(path, "w")
      const write = (chunk: Buffer): void => {
        written(chunk)
        writeFileSync(file, chunk)
      }
      const habit = habitOf(province)
      write(encoded(province, `${habit.bom ? "\uFEFF" : ""}${headerLine(habit)}\n`))
      return {
        append: (of, month) => {
          const part = parts.get(`${of}-${month}`)
          if (part === undefined) throw new Error(`no rows of ${of} in ${month}`)
          if (existsSync(spillPath(part))) write(readFileSync(spillPath(part)))
          write(take(part))
          return { rows: part.rows, labels: part.labels }
        },
        close: () => closeSync(file),
      }
    },
    remove: () => rmSync(spill, { recursive: true, force: true }),
  }
}
