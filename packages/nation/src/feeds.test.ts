import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { actWords, type ColumnKey, feedColumns } from "@tongzhang/contracts/feed-columns"
import { type ProvinceCode, type SchemeCode, schemes } from "@tongzhang/domain/codes"
import { type MonthSet, add, empty, intersection, ofRange, ranges, remove } from "@tongzhang/domain/month-set"
import { month } from "@tongzhang/domain/month"
import { caseIdOf } from "@tongzhang/domain/overlap"
import { classifyOverlap } from "@tongzhang/law/rules/overlaps"
import iconv from "iconv-lite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type FeedFile, type Written, writeFeeds } from "./feeds.js"
import { generateNation } from "./nation.js"
import { demoHistory, mover, moverWithOverlap, pensioner, pensionerCase, rider, riderCases, writeLiveFeeds } from "./rider.js"

const dir = mkdtempSync(join(tmpdir(), "nation-"))
const options = { noise: 0.02, also: demoHistory() }
const nation = generateNation({ seed: 5, persons: 800 })
let written: Written
beforeAll(async () => {
  written = await writeFeeds(nation, join(dir, "a"), options)
})
afterAll(() => rmSync(dir, { recursive: true }))

type Row = Partial<Record<ColumnKey, string>> & { readonly file: string; readonly row: number; readonly province: ProvinceCode }

/** Reads a file knowing only the contract: column codes and headers. */
const rowsOf = (file: FeedFile): readonly Row[] => {
  const text = iconv.decode(readFileSync(file.path), file.encoding)
  const [header = "", ...lines] = text
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split("\n")
  const delimiter = header.includes(";") ? ";" : ","
  const keys = header
    .split(delimiter)
    .map((title) => feedColumns.find((column) => column.code === title || column.zh === title)?.key)
  return lines.map((line, i) => {
    const cells = line.split(delimiter)
    const pairs = keys.flatMap((key, at) => (key === undefined || (cells[at] ?? "") === "" ? [] : [[key, cells[at]] as const]))
    return { ...Object.fromEntries(pairs), file: file.name, row: i + 1, province: file.province }
  })
}

const monthText = (text: string | undefined) => month(text?.length === 6 ? `${text.slice(0, 4)}-${text.slice(4)}` : (text ?? ""))
const schemeOf = (text: string | undefined): SchemeCode =>
  (Object.keys(schemes) as SchemeCode[]).find((code) => code === text || schemes[code].zh === text) ?? "510"

/** Months that stand paid, from the rows alone: by person, then by `{province}_{scheme}`. */
const paidMonths = (rows: readonly Row[]): ReadonlyMap<string, ReadonlyMap<string, MonthSet>> => {
  const paid = new Map<string, Map<string, MonthSet>>()
  const lines = new Map<string, { readonly from: string; readonly to: string }>()
  for (const row of rows) {
    const act = actWords[row.act ?? ""]
    const mine = paid.get(row.citizenId ?? "") ?? new Map<string, MonthSet>()
    paid.set(row.citizenId ?? "", mine)
    const side = `${row.province}_${schemeOf(row.scheme)}`
    if (act === "contribute") {
      const from = monthText(row.month ?? row.from)
      const to = monthText(row.month ?? row.to)
      mine.set(side, add(mine.get(side) ?? empty, from, to))
      lines.set(`${row.province}${row.line}`, { from, to })
    }
    if (act === "reverse") {
      const line = lines.get(`${row.province}${row.corrects}`)
      if (line !== undefined) mine.set(side, remove(mine.get(side) ?? empty, month(line.from), month(line.to)))
    }
  }
  return paid
}

describe("feed files", () => {
  it("are the same bytes for the same seed", async () => {
    const again = await writeFeeds(generateNation({ seed: 5, persons: 800 }), join(dir, "b"), options)
    expect(again.files.map(({ name, sha256 }) => [name, sha256])).toEqual(written.files.map(({ name, sha256 }) => [name, sha256]))
    expect(readFileSync(join(dir, "b", "manifest.json"))).toEqual(readFileSync(join(dir, "a", "manifest.json")))
    expect(readdirSync(join(dir, "b")).sort()).toEqual([...written.files.map(({ name }) => name), "manifest.json"].sort())
  })

  it("carry the hash and size the manifest says, and lose no character in their encoding", () => {
    for (const file of written.files) {
      const bytes = readFileSync(file.path)
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256)
      expect(bytes.length).toBe(file.bytes)
      const text = iconv.decode(bytes, file.encoding)
      expect(text).not.toMatch(/[?\uFFFD]/)
      expect(rowsOf(file).length).toBe(file.rows)
    }
  })

  it("are written by offices with different habits", () => {
    const heads = new Set(
      written.files.map((file) => iconv.decode(readFileSync(file.path), file.encoding).split("\n")[0]?.slice(0, 12)),
    )
    expect(heads.size).toBeGreaterThanOrEqual(3)
    expect(new Set(written.files.map(({ encoding }) => encoding)).size).toBe(2)
  })

  it("come by period, then province, and hold the months of their period", () => {
    const order = written.files.map(({ period, province }) => `${period} ${province}`)
    expect(order).toEqual(order.toSorted())
    for (const file of written.files.slice(0, 40))
      for (const row of rowsOf(file))
        if (row.paidOn !== undefined && row.paidOn !== "2025-02-30") expect(row.paidOn.slice(0, 4)).toBe(file.period)
  })

  it("have about 20 to 30 rows a person", () => {
    const perPerson = written.truth.rows / written.truth.persons
    expect(perPerson).toBeGreaterThan(18)
    expect(perPerson).toBeLessThan(32)
  })

  it("count bad rows in the truth by file and row", () => {
    const { badRows, expectedRefused, expectedUnchanged } = written.truth
    expect(expectedRefused).toBe(badRows.filter(({ status }) => status === "refused").length)
    expect(expectedUnchanged).toBeGreaterThan(0)
    expect(new Set(badRows.map(({ code }) => code)).size).toBeGreaterThanOrEqual(12)
    const rows = new Map(written.files.flatMap(rowsOf).map((row) => [`${row.file} ${row.row}`, row]))
    for (const bad of badRows) {
      const row = rows.get(`${bad.file} ${bad.row}`)
      if (bad.code === "ID_EXCEL_FLOAT") expect(row?.citizenId).toMatch(/E\+17$/)
      if (bad.code === "SCHEME_UNKNOWN") expect(row?.scheme).toBe("999")
      if (bad.code === "ID_LENGTH") expect(row?.citizenId?.length).toBe(17)
    }
  })

  it("are labelled with exactly the overlaps that their good rows hold", () => {
    const bad = new Set(written.truth.badRows.map(({ file, row }) => `${file} ${row}`))
    const rows = written.files.flatMap(rowsOf).filter((row) => !bad.has(`${row.file} ${row.row}`))
    const found = [...paidMonths(rows)].flatMap(([citizenId, sides]) =>
      [...sides].flatMap(([x, a], i) =>
        [...sides].slice(i + 1).flatMap(([y, b]) => {
          const rule = classifyOverlap(x.slice(3) as SchemeCode, y.slice(3) as SchemeCode)
          const months = ranges(intersection(a, b))
          return rule === null || months.length === 0
            ? []
            : [`${citizenId} ${rule.kind} ${caseIdOf(x, y)} ${JSON.stringify(months)}`]
        }),
      ),
    )
    const labelled = written.truth.duplicates
      .filter(({ kind }) => !kind.startsWith("PENSION"))
      .map(({ citizenId, kind, sides, months }) => `${citizenId} ${kind} ${caseIdOf(...sides)} ${JSON.stringify(months)}`)
    expect(found.toSorted()).toEqual(labelled.toSorted())
    expect(labelled.length).toBeGreaterThan(8)
  })

  it("split by month or not at all hold the same rows", async () => {
    const small = generateNation({ seed: 5, persons: 60 })
    const [byMonth, whole] = [
      await writeFeeds(small, join(dir, "m"), { period: "month" }),
      await writeFeeds(small, join(dir, "w"), { period: "whole" }),
    ]
    expect(byMonth.truth.rows).toBe(whole.truth.rows)
    expect(byMonth.files.length).toBeGreaterThan(whole.files.length)
    expect(whole.files.every(({ period }) => period === "all")).toBe(true)
  })
})

describe("the demo's people", () => {
  it("are in the files with fixed numbers", () => {
    const ids = new Set(written.files.flatMap(rowsOf).map((row) => row.citizenId))
    for (const who of [rider, mover.who, moverWithOverlap.who, pensioner]) expect(ids.has(who.citizenId), who.name).toBe(true)
  })

  it("the rider has no duplicate until the live files come, then exactly the two cases", async () => {
    const about = (truth: Written["truth"], id: string) => truth.duplicates.filter(({ citizenId }) => citizenId === id)
    expect(about(written.truth, rider.citizenId)).toEqual([])
    const live = await writeLiveFeeds(join(dir, "live"))
    expect(live.files.map(({ name }) => name)).toEqual(["33-all.csv", "34-all.csv", "41-all.csv"])
    expect(live.truth.expectedRefused).toBe(1)
    expect(about(live.truth, rider.citizenId)).toHaveLength(2)
    const rows = [...written.files, ...live.files].flatMap(rowsOf).filter((row) => row.citizenId === rider.citizenId)
    const sides = paidMonths(rows).get(rider.citizenId)
    for (const expected of riderCases) {
      const [x, y] = expected.sides
      expect(ranges(intersection(sides?.get(x) ?? empty, sides?.get(y) ?? empty))).toEqual(expected.months)
      expect(Object.values(expected.refundIfDropped_fen).every((amount) => amount > 0)).toBe(true)
    }
    expect(pensionerCase.sides).toEqual(["31_110_D-SH-9904", "34_110_D-AH-9904"])
  })

  it("a mover's legs add up to what the rows say", () => {
    const rows = written.files.flatMap(rowsOf)
    for (const story of [mover, moverWithOverlap])
      for (const leg of story.legs) {
        const mine = rows.filter(
          (row) => row.citizenId === story.who.citizenId && row.province === leg.from && actWords[row.act ?? ""] === "contribute",
        )
        const fen = (text: string | undefined): number => Math.round(Number(text) * 100)
        expect(mine.reduce((sum, row) => sum + fen(row.account), 0)).toBe(leg.account_fen)
        expect(mine.reduce((sum, row) => sum + fen(row.base), 0)).toBe(leg.bases_fen)
        expect(leg.pooled_fen).toBe(Math.round(leg.bases_fen * 0.12))
        expect(ranges(mine.reduce((set, row) => add(set, monthText(row.month)), empty))).toEqual(
          ranges(ofRange(leg.months.from, leg.months.to)),
        )
      }
  })
})
