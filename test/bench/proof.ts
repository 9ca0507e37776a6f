/**
 * What the proof costs: building the log beside the projector's own cost on the same ledger, an append with the follower running and
 * without, and fsck's rebuilding of every hash beside a bare scan that hashes the same bytes.
 */
import { createHash, hash } from "node:crypto"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { compareLog } from "@tongzhang/audit/fsck/log-stage"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, NewEvent, Position } from "@tongzhang/event-store/port"
import { createProjector } from "@tongzhang/projector/projector"
import { fileTiles } from "@tongzhang/proof/files"
import { createProofFollower } from "@tongzhang/proof/follow"
import { openProofLog } from "@tongzhang/proof/log"
import { newSigningKey, openNoteSigner } from "@tongzhang/proof/signer"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { systemClock } from "@tongzhang/service-kit/clock"
import { type Figure, median } from "./figures.ts"
import { collectGarbage, ledgerDir, type Part, seconds, silent } from "./setting.ts"

const signer = openNoteSigner(newSigningKey("ledger.example/bench"))

/** Follows the whole store into an empty folder. */
const follow = (store: EventStore, folder: string) => {
  const [tiles, state] = [fileTiles(join(folder, "public")), fileTiles(join(folder, "state"))]
  const open = () => openProofLog({ tiles, state, signer, now: systemClock.now })
  const follower = createProofFollower({ store, state, open })
  const stopping = new AbortController()
  const run = follower.run(stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await run
  }
  return { tiles, state, follower, stop }
}

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
  readonly projector_s: number
  readonly proof_s: number
  readonly projector_cpu_s: number
  readonly proof_cpu_s: number
  readonly scan_s: number
  readonly fsck_s: number
}

/** Seconds on the clock, and of all threads of this process: waiting for the disk costs nobody else anything. */
const timed = async (work: () => Promise<unknown>): Promise<{ readonly clock_s: number; readonly cpu_s: number }> => {
  collectGarbage()
  const before = process.cpuUsage()
  const clock_s = await seconds(work)
  const { user, system } = process.cpuUsage(before)
  return { clock_s, cpu_s: (user + system) / 1e6 }
}

const oneRound = async (store: EventStore, record: RecordDb, folder: string): Promise<Round> => {
  await record.clear()
  const projector = createProjector({ store, record, clock: systemClock, logger: silent, random: () => 0.5 })
  const folding = await timed(async () => {
    projector.start()
    await projector.caughtUp()
  })
  await projector.stop()
  const proof = follow(store, folder)
  const building = await timed(() => proof.follower.caughtUp())
  await proof.stop()
  collectGarbage()
  let events = 0
  const scan_s = await seconds(async () => (events = await scanAndHash(store)))
  const log = { store, tiles: proof.tiles, state: proof.state, key: signer.key }
  const options = { resume: false, signal: new AbortController().signal, onProgress: () => {} }
  collectGarbage()
  const fsck_s = await seconds(async () => {
    const report = await compareLog(log, options)
    if (report?.ok !== true) throw new Error(`fsck of an untouched ledger: ${JSON.stringify(report)}`)
  })
  await rm(folder, { recursive: true })
  const [projector_s, proof_s] = [folding.clock_s, building.clock_s]
  return { events, projector_s, proof_s, projector_cpu_s: folding.cpu_s, proof_cpu_s: building.cpu_s, scan_s, fsck_s }
}

const eventOf = (n: number): NewEvent => ({
  id: `00000000-0000-5000-8000-${String(n).padStart(12, "0")}`,
  type: "ContributionRecorded@1",
  data: Buffer.from(JSON.stringify({ line: `L${n}`, base_fen: 500_000 })),
  metadata: Buffer.from(JSON.stringify({ commandId: `c${n}` })),
})

/** One append after the other, each durable before the next; median in ms. */
const appendMedian = async (store: EventStore, stream: string, count: number): Promise<number> => {
  const times: number[] = []
  for (let n = 0; n < count; n++)
    times.push(1_000 * (await seconds(() => store.append(stream as StreamName, n - 1, [eventOf(n)]))))
  return median(times)
}

const appends = async (dir: string, count: number): Promise<{ readonly alone_ms: number; readonly followed_ms: number }> => {
  const store = await openEmbeddedStore({ path: join(dir, "proof-appends") })
  await appendMedian(store, "Feed-31_warm", Math.min(count, 50))
  const alone_ms = await appendMedian(store, "Feed-31_a", count)
  const proof = follow(store, join(dir, "proof-live"))
  await proof.follower.caughtUp()
  const followed_ms = await appendMedian(store, "Feed-31_b", count)
  await proof.follower.caughtUp()
  await proof.stop()
  await store.close()
  return { alone_ms, followed_ms }
}

export const proof: Part = async ({ sizes, dir, say }): Promise<Figure[]> => {
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const record = await openRecord({ kind: "pglite", path: join(dir, "proof-record") })
  const rounds: Round[] = []
  for (let round = sizes.rounds === 1 ? 1 : 0; round <= Math.min(3, sizes.rounds); round++) {
    const result = await oneRound(store, record, join(dir, "proof"))
    say(
      `round ${round}: building ${(result.proof_cpu_s / result.projector_cpu_s).toFixed(2)} of the projector's CPU (${(result.proof_s / result.projector_s).toFixed(2)} of its time), fsck ${(result.scan_s / result.fsck_s).toFixed(2)} of scan and hash`,
    )
    if (round > 0) rounds.push(result)
  }
  await record.close()
  await store.close()
  const { alone_ms, followed_ms } = await appends(dir, sizes.commands)
  const rate = (of: (round: Round) => number): number => median(rounds.map((round) => round.events / of(round)))
  return [
    {
      name: "proof.build",
      label: "Proof log built by following",
      value: rate(({ proof_s }) => proof_s),
      unit: "events/s",
      against: {
        label: "the projector on the same events: what following costs anyway (ratio: CPU seconds added)",
        value: rate(({ projector_s }) => projector_s),
        unit: "events/s",
      },
      ratio: median(rounds.map(({ proof_cpu_s, projector_cpu_s }) => proof_cpu_s / projector_cpu_s)),
      aim: { of: "ratio", kind: "at most", bound: 0.2 },
      note: `${median(rounds.map((round) => (1e6 * round.proof_cpu_s) / round.events)).toFixed(0)} us of CPU per event; on the clock, alone and with every file synced, ${median(rounds.map(({ proof_s, projector_s }) => proof_s / projector_s)).toFixed(2)} of the projector's time`,
    },
    {
      name: "proof.append",
      label: "Append while the log follows, median",
      value: followed_ms,
      unit: "ms",
      against: { label: "the same append with nobody following", value: alone_ms, unit: "ms" },
      ratio: followed_ms / alone_ms,
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
  ]
}
