/**
 * What the proof costs: the follower of a ledger with the proof log beside it and without, fsck's rebuilding of every hash beside a
 * bare scan that hashes the same bytes, and an append while the log follows (proof-append.ts).
 */
import { createHash, hash } from "node:crypto"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { fsck } from "@tongzhang/audit/fsck/fsck"
import { compareLog } from "@tongzhang/audit/fsck/log-stage"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { systemClock } from "@tongzhang/service-kit/clock"
import { type Figure, median } from "./figures.ts"
import { appends } from "./proof-append.ts"
import { followProof, signer } from "./proof-follow.ts"
import { type Cost, firstEvents, followWhole, type Live, liveRound, timed, turnsOf } from "./proof-live.ts"
import { collectGarbage, ledgerDir, type Part, seconds } from "./setting.ts"

/** The least a checker could do: read every event, hash its bytes, its leaf and one node of the tree. */
const scanAndHash = async (store: EventStore): Promise<number> => {
  let events = 0
  let after: Position | null = null
  for (let atEnd = false; !atEnd;) {
    const page = await store.readAll({ after, max: 2_000 })
    for (const { data, metadata } of page.events) {
      const content = createHash("sha256").update(data).update(metadata).digest()
      hash("sha256", hash("sha256", content, "buffer"), "buffer")
    }
    events += page.events.length
    after = page.next
    atEnd = page.atEnd
  }
  return events
}

type Round = {
  readonly events: number
  readonly live: Live
  readonly without: Cost
  readonly beside: Cost
  readonly alone: Cost
  readonly scan_s: number
  readonly fsck_s: number
  readonly whole_s: number
}

/** Each way twice, in turns; the sum of both. */
const bothWays = async (store: EventStore, record: RecordDb, folder: string, isEven: boolean) => {
  const spent = { without: { clock_s: 0, cpu_s: 0 }, beside: { clock_s: 0, cpu_s: 0 } }
  for (const way of turnsOf<"without" | "beside">("without", "beside", isEven)) {
    const { clock_s, cpu_s } = await followWhole(store, record, way === "beside" ? folder : null)
    spent[way] = { clock_s: spent[way].clock_s + clock_s, cpu_s: spent[way].cpu_s + cpu_s }
    await rm(folder, { recursive: true, force: true })
  }
  return spent
}

const oneRound = async (store: EventStore, record: RecordDb, folder: string, isEven: boolean): Promise<Round> => {
  const live = await liveRound(await firstEvents(store), record, `${folder}-live`, isEven)
  const { without, beside } = await bothWays(store, record, `${folder}-beside`, isEven)
  let proof: ReturnType<typeof followProof> | null = null
  const alone = await timed(() => (proof = followProof(store, folder)).follower.caughtUp())
  const { stop, tiles, state } = proof as unknown as ReturnType<typeof followProof>
  await stop()
  collectGarbage()
  let events = 0
  const scan_s = await seconds(async () => (events = await scanAndHash(store)))
  const log = { store, tiles, state, key: signer.key }
  const options = { resume: false, signal: new AbortController().signal, onProgress: () => {} }
  collectGarbage()
  const fsck_s = await seconds(async () => {
    const report = await compareLog(log, options)
    if (report?.ok !== true) throw new Error(`fsck of an untouched ledger: ${JSON.stringify(report)}`)
  })
  collectGarbage()
  const whole_s = await seconds(async () => {
    const report = await fsck({ log, record, clock: systemClock }, options)
    if (!report.ok) throw new Error(`fsck of an untouched ledger: ${report.first ?? "not in order"}`)
  })
  await rm(folder, { recursive: true })
  return { events, live, without, beside, alone, scan_s, fsck_s, whole_s }
}

const added = ({ without, beside }: Round): number => beside.cpu_s / without.cpu_s - 1
const addedLive = ({ live }: Round): number => live.beside_s / live.without_s - 1
const spreadOf = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)]

const figuresOf = (rounds: readonly Round[]): Figure[] => {
  const rate = (of: (round: Round) => number): number => median(rounds.map((round) => round.events / of(round)))
  const cpu_us = (of: (round: Round) => number): string =>
    median(rounds.map((round) => (1e6 * of(round)) / round.events)).toFixed(1)
  const per_event = (of: (live: Live) => number): number => median(rounds.map(({ live }) => (1e6 * of(live)) / live.events))
  return [
    {
      name: "proof.live",
      label: "Following facts as they arrive, with the proof log, CPU",
      value: per_event(({ beside_s }) => beside_s),
      unit: "us/event",
      against: {
        label: "the same follower without: the projector, in the same process (ratio: CPU added)",
        value: per_event(({ without_s }) => without_s),
        unit: "us/event",
      },
      ratio: median(rounds.map(addedLive)),
      spread: spreadOf(rounds.map(addedLive)),
      aim: { of: "ratio", kind: "at most", bound: 0.2 },
      note: "the writer's own cost, measured in the same round, is taken off both",
    },
    {
      name: "proof.whole",
      label: "Following a whole ledger from its beginning, with the proof log",
      value: rate(({ beside }) => beside.clock_s / 2),
      unit: "events/s",
      against: {
        label:
          "the same without (ratio: CPU added); a record that is empty is copied in, not upserted, so this follower costs least",
        value: rate(({ without }) => without.clock_s / 2),
        unit: "events/s",
      },
      ratio: median(rounds.map(added)),
      spread: spreadOf(rounds.map(added)),
      aim: { of: "ratio", kind: "at most", bound: 0.2 },
      note: `CPU per event, us: ${cpu_us(({ without }) => without.cpu_s / 2)} without, ${cpu_us(({ beside }) => beside.cpu_s / 2)} with; alone, reading for itself, the log takes ${cpu_us(({ alone }) => alone.cpu_s)} and follows ${rate(({ alone }) => alone.clock_s).toFixed(0)} events/s`,
    },
    {
      name: "proof.fsck",
      label: "fsck: every hash, tile and checkpoint",
      value: rate(({ fsck_s }) => fsck_s),
      unit: "events/s",
      against: {
        label: "a scan that hashes each event's bytes, a leaf and a node",
        value: rate(({ scan_s }) => scan_s),
        unit: "events/s",
      },
      ratio: median(rounds.map(({ scan_s, fsck_s }) => scan_s / fsck_s)),
      aim: { of: "ratio", kind: "at least", bound: 0.3 },
      note: "canonical form (RFC 8785) and the whole tree included; hashed in a thread of its own",
    },
    {
      name: "proof.fsck_whole",
      label: "fsck: everybody folded again and compared with the record, too",
      value: rate(({ whole_s }) => whole_s),
      unit: "events/s",
      against: { label: "the same scan that hashes", value: rate(({ scan_s }) => scan_s), unit: "events/s" },
      ratio: median(rounds.map(({ scan_s, whole_s }) => scan_s / whole_s)),
      note: "one scan for both; conservation and the statistics table counted anew (scan + fold alone: replay)",
    },
  ]
}

export const proof: Part = async (input): Promise<Figure[]> => {
  const { sizes, dir, say } = input
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const record = await openRecord({ kind: "pglite", path: join(dir, "proof-record") })
  const rounds: Round[] = []
  for (let round = sizes.rounds === 1 ? 1 : 0; round <= sizes.rounds; round++) {
    const result = await oneRound(store, record, join(dir, "proof"), round % 2 === 0)
    say(
      `round ${round}: the log adds ${addedLive(result).toFixed(2)} to the follower's CPU, ${added(result).toFixed(2)} from the beginning, fsck ${(result.scan_s / result.fsck_s).toFixed(2)} of scan and hash`,
    )
    if (round > 0) rounds.push(result)
  }
  await record.close()
  await store.close()
  return [...figuresOf(rounds), ...(await appends(input))]
}
