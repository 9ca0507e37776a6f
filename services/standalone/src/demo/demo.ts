/**
 * The story of the demo, start to end, on the real services: a country sends its files, duplicates are found and compared with the
 * labels, one application gathers three provinces, decisions clear months, and the record is rebuilt to the same digest.
 */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { writeFeeds, type Written } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import {
  demoHistory,
  mover,
  moverWithOverlap,
  pensioner,
  pensionerCase,
  rider,
  riderCases,
  writeLiveFeeds,
} from "@tongzhang/nation/rider"
import type { Logger } from "pino"
import { createClient, readTokenFile } from "../cli/client.js"
import { progress } from "../cli/progress.js"
import type { Ledger } from "../ledger.js"
import { serve } from "../serve.js"
import { compareWithTruth, type Detection } from "./detection.js"
import { type Fed, feedAll, feedOne, plus } from "./feeding.js"
import { caseOf, drawCase, playDecision } from "./overlap-story.js"
import { layDemoSetting } from "./setting.js"
import { keyOf, playTransfer, type Stage, type TransferStory } from "./transfer-story.js"

export type DemoOptions = {
  readonly persons: number
  readonly seed: number
  readonly dataDir: string
  readonly logger: Logger
  readonly say: (text: string) => void
  readonly quiet: boolean
}

export type DemoResult = {
  readonly persons: number
  readonly events: number
  readonly feeds: number
  readonly rowsAccepted: number
  readonly rowsUnchanged: number
  readonly rowsRefused: number
  readonly rowsRefusedExpected: number
  readonly transfersCompleted: number
  readonly personActsPerTransfer: number
  readonly overlapsDetected: number
  readonly overlapsExpected: number
  readonly falseAlarms: number
  readonly precision: number
  readonly recall: number
  readonly alarmSeconds: number
  readonly secondBenefitHeld: boolean
  readonly conserved: boolean
  readonly recordDigest: string
  readonly rebuiltDigest: string
  readonly seconds: number
  /** Checks that failed, in words; empty when the demo is what it says. */
  readonly failures: readonly string[]
}

type Failures = { readonly check: (holds: boolean, text: string) => void; readonly list: readonly string[] }

const collectFailures = (): Failures => {
  const list: string[] = []
  return { list, check: (holds, text) => void (holds || list.push(text)) }
}

const writeNation = async (options: DemoOptions): Promise<Written> => {
  const { persons, seed, dataDir, quiet } = options
  const shown = progress("造数 writing feeds", persons, quiet)
  const nation = generateNation({ seed, persons })
  const written = await writeFeeds(nation, join(dataDir, "incoming"), {
    noise: 0.005,
    also: demoHistory(),
    onProgress: (done) => shown.to(done),
  })
  shown.to(persons)
  shown.end()
  return written
}

const feedNation = async (ledger: Ledger, written: Written, options: DemoOptions): Promise<Fed> => {
  const shown = progress("报送 feeding rows", written.truth.rows, options.quiet)
  const fed = await feedAll(ledger, written, (rows) => shown.to(rows))
  shown.end()
  return fed
}

/** Feeds what arrives live and measures how long the rider's alarm takes from the accepted file. */
const feedLive = async (
  stage: Stage,
  dir: string,
): Promise<{ readonly fed: Fed; readonly live: Written; readonly alarmSeconds: number }> => {
  const live = await writeLiveFeeds(dir)
  const { ledger } = stage
  const person = keyOf(ledger, rider.citizenId)
  let fed: Fed | null = null
  const startedAt = performance.now()
  for (const file of live.files) {
    const one = await feedOne(ledger, file)
    fed = fed === null ? one : plus(fed, one)
  }
  await ledger.relay.caughtUp()
  await ledger.duplicates.idle()
  const alarmSeconds = (performance.now() - startedAt) / 1_000
  await ledger.settled()
  for (const expected of riderCases) stage.say(drawCase(await caseOf(stage, person, "pension", expected.case)))
  if (fed === null) throw new Error("the demo has no live files")
  return { fed, live, alarmSeconds }
}

const sayDetection = (say: DemoOptions["say"], found: Detection): void => {
  say(
    `重复参保 duplicates: ${found.detected} of ${found.expected} found, ${found.falseAlarms} false alarms · precision ${found.precision.toFixed(4)} · recall ${found.recall.toFixed(4)}`,
  )
  for (const difference of found.differences.slice(0, 20)) say(`  ${difference}`)
}

const playTransfers = async (stage: Stage, { check }: Failures): Promise<readonly TransferStory[]> => {
  const { say } = stage
  say(`\n二 · N 到 1: ${mover.who.name}, ${mover.legs.length} provinces → ${mover.to}, one application`)
  const first = await playTransfer(stage, mover, "1")
  say(`\n    先转后清: ${moverWithOverlap.who.name}, with months paid twice`)
  const second = await playTransfer(stage, moverWithOverlap, "2")
  for (const story of [first, second]) {
    check(story.completed, `transfer ${story.transferId} did not complete`)
    check(story.reminded && story.escalated, `the stalled leg of ${story.transferId} was not reminded and escalated`)
    check(story.conserved, `months or fen of ${story.transferId} were not conserved`)
    check(story.personActs === 1, `the person of ${story.transferId} acted ${story.personActs} times`)
  }
  return [first, second]
}

const playDecisions = async (stage: Stage, { check }: Failures): Promise<void> => {
  const { ledger, say } = stage
  say("\n三 · 重复清理: options side by side, decision, refund")
  for (const expected of riderCases)
    check(
      await playDecision(stage, keyOf(ledger, rider.citizenId), "pension", expected),
      `case ${expected.case} was not cleared as proposed`,
    )
  for (const expected of moverWithOverlap.cases)
    check(
      await playDecision(stage, keyOf(ledger, moverWithOverlap.who.citizenId), "pension", expected),
      `case ${expected.case} was not cleared after the transfer`,
    )
}

export const runDemo = async (options: DemoOptions): Promise<DemoResult> => {
  const { dataDir, logger, say } = options
  const startedAt = performance.now()
  const failures = collectFailures()
  rmSync(dataDir, { recursive: true, force: true })
  layDemoSetting(dataDir, Date.now())
  const written = await writeNation(options)
  const { ledger, url } = await serve(dataDir, 0, logger)
  try {
    say(`一 · ${written.truth.persons} persons, ${written.files.length} feed files, ledger at ${url}`)
    const nationFed = await feedNation(ledger, written, options)
    await ledger.settled()
    const movers = [mover, moverWithOverlap].map(({ who }) => `person:${keyOf(ledger, who.citizenId)}`)
    const { tokens } = readTokenFile(dataDir)
    const personTokens = Object.fromEntries(await Promise.all(movers.map(async (as) => [as, await ledger.issue(as)] as const)))
    const stage: Stage = { ledger, client: createClient({ url, tokens: { ...tokens, ...personTokens } }), say }
    say(`\n    骑手 ${rider.name}: resident at home and two jobs at once`)
    const { fed: liveFed, live, alarmSeconds } = await feedLive(stage, join(dataDir, "incoming-live"))
    const fed = plus(nationFed, liveFed)
    const detection = await compareWithTruth({ ...ledger, ...ledger.engines }, [
      ...written.truth.duplicates,
      ...live.truth.duplicates,
    ])
    sayDetection(say, detection)
    const held = await caseOf(stage, keyOf(ledger, pensioner.citizenId), "benefit", pensionerCase.case)
    const refusedExpected = written.truth.expectedRefused + live.truth.expectedRefused
    failures.check(fed.refused === refusedExpected, `${fed.refused} rows refused, ${refusedExpected} expected`)
    failures.check(
      detection.differences.length === 0,
      `detection differs from the labels in ${detection.differences.length} cases`,
    )
    const stories = await playTransfers(stage, failures)
    await playDecisions(stage, failures)

    say("\n四 · 丢弃重建: drop the record, fold every fact again")
    const before = await ledger.queries.digest()
    const rebuilt = await ledger.projector.rebuild()
    failures.check(before.digest === rebuilt.digest, "the rebuilt record has another digest")
    say(`digest ${before.digest}\n   new ${rebuilt.digest}`)
    return {
      persons: before.persons,
      events: before.events,
      feeds: fed.feeds,
      rowsAccepted: fed.accepted,
      rowsUnchanged: fed.unchanged,
      rowsRefused: fed.refused,
      rowsRefusedExpected: refusedExpected,
      transfersCompleted: stories.filter((story) => story.completed).length,
      personActsPerTransfer: Math.max(...stories.map((story) => story.personActs)),
      overlapsDetected: detection.detected,
      overlapsExpected: detection.expected,
      falseAlarms: detection.falseAlarms,
      precision: detection.precision,
      recall: detection.recall,
      alarmSeconds: Math.round(alarmSeconds * 1_000) / 1_000,
      secondBenefitHeld: held.status === "open" && liveFed.refused >= 1,
      conserved: stories.every((story) => story.conserved),
      recordDigest: before.digest,
      rebuiltDigest: rebuilt.digest,
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      failures: failures.list,
    }
  } finally {
    await ledger.close()
  }
}
