/**
 * What the pages weigh and how soon they answer. Bytes are tests, for they do not depend on the machine; times are printed with the
 * machine and written to docs/console.md by hand.
 */
import { readFileSync, statSync } from "node:fs"
import { cpus } from "node:os"
import { join } from "node:path"
import { consoleFolder } from "@tongzhang/console/folder"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { longLiver } from "./long-life.js"
import { executablePath, openWorld, type World } from "./support.js"

const budget_bytes = 300_000
const rounds = 5

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? -1
const told = (values: readonly number[]): string =>
  `${median(values).toFixed(0)} ms (${values.map((one) => one.toFixed(0)).join(", ")})`
const say = (line: string): void => void process.stdout.write(`${line}\n`)

type Chunk = {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

/** Everything that is loaded with a chunk, itself included. */
const withImports = (manifest: Manifest, name: string, found = new Set<string>()): Set<string> => {
  if (found.has(name)) return found
  found.add(name)
  for (const one of manifest[name]?.imports ?? []) withImports(manifest, one, found)
  return found
}

it("no page's first load is above 300 kB of compressed script", () => {
  const manifest = JSON.parse(readFileSync(join(consoleFolder, ".vite/manifest.json"), "utf8")) as Manifest
  const size = (names: Iterable<string>): number =>
    [...new Set([...names].map((name) => manifest[name]?.file ?? ""))]
      .filter((file) => file.endsWith(".js"))
      .reduce((sum, file) => sum + statSync(join(consoleFolder, `${file}.gz`)).size, 0)
  const [entry] = Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true)
  if (entry === undefined) throw new Error("the console was built without an entry")
  const frame = withImports(manifest, entry)
  const opened = [...frame].flatMap((name) => manifest[name]?.dynamicImports ?? [])
  const weights = opened.map((page) => [page.replace("src/app/", ""), size([...frame, ...withImports(manifest, page)])] as const)
  for (const [page, bytes] of weights.toSorted((a, b) => b[1] - a[1]))
    say(`${(bytes / 1_000).toFixed(1).padStart(7)} kB  ${page}`)
  expect(weights.length).toBeGreaterThan(4)
  expect(weights.filter(([, bytes]) => bytes > budget_bytes)).toEqual([])
})

/** Told by the page itself, in its own language (the tests' has no DOM): when the months stood there, and when the last long task ended. */
const watch = `{
  const times = (globalThis.times = { months: -1, busyUntil: 0 })
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) times.busyUntil = Math.max(times.busyUntil, task.startTime + task.duration)
  }).observe({ type: "longtask", buffered: true })
  const look = () => {
    if (document.querySelector(".matrix tbody tr:nth-child(40)") === null) requestAnimationFrame(look)
    else times.months = performance.now()
  }
  requestAnimationFrame(look)
}`

/** From the click to the frame in which the drawer is open. */
const drawerAfterClick = `new Promise((resolve) => {
  const from = performance.now()
  document.querySelector(".matrix .m-counted").click()
  const look = () => {
    if (document.querySelector("dialog.side[open]") === null) requestAnimationFrame(look)
    else resolve(performance.now() - from)
  }
  look()
})`

describe.runIf(executablePath !== undefined)("the record of forty years and six provinces", () => {
  let world: World
  let token: string
  beforeAll(async () => {
    world = await openWorld()
    token = await world.served.ledger.issue("center")
  })
  afterAll(async () => {
    await world?.close()
  })

  it("tells how long it takes to stand, to answer, and to be drawn", async () => {
    const shown: number[] = []
    const interactive: number[] = []
    const clicks: number[] = []
    const renders: number[] = []
    for (let round = 0; round < rounds; round++) {
      // A context of its own: nothing is cached.
      const { page, complaints } = await world.tab(1280, 900)
      await page.addInitScript({ content: watch })
      await page.goto(world.address(`/persons/${world.keyOf(longLiver.citizenId)}`, token))
      await page.locator(".matrix tbody tr").nth(39).waitFor()
      await page.waitForTimeout(500)
      const times = await page.evaluate<{ months: number; busyUntil: number }>("times")
      shown.push(times.months)
      interactive.push(Math.max(times.months, times.busyUntil))
      renders.push(await page.evaluate(() => performance.getEntriesByName("record-render")[0]?.duration ?? -1))
      clicks.push(await page.evaluate<number>(drawerAfterClick))
      expect(await page.locator(".matrix .m-counted").count()).toBeGreaterThan(400)
      if (round === 0) await world.shot(page, "long-record")
      expect(complaints).toEqual([])
      await page.context().close()
    }
    expect([...shown, ...renders, ...clicks].every((one) => one > 0)).toBe(true)
    const [cpu] = cpus()
    say(`record of 40 years, 6 provinces; ${cpus().length} x ${cpu?.model.trim()}, browser and ledger on the same machine:`)
    say(`  months shown, cold cache:             ${told(shown)}`)
    say(`  interactive (last long task ended):   ${told(interactive)}`)
    say(`  a month clicked until its drawer:     ${told(clicks)}`)
    say(`  drawn after the data had come:        ${told(renders)}`)
  })
})
