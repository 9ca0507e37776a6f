/** What the tests of the whole share: a small nation laid out, processes watched by their lines, the facts of a folder that is closed. */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { DuplicateLabel } from "@tongzhang/nation/duplicates"
import { type FeedFile, type FeedOptions, writeFeeds } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import { demoHistory, writeLiveFeeds } from "@tongzhang/nation/rider"

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
/** The built command line, as a user runs it. */
export const tongzhangPath = join(root, "services/standalone/dist/cli/main.js")

/** Eight provinces: those the demo's people need, and two more. */
export const provinces: readonly ProvinceCode[] = ["31", "32", "33", "34", "41", "44", "51", "61"]

export type Folder = { readonly path: string; readonly remove: () => void }

export const temporaryFolder = (name: string): Folder => {
  const path = mkdtempSync(join(tmpdir(), `tongzhang-${name}-`))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Mulberry32: a seed in the test's name makes a failing run come again. */
export const randomOf = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export type Plan = {
  readonly provinces: readonly ProvinceCode[]
  readonly files: readonly FeedFile[]
  readonly intake: Readonly<Record<string, number>>
  readonly path: string
  /** What a detector must find, and how many rows must be refused, once every file is in. */
  readonly labels: readonly DuplicateLabel[]
  readonly refused: number
}

export type NationSize = { readonly persons: number; readonly seed: number; readonly period: NonNullable<FeedOptions["period"]> }

/** Writes a small nation with the demo's people, then what arrives live, and the plan that `feed-child.mjs` follows. */
export const layNation = async (folder: string, size: NationSize, intake: Plan["intake"] = {}): Promise<Plan> => {
  const { persons, seed, period } = size
  mkdirSync(folder, { recursive: true })
  const nation = generateNation({ seed, persons, provinces })
  const written = await writeFeeds(nation, join(folder, "incoming"), { noise: 0.01, also: demoHistory(), period })
  const live = await writeLiveFeeds(join(folder, "incoming-live"))
  const plan = {
    provinces,
    files: [...written.files, ...live.files],
    intake,
    path: join(folder, "plan.json"),
    labels: [...written.truth.duplicates, ...live.truth.duplicates],
    refused: written.truth.expectedRefused + live.truth.expectedRefused,
  }
  writeFileSync(plan.path, JSON.stringify(plan))
  return plan
}

export type Line = Readonly<Record<string, unknown>> & { readonly what: string }
export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stderr: string }
export type Watched = {
  readonly child: ChildProcess
  readonly lines: readonly Line[]
  readonly ended: Promise<Ended>
  readonly kill: () => void
}

/** Runs `feed-child.mjs` on a folder; `onLine` sees its progress as it comes. */
export const runChild = (dataDir: string, plan: Plan, skip: number, onLine: (line: Line, kill: () => void) => void): Watched => {
  const script = join(root, "test/e2e/feed-child.mjs")
  const child = spawn(process.execPath, [script, dataDir, plan.path, String(skip)], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  })
  const lines: Line[] = []
  let stderr = ""
  let killed = false
  const kill = (): void => {
    killed = true
    child.kill("SIGKILL")
  }
  createInterface({ input: child.stdout }).on("line", (text) => {
    // What a dying process has half written is no line.
    if (killed && !text.endsWith("}")) return
    const line = JSON.parse(text) as Line
    lines.push(line)
    onLine(line, kill)
  })
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stderr }))
  })
  return { child, lines, ended, kill }
}

export type Facts = ReadonlyMap<string, readonly RecordedEvent[]>

/** All streams of a folder whose process has ended. */
export const factsOf = async (dataDir: string): Promise<Facts> => {
  const store = await openEmbeddedStore({ path: join(dataDir, "events"), now: Date.now })
  const streams = new Map<string, RecordedEvent[]>()
  try {
    for (let after: Position | null = null; ;) {
      const page = await store.readAll({ after, max: 2_000 })
      for (const event of page.events) {
        const known = streams.get(event.stream)
        if (known === undefined) streams.set(event.stream, [event])
        else known.push(event)
      }
      after = page.next
      if (page.atEnd) return streams
    }
  } finally {
    await store.close()
  }
}

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the command line to its end. */
export const tongzhang = (dataDir: string, ...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [tongzhangPath, "--data", dataDir, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    })
    let stdout = ""
    let stderr = ""
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString()
    })
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })
