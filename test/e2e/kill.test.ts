/**
 * `kill -9` at any moment of a feed, of what follows from it, or of a transfer; started again until it is through, the ledger and
 * its record are the same as if nothing had happened. A seed names each run: `TONGZHANG_KILL_SEED=n` tries another.
 */
import { decodeEvent } from "@tongzhang/contracts/codec"
import * as Overlap from "@tongzhang/domain/overlap"
import { ranges } from "@tongzhang/domain/month-set"
import { createLogger } from "@tongzhang/service-kit/logger"
import { openLedger } from "@tongzhang/standalone/ledger"
import { cpSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { layDemoSetting } from "@tongzhang/standalone/demo/setting"
import { factsOf, type Facts, layNation, type Line, type Plan, randomOf, runChild, temporaryFolder } from "./support.ts"

/** When to strike: so many ms after the start, or some ms after the nth line of a kind. */
type Strike =
  | { readonly after: "start"; readonly ms: number }
  | {
      readonly after: "rows" | "file" | "fed" | "applied" | "stated" | "paid" | "day" | "decided"
      readonly nth: number
      readonly ms: number
    }

const kinds = ["while rows are fed", "while facts are relayed, compared and folded", "during a transfer and decisions"] as const
type Kind = (typeof kinds)[number]

type Outcome = { readonly digest: unknown; readonly facts: Facts; readonly struck: number }

const folder = temporaryFolder("kill")
const seed = Number(process.env["TONGZHANG_KILL_SEED"] ?? 20_261_102)
let plan: Plan
let whole: Outcome

/** A ledger that was opened once and holds nothing: making its database is half the time of a short run. */
const layEmpty = async (): Promise<void> => {
  const dataDir = join(folder.path, "empty")
  layDemoSetting(dataDir, Date.now())
  const ledger = await openLedger({ dataDir, logger: createLogger({ service: "kill", level: "error" }) })
  await ledger.close()
}

/** Runs until the end, killed at each strike in turn. What has a receipt is not sent again, except now and then the last one. */
const run = async (
  name: string,
  strikes: readonly Strike[],
  random: (below: number) => number,
  fresh: boolean,
): Promise<Outcome> => {
  const dataDir = join(folder.path, name)
  if (fresh) layDemoSetting(dataDir, Date.now())
  else cpSync(join(folder.path, "empty"), dataDir, { recursive: true })
  let acknowledged = 0
  let struck = 0
  for (const strike of [...strikes, null]) {
    let seen = 0
    const timers: NodeJS.Timeout[] = []
    const onLine = (line: Line, kill: () => void): void => {
      if (line.what === "file") acknowledged = Number(line["file"]) + 1
      if (strike === null || strike.after === "start" || strike.after !== line.what || ++seen !== strike.nth) return
      if (strike.ms === 0) kill()
      else timers.push(setTimeout(kill, strike.ms))
    }
    const again = random(3) === 0 ? 1 : 0
    const watched = runChild(dataDir, plan, Math.max(0, acknowledged - again), onLine)
    if (strike?.after === "start") timers.push(setTimeout(watched.kill, strike.ms))
    const { code, signal, stderr } = await watched.ended
    for (const timer of timers) clearTimeout(timer)
    if (signal === "SIGKILL") {
      struck++
      continue
    }
    if (code !== 0)
      throw new Error(`${name} ended with ${code} after ${struck} kills, last ${JSON.stringify(watched.lines.at(-1))}\n${stderr}`)
    const done = watched.lines.find((line) => line.what === "done")
    return { digest: done?.["digest"], facts: await factsOf(dataDir), struck }
  }
  throw new Error(`${name} was killed every time`)
}

/** Three kinds of story, each with its own hours of danger. An opened ledger costs 3 s of processor time, so strikes are counted. */
const strikesOf = (kind: Kind, random: (below: number) => number): readonly Strike[] => {
  const soon = (): number => random(40)
  const rows = (): Strike => ({ after: "rows", nth: 1 + random(10), ms: random(2) * soon() })
  const start = (): Strike => ({ after: "start", ms: 50 + random(1_500) })
  const nth = (after: Exclude<Strike["after"], "start">, n: number): Strike => ({ after, nth: n, ms: soon() })
  switch (kind) {
    case "while rows are fed":
      return [start(), rows(), start(), rows(), nth("file", 1 + random(2))]
    case "while facts are relayed, compared and folded":
      return [nth("file", 8), nth("fed", 1), nth("fed", 1)]
    case "during a transfer and decisions":
      return [nth("applied", 1), nth("stated", 1), nth("paid", 1), nth("day", 1), nth("decided", 1)]
  }
}

const decoded = (facts: Facts, category: string) =>
  [...facts]
    .filter(([stream]) => stream.startsWith(`${category}-`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stream, records]) => {
      const events = records.map((record) => {
        const event = decodeEvent(record)
        if (!event.ok) throw new Error(`${stream}: ${event.cause}`)
        return event.event
      })
      return { stream, events }
    })

/** Cases as they stand; which side the proposal recommends depends on how much the detector had seen when it made it. */
const casesOf = (facts: Facts) =>
  decoded(facts, Overlap.category).map(({ stream, events }) => {
    const { cases } = (events as Overlap.OverlapEvent[]).reduce(Overlap.evolve, Overlap.initial)
    const standing = [...cases]
      .filter(([, found]) => found.status !== "dissolved")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { kind, months, status, notified, keep, proposal }]) => {
        return { id, kind, months: ranges(months), status, notified, keep, proposed: proposal !== null }
      })
    return { stream, standing }
  })

/**
 * Events of each stream; a case of duplicates may be opened in one step or widened in several, whenever the detector looked, and
 * who is killed and starts again reads a record once more.
 */
const countsOf = (facts: Facts) =>
  Object.fromEntries(
    [...facts]
      .filter(([stream]) => !stream.startsWith("Overlap-") && !stream.startsWith("Access-"))
      .map(([stream, records]) => [stream, records.length] as const),
  )

const receiptsOf = (facts: Facts) => decoded(facts, "Feed").map(({ stream, events }) => [stream, events])

beforeAll(async () => {
  plan = await layNation(join(folder.path, "nation"), { persons: 100, seed: 7, period: "whole" }, { window_rows: 50 })
  await layEmpty()
  whole = await run("whole", [], randomOf(0), false)
}, 240_000)
afterAll(() => folder.remove())

describe.concurrent("killed and started again, the ledger ends in the same facts and the same record", () => {
  it.for(kinds)(`%s, seed ${seed}`, async (kind, { expect: wants }) => {
    const random = randomOf(seed + kinds.indexOf(kind))
    const strikes = strikesOf(kind, random)
    const message = `seed ${seed}, ${kind}: ${JSON.stringify(strikes)}`
    const killed = await run(kind, strikes, random, kind === "while rows are fed").catch((error: unknown) => {
      throw new Error(message, { cause: error })
    })
    wants(killed.struck, message).toBe(strikes.length)
    for (const [stream, records] of killed.facts)
      wants(new Set(records.map((record) => record.id)).size, `${message}: an event stands twice in ${stream}`).toBe(
        records.length,
      )
    wants(countsOf(killed.facts), message).toEqual(countsOf(whole.facts))
    wants(receiptsOf(killed.facts), message).toEqual(receiptsOf(whole.facts))
    wants(casesOf(killed.facts), message).toEqual(casesOf(whole.facts))
    wants(killed.digest, message).toBe(whole.digest)
  })
})

it("the uninterrupted run is worth comparing with: duplicates found, a transfer completed, every file receipted", () => {
  expect(casesOf(whole.facts).length).toBeGreaterThan(3)
  expect(decoded(whole.facts, "Transfer").flatMap(({ events }) => events.map((event) => event.type))).toContain(
    "TransferCompleted",
  )
  expect(receiptsOf(whole.facts)).toHaveLength(plan.files.length)
})
