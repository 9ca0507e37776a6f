/** `tongzhang start`: the whole ledger in one process, seeded with a small synthetic nation at its first start. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fen } from "@tongzhang/domain/money"
import { writeFeeds } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import { demoHistory, mover, rider, writeLiveFeeds } from "@tongzhang/nation/rider"
import { createLogger } from "@tongzhang/service-kit/logger"
import { systemClock } from "@tongzhang/service-kit/clock"
import { createShutdown } from "@tongzhang/service-kit/shutdown"
import { Command } from "commander"
import { feedAll } from "../demo/feeding.js"
import type { Ledger } from "../ledger.js"
import { serve } from "../serve.js"
import { Explained } from "./client.js"
import { dataDirOf } from "./connect.js"
import { wholeNumber } from "./demo.js"
import { count } from "./format.js"
import { progress } from "./progress.js"

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const seed = async (ledger: Ledger, persons: number): Promise<void> => {
  const folder = join(ledger.dataDir, "incoming")
  const writing = progress("造数 writing feeds", persons)
  const written = await writeFeeds(generateNation({ seed: 20_261_122, persons }), folder, {
    noise: 0.005,
    also: demoHistory(),
    onProgress: writing.to,
  })
  writing.to(persons)
  writing.end()
  const feeding = progress("报送 feeding rows", written.truth.rows)
  const fed = await feedAll(ledger, written, (rows) => feeding.to(rows))
  feeding.end(
    `${count(fed.feeds)} files, ${count(fed.accepted)} rows accepted, ${count(fed.refused)} refused (bad rows are part of the nation)`,
  )
  await writeLiveFeeds(join(ledger.dataDir, "incoming-live"))
  await ledger.settled()
}

/**
 * How many persons the nation shall have that is not wholly fed yet; 0 when there is nothing to do. It is noted before the first
 * file, so that a start that was broken off is finished by the next: files sent again change nothing.
 */
const seedingNote = (dataDir: string, persons: number): { readonly persons: number; readonly done: () => void } => {
  const path = join(dataDir, "seeding.json")
  if (!existsSync(join(dataDir, "events")) && persons > 0) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, JSON.stringify({ persons }), { flush: true })
  }
  const noted = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { persons: number }).persons : 0
  return { persons: noted, done: () => rmSync(path) }
}

const walkthrough = (url: string, dataDir: string, persons: number, token: string): string => `
通账 Tongzhang is running: ${count(persons)} persons. Ctrl-C stops it; what it knows stays in ${dataDir}

  控制台 console, signed in as the centre (do not pass this link on):
  ${url}/console/#token=${token}

  ${url}/intake/docs       the provinces' door        ${url}/national/docs    one record per person, boards
  ${url}/transfer/docs     N 到 1                     ${url}/duplicates/docs  overlap cases
  ${url}/audit/docs        replay, verify             ${url}/ready            health   ${url}/metrics
  local tokens: ${join(dataDir, "tokens.json")} (paste one into "Authorize")

First walk, in another terminal:
  npm run tongzhang -- record ${rider.citizenId}                          a rider's record across provinces
  npm run tongzhang -- feed ${join(dataDir, "incoming-live/33-all.csv")} --province 33     his second job arrives …
  npm run tongzhang -- overlaps --kind EMP-EMP --status open                     … and is noticed
  npm run tongzhang -- transfer ${mover.who.citizenId} --to ${mover.to}                  three provinces, one application
  npm run tongzhang -- clock --ahead 30                                    let the deadlines pass
  npm run tongzhang -- transfer ${mover.who.citizenId}                          who is late?
  npm run tongzhang -- replay ${rider.citizenId}                          every event, and what it changed
  npm run tongzhang -- verify                                              the record is what the facts say
`

const explainStart = (error: unknown, port: number, dataDir: string): Error => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === "EADDRINUSE")
    return new Explained(`port ${port} is taken`, `another ledger may be running; choose a port: npm start -- --port ${port + 1}`)
  if (/in use by process|already open|open already/.test(message))
    return new Explained(`${dataDir} is in use`, `${message}. Stop the other ledger, or use --data ANOTHER_FOLDER`)
  return error instanceof Error ? error : new Error(String(error))
}

export const startCommand = (): Command =>
  new Command("start")
    .description("start a local ledger; the first time with a synthetic nation")
    .option("--port <n>", "port on this machine", wholeNumber, 7_400)
    .option("--persons <n>", "size of the nation at the first start; 0 starts empty", wholeNumber, 1_000)
    .option("--undo <seconds>", "how long a decision about a duplicate may be taken back", wholeNumber, 60)
    .option("--approval <fen>", "a refund above it takes two officers; one is enough when left out", wholeNumber)
    .option("--log <level>", "log level", "warn")
    .action(
      async (options: { port: number; persons: number; undo: number; approval?: number; log: string }, command: Command) => {
        const dataDir = dataDirOf(command)
        const seeding = seedingNote(dataDir, options.persons)
        const logger = createLogger({ service: "standalone", level: options.log as "warn", pretty: process.stderr.isTTY })
        const approval_limit_fen = options.approval === undefined ? null : fen(options.approval)
        const decisions = { undo_seconds: options.undo, approval_limit_fen }
        const { ledger, url } = await serve(dataDir, options.port, logger, { decisions }).catch((error: unknown) => {
          throw explainStart(error, options.port, dataDir)
        })
        const shutdown = createShutdown({ logger, clock: systemClock })
        shutdown.add("ledger", () => ledger.close())
        let stopping = false
        shutdown.add("seeding", async () => {
          stopping = true
        })
        shutdown.listen()
        try {
          if (seeding.persons > 0) await seed(ledger, seeding.persons)
          await ledger.settled()
        } catch (error) {
          // Ctrl-C closes the ledger under the nation's files; the next start sends the rest.
          if (stopping) return
          throw error
        }
        if (stopping) return
        if (seeding.persons > 0) seeding.done()
        say(walkthrough(url, dataDir, (await ledger.queries.totals()).persons, await ledger.issue("center")))
      },
    )
