/**
 * `npm run prove:bitemporal -- --persons 1000 --pairs 20 [--seed 5]`: a generated nation with transfers, refunds and cases; for every
 * person so many (validAt, knownAt) pairs, the API's answer against the oracle's.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { createLogger } from "@tongzhang/service-kit/logger"
import { runDemo } from "@tongzhang/standalone/demo/demo"
import { openLedger } from "@tongzhang/standalone/ledger"
import { randomOf } from "../e2e/support.js"
import { askOnce, askYardstick, factsByPerson, randomMoment } from "./check.js"

export type Proved = {
  readonly persons: number
  readonly questions: number
  readonly nobody: number
  readonly wrong: readonly string[]
  readonly p50_ms: number
  readonly p99_ms: number
  readonly max_ms: number
  /** Of `/health` asked between the questions: what this machine adds to any answer, busy as it is. */
  readonly yardstick_p50_ms: number
  readonly yardstick_p99_ms: number
  /** All threads of the process, what a question sets going afterwards included. */
  readonly cpu_ms_per_question: number
}

const shown_ms = 5_000

const tenth = (value: number): number => Math.round(value * 10) / 10

/** The median, the 99th in a hundred, and the longest. */
const sharesOf = (times: readonly number[]): [number, number, number] => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => tenth(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0)
  return [at(0.5), at(0.99), at(1)]
}

export const proveBitemporal = async (
  persons: number,
  pairs: number,
  seed: number,
  say: (text: string) => void,
): Promise<Proved> => {
  const dataDir = mkdtempSync(join(tmpdir(), "tongzhang-prove-"))
  const logger = createLogger({ service: "prove", level: "error" })
  try {
    const story = await runDemo({ persons, seed, dataDir, logger, say, quiet: true })
    if (story.failures.length > 0) throw new Error(story.failures.join("; "))
    const ledger = await openLedger({ dataDir, logger })
    try {
      const token = await ledger.issue("auditor")
      const random = randomOf(seed)
      const all = await factsByPerson(ledger.engines.store)
      const times: number[] = []
      const yardstick: number[] = []
      const wrong: string[] = []
      let [nobody, done, shown] = [0, 0, performance.now()]
      const started = shown
      const cpu = process.cpuUsage()
      for (const [person, facts] of all) {
        for (let pair = 0; pair < pairs; pair++) {
          const asked = await askOnce(ledger, token, person, facts, randomMoment(facts, random))
          times.push(asked.answered_ms)
          if (asked.empty) nobody++
          if (asked.wrong !== null) wrong.push(asked.wrong)
        }
        yardstick.push(await askYardstick(ledger))
        done++
        if (performance.now() - shown < shown_ms) continue
        shown = performance.now()
        const left_s = Math.round((((shown - started) / done) * (all.size - done)) / 1_000)
        say(`${done} of ${all.size} persons, ${times.length} questions, ${wrong.length} wrong, about ${left_s} s left`)
      }
      const { user, system } = process.cpuUsage(cpu)
      const [p50_ms, p99_ms, max_ms] = sharesOf(times)
      const [yardstick_p50_ms, yardstick_p99_ms] = sharesOf(yardstick)
      const cpu_ms_per_question = tenth((user + system) / 1_000 / times.length)
      const shares = { p50_ms, p99_ms, max_ms, yardstick_p50_ms, yardstick_p99_ms, cpu_ms_per_question }
      return { persons: all.size, questions: times.length, nobody, wrong, ...shares }
    } finally {
      await ledger.close()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

const main = async (): Promise<void> => {
  const number = (fallback: string) => ({ type: "string", default: fallback }) as const
  const { values } = parseArgs({ options: { persons: number("1000"), pairs: number("20"), seed: number("5") } })
  const load = (): string =>
    loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")
  const before = load()
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  const proved = await proveBitemporal(Number(values.persons), Number(values.pairs), Number(values.seed), say)
  const machine = { cores: cpus().length, load_before: before, load_after: load(), node: process.version }
  process.stdout.write(
    `${JSON.stringify({ ...proved, wrong: proved.wrong.slice(0, 20), wrong_total: proved.wrong.length, machine }, null, 2)}\n`,
  )
  process.exitCode = proved.wrong.length === 0 ? 0 : 1
}

if (process.argv[1]?.endsWith("bitemporal.ts") ?? false) await main()
