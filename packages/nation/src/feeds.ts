/** Writes what the provinces send: one file per province and period, rows in the order of their month, each office in its own habit. */
import { createHash } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setImmediate as pause } from "node:timers/promises"
import type { RuleCode } from "@tongzhang/contracts/refusals"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Entry } from "./book.js"
import type { DuplicateLabel, NearMiss } from "./duplicates.js"
import type { Nation } from "./nation.js"
import { noiseAfter, type Expected } from "./noise.js"
import { createParts, type Parts } from "./parts.js"
import { diceOf } from "./random.js"
import { cellLine, cellsOf, habitOf } from "./render.js"

/** All that feeds need to know of a person; those of the nation and those of the demo alike. */
export type Reported = {
  readonly index: number
  readonly citizenId: string
  readonly entries: readonly Entry[]
  readonly duplicates: readonly DuplicateLabel[]
  readonly nearMisses: readonly NearMiss[]
  /** No bad rows about this person: a story must be readable. */
  readonly quiet?: true
}

export type FeedOptions = {
  /** One file per province and year, month, or for the whole window. */
  readonly period?: "year" | "month" | "whole"
  /** Share of contribution rows that are followed by a bad row (0 … 1). */
  readonly noise?: number
  /** Persons reported besides the nation's, before them. */
  readonly also?: readonly Reported[]
  readonly onProgress?: (persons: number) => void
}

export type FeedFile = {
  readonly province: ProvinceCode
  /** `2024`, `2024-03` or `all`. */
  readonly period: string
  readonly name: string
  readonly path: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
  readonly encoding: "utf8" | "gbk"
}

export type RowLabel = {
  readonly file: string
  readonly row: number
  readonly status: "refused" | "unchanged"
  readonly code: RuleCode | null
}

export type Truth = {
  readonly persons: number
  readonly rows: number
  /** Rows intake must refuse, and rows it must take as already booked; `row` 1 is the first under the header. */
  readonly expectedRefused: number
  readonly expectedUnchanged: number
  readonly badRows: readonly RowLabel[]
  readonly duplicates: readonly DuplicateLabel[]
  readonly nearMisses: readonly NearMiss[]
}

export type Written = { readonly files: readonly FeedFile[]; readonly truth: Truth }

const purpose = { noise: 5 } as const

const periodOf = (month: string, period: NonNullable<FeedOptions["period"]>): string =>
  period === "whole" ? "all" : period === "year" ? month.slice(0, 4) : month

/**
 * Writes the files and `manifest.json` (files with their hashes, truth) into `dir`. Files are listed by period, then province:
 * the order in which they should be sent.
 */
export const writeFeeds = (nation: Nation, dir: string, options: FeedOptions = {}): Promise<Written> => {
  const everyone = function* (): Generator<Reported> {
    yield* options.also ?? []
    yield* nation.persons()
  }
  return writePersons(everyone(), nation.options.seed, dir, options)
}

/** As `writeFeeds`, for persons who are nobody's nation. */
export const writePersons = async (
  persons: Iterable<Reported>,
  seed: number,
  dir: string,
  options: FeedOptions = {},
): Promise<Written> => {
  mkdirSync(dir, { recursive: true })
  const parts = createParts(dir)
  const duplicates: DuplicateLabel[] = []
  const nearMisses: NearMiss[] = []
  let count = 0
  for (const person of persons) {
    duplicates.push(...person.duplicates)
    nearMisses.push(...person.nearMisses)
    addPerson(parts, person, seed, options.noise ?? 0)
    if (++count % 500 === 0) {
      options.onProgress?.(count)
      await pause()
    }
  }
  const { files, badRows } = writeFiles(parts, dir, options.period ?? "year")
  const truth: Truth = {
    persons: count,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    expectedRefused: badRows.filter((row) => row.status === "refused").length,
    expectedUnchanged: badRows.filter((row) => row.status === "unchanged").length,
    badRows,
    duplicates,
    nearMisses,
  }
  const listed = files.map(({ path: _path, ...file }) => file)
  writeFileSync(join(dir, "manifest.json"), `${JSON.stringify({ files: listed, truth }, null, 1)}\n`)
  return { files, truth }
}

const addPerson = (parts: Parts, person: Reported, seed: number, noise: number): void => {
  const dice = diceOf(seed, person.index, purpose.noise)
  const reversed = new Set(person.entries.flatMap(({ command }) => (command.act === "reverse" ? [command.reverses] : [])))
  for (const { province, on, command, expected } of person.entries) {
    const habit = habitOf(province)
    const cells = cellsOf(command, habit)
    parts.add(province, on.slice(0, 7), cellLine(cells, habit), expected ?? null)
    if (noise === 0 || person.quiet === true || expected !== undefined || command.act !== "contribute" || !dice.chance(noise))
      continue
    const bad = noiseAfter(command, cells, habit, reversed.has(command.line), dice)
    parts.add(province, on.slice(0, 7), cellLine(bad.cells, habit), bad.expected)
  }
}

const labelOf = (file: string, row: number, expected: Expected): RowLabel => ({
  file,
  row,
  status: expected.status,
  code: expected.status === "refused" ? expected.code : null,
})

type FilesWritten = { readonly files: readonly FeedFile[]; readonly badRows: readonly RowLabel[] }

const writeFiles = (parts: Parts, dir: string, period: NonNullable<FeedOptions["period"]>): FilesWritten => {
  const badRows: RowLabel[] = []
  const groups = new Map<string, string[]>()
  for (const { province, month } of parts.list()) {
    const key = `${periodOf(month, period)} ${province}`
    groups.set(key, [...(groups.get(key) ?? []), month])
  }
  const files = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, months]): FeedFile => {
      const [name = "", code = ""] = key.split(" ")
      const province = code as ProvinceCode
      const file = `${province}-${name}.csv`
      let rows = 0
      const hash = createHash("sha256")
      let bytes = 0
      const out = parts.openFile(join(dir, file), province, (chunk) => {
        hash.update(chunk)
        bytes += chunk.length
      })
      for (const month of months.sort()) {
        const part = out.append(province, month)
        for (const { offset, expected } of part.labels) badRows.push(labelOf(file, rows + offset + 1, expected))
        rows += part.rows
      }
      out.close()
      const { encoding } = habitOf(province)
      return { province, period: name, name: file, path: join(dir, file), rows, bytes, sha256: hash.digest("hex"), encoding }
    })
  parts.remove()
  return { files, badRows }
}
