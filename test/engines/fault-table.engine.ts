/**
 * The fault table (docs/faults.md): a chapter of the demo is told to seven service processes while an engine, the network or a
 * process is hurt, one fault a row; what it comes to is compared with the same chapter told undisturbed in the same layout.
 *
 * FAULTS=quick (one row of each kind, drawn by FAULTS_SEED) | few (two of each theme: CI) | all; UPDATE_DOCS=1 keeps what was seen; FAULTS_ROWS: only rows whose `theme: name` matches this expression.
 */
import { readFileSync } from "node:fs"
import { faultKinds } from "@tongzhang/testing/test-node/faults"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Folder, temporaryFolder } from "../e2e/support.js"
import { against, type Engine, kafka, postgres } from "./engines.js"
import { type Chapter, layChapter, tellChapter, type Told } from "./faults/chapter.js"
import { document_path, documentOf, idOf, keepResults, type Result } from "./faults/document.js"
import { kafkaRows, networkRows, postgresRows } from "./faults/engine-rows.js"
import { hookRows } from "./faults/hook-rows.js"
import { processRows } from "./faults/process-rows.js"
import { diceOf, oneOfEachKind, type Row, twoOfEachTheme } from "./faults/row.js"
import { unreadableRows } from "./faults/unreadable-rows.js"
import { type Engines, type Look, openWorld, type World } from "./faults/world.js"

const rows: readonly Row[] = [...hookRows, ...networkRows, ...kafkaRows, ...postgresRows, ...processRows, ...unreadableRows]
const seed = Number(process.env["FAULTS_SEED"] ?? 1)
const wanted = new RegExp(process.env["FAULTS_ROWS"] ?? "", "u")
const everything = process.env["FAULTS"] === "all" || process.env["FAULTS_ROWS"] !== undefined
const drawn = process.env["FAULTS"] === "few" ? twoOfEachTheme : oneOfEachKind
const chosen = (everything ? rows : drawn(rows, seed)).filter((row) => wanted.test(idOf(row)))
const chapterOf = (row: Row): number => rows.indexOf(row) + 1

const ownEngines = async (): Promise<Engine<Engines>> => {
  const [brokers, server] = [await kafka(), await postgres()]
  if (!brokers.up) return brokers
  return server.up ? { up: true, where: { brokers: brokers.where, server: server.where } } : server
}

const chaptersAtOnce = 3
const tell_ms = 300_000

type Undisturbed = { readonly told: Told; readonly look: Look; readonly seconds: number }

/** Tells every chapter, some at a time, and looks at the end: chapters share no person. */
const tellUndisturbed = async (world: World, chapters: readonly Chapter[]): Promise<ReadonlyMap<number, Undisturbed>> => {
  const waiting = [...chapters]
  const told = new Map<number, { readonly told: Told; readonly seconds: number }>()
  const teller = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const began = performance.now()
      told.set(next.number, { told: await tellChapter(world.place, next), seconds: (performance.now() - began) / 1_000 })
    }
  }
  await Promise.all(Array.from({ length: chaptersAtOnce }, teller))
  await world.settled()
  const found = new Map<number, Undisturbed>()
  for (const chapter of chapters) {
    const one = told.get(chapter.number)
    if (one !== undefined) found.set(chapter.number, { ...one, look: await world.look(chapter) })
  }
  return found
}

it("every hook of the test node has a row", () => {
  const covered = new Set(hookRows.map(({ kind }) => kind.replace("hook ", "")))
  expect(faultKinds.filter((kind) => !covered.has(kind))).toEqual([])
})

it.skipIf(process.env["UPDATE_DOCS"] === "1")("docs/faults.md has every row, as it was last seen in full", () => {
  expect(readFileSync(document_path, "utf8")).toBe(documentOf(rows))
})

against("fault table", await ownEngines(), (engines) => {
  describe("the fault table", () => {
    const folder: Folder = temporaryFolder("chapters")
    const chapters = new Map<Row, Chapter>()
    let undisturbed: ReadonlyMap<number, Undisturbed>
    let whole: string
    let world: World
    const results: Record<string, Result> = {}
    let spoiled = false
    let chaptersTold = 0

    beforeAll(async () => {
      for (const row of chosen) chapters.set(row, await layChapter(folder.path, chapterOf(row)))
      const quiet = await openWorld(engines)
      try {
        undisturbed = await tellUndisturbed(quiet, [...chapters.values()])
        whole = await quiet.whole([...chapters.values()])
      } finally {
        await quiet.close()
      }
      world = await openWorld(engines)
    }, 600_000)
    afterAll(async () => {
      if (process.env["UPDATE_DOCS"] === "1") keepResults(rows, results)
      await world?.close()
      folder.remove()
    }, 60_000)

    it.for(chosen)("$theme: $name", { timeout: tell_ms }, async (row, { onTestFailed }) => {
      onTestFailed(() => void process.stderr.write(`${row.name}\n${world.kept.complaints()}\n`))
      // What one row has broken is not the next one's fault.
      if (spoiled) {
        await world.close()
        world = await openWorld(engines)
        chaptersTold = -chosen.length
      }
      spoiled = true
      chaptersTold++
      const chapter = chapters.get(row)
      const expected = undisturbed.get(chapterOf(row))
      if (chapter === undefined || expected === undefined) throw new Error(`no chapter for ${row.name}`)
      const dice = diceOf(seed, row)
      const began = performance.now()
      await row.before?.(world, dice, chapter)
      const hurting = row.during?.(world, dice, chapter)
      hurting?.catch(() => undefined)
      const told = await tellChapter(world.place, chapter)
      await hurting
      await row.after?.(world, chapter)
      await world.settled()
      const seconds = (performance.now() - began) / 1_000
      const result = { seconds: Math.round(seconds * 10) / 10, repeated: world.tail.repeated(), ...world.kept.observe() }
      console.log(JSON.stringify({ row: idOf(row), ...result }))
      expect(told).toEqual(expected.told)
      expect(await world.look(chapter)).toEqual(expected.look)
      spoiled = false
      results[idOf(row)] = result
    })

    it("all chapters together end in the digest of the undisturbed ledger", async (context) => {
      if (spoiled || chaptersTold !== chosen.length) context.skip("a row failed, see there")
      expect(await world.whole([...chapters.values()])).toBe(whole)
    })
  })
})
