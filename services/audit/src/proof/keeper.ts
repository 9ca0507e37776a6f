/**
 * Keeps the ledger's proof log: follows the ledger, publishes tiles and checkpoints into a folder, and has witnesses sign. One
 * process per folder; other processes may read it.
 */
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { lockFolder } from "@tongzhang/event-store/embedded/lock"
import type { EventStore } from "@tongzhang/event-store/port"
import { cosignCurrent, type Cosigning, type WitnessDoor } from "@tongzhang/proof/cosign"
import { fileTiles } from "@tongzhang/proof/files"
import type { FindDeps } from "@tongzhang/proof/find"
import { type IdIndex, openIdIndex } from "@tongzhang/proof/id-index"
import { createProofFollower, type FollowLimits } from "@tongzhang/proof/follow"
import { openProofLog, type ProofLog } from "@tongzhang/proof/log"
import { type NoteKey, parseVkey } from "@tongzhang/proof/note"
import { openNoteSigner } from "@tongzhang/proof/signer"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import { supervise, supervisedCheck, type Supervised } from "@tongzhang/service-kit/supervise"
import type { Logger } from "pino"
import { z } from "zod"

export type ProofKeeperOptions = {
  readonly store: EventStore
  /** `public/` is what everybody may have, `state/` the log's own, `witnesses.json` who signs. */
  readonly folder: string
  /** `PRIVATE+KEY+origin+…`; whoever has it can sign another history. */
  readonly signingKey: string
  readonly clock: Clock
  readonly logger: Logger
  readonly random: () => number
  readonly limits?: Partial<FollowLimits>
}

export type ProofStatus = {
  /** When the newest checkpoint was signed, ms since 1970; that of the start of the process until it signs one. */
  readonly publishedAt: number
  /** How long the ledger has been ahead of the log; 0 when it is not. */
  readonly lag_seconds: number
  /** The last time the witnesses were asked by this process; null: not yet, or there are none. */
  readonly round: { readonly at: number; readonly signed: readonly string[]; readonly refused: Cosigning["refused"] } | null
}

export type ProofKeeper = {
  readonly key: NoteKey
  readonly find: FindDeps
  /** Places of events by their ids. */
  readonly ids: IdIndex
  /** Null until it is first opened. */
  readonly log: () => ProofLog | null
  readonly witnesses: () => Promise<readonly NoteKey[]>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly checks: readonly HealthCheck[]
  /** Resolves when the ledger's present end is published. */
  readonly caughtUp: () => Promise<void>
  readonly status: () => Promise<ProofStatus>
  /** One round now; null when nobody is asked or nothing is published. */
  readonly cosign: () => Promise<Cosigning | null>
}

export const publicFolder = (folder: string): string => join(folder, "public")
const witnessesFile = "witnesses.json"
const cosign_ms = 60_000
/** Whoever asks for an event by its id waits for what was published since: a minute's events are read in milliseconds. */
const ids_ms = 60_000
const witness_wait_ms = 10_000
const lag_seconds_max = 60

const witnessList = z.array(z.object({ vkey: z.string(), url: z.url() }))
export type WitnessEntry = z.infer<typeof witnessList>[number]

/** Who is asked to sign; read at every round, so that a witness can be added without a restart. */
export const readWitnesses = async (folder: string): Promise<readonly WitnessEntry[]> => {
  const text = await readFile(join(folder, witnessesFile), "utf8").catch(() => "[]")
  return witnessList.parse(JSON.parse(text))
}

const doorOf = ({ vkey, url }: WitnessEntry): WitnessDoor => ({
  key: parseVkey(vkey),
  post: async (body) => {
    const target = `${url.replace(/\/$/u, "")}/add-checkpoint`
    const headers = { "content-type": "text/plain; charset=utf-8" }
    const answer = await fetch(target, { method: "POST", body, headers, signal: AbortSignal.timeout(witness_wait_ms) })
    return { status: answer.status, body: await answer.text() }
  },
})

export const createProofKeeper = (options: ProofKeeperOptions): ProofKeeper => {
  const { store, folder, clock, logger, random } = options
  const signer = openNoteSigner(options.signingKey)
  const tiles = fileTiles(publicFolder(folder))
  const state = fileTiles(join(folder, "state"))
  const ids = openIdIndex(state)
  let publishedAt = clock.now()
  const follower = createProofFollower({
    store,
    state,
    open: () => openProofLog({ tiles, state, signer, now: clock.now }),
    onPublished: () => (publishedAt = clock.now()),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  let loops: readonly Supervised[] = []
  let unlock = (): void => undefined
  let lastRound: ProofStatus["round"] = null

  const cosign = async (): Promise<Cosigning | null> => {
    const entries = await readWitnesses(folder)
    const round = await cosignCurrent(tiles, entries.map(doorOf))
    for (const refusal of round?.refused ?? []) logger.warn(refusal, "a witness did not sign")
    if (round !== null) lastRound = { at: clock.now(), signed: round.signed.map(({ name }) => name), refused: round.refused }
    return round
  }
  const cosignForEver = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await cosign()
      await clock.sleep(cosign_ms, signal)
    }
  }
  const status = async (): Promise<ProofStatus> => {
    const head = await store.head()
    const behind = head !== null && (follower.log()?.published().position ?? "") < head
    const lag_seconds = behind ? Math.round((clock.now() - publishedAt) / 1000) : 0
    return { publishedAt, lag_seconds, round: lastRound }
  }
  const indexForEver = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const log = follower.log()
      if (log !== null) await ids.extend(log.reader())
      await clock.sleep(ids_ms, signal)
    }
  }
  const lag: HealthCheck = {
    name: "proof",
    limit_lag_seconds: lag_seconds_max,
    check: async () => {
      const { lag_seconds, round } = await status()
      const size = follower.log()?.published().size ?? 0
      return { ok: true, detail: `${size} events published, ${round?.signed.length ?? 0} witnesses signed`, lag_seconds }
    },
  }
  return {
    key: signer.key,
    find: { store, tiles, state },
    ids,
    log: follower.log,
    witnesses: async () => (await readWitnesses(folder)).map(({ vkey }) => parseVkey(vkey)),
    start: async () => {
      await mkdir(folder, { recursive: true })
      unlock = lockFolder(folder)
      loops = [
        supervise({ name: "proof log", run: follower.run, clock, logger, random }),
        supervise({ name: "proof witnesses", run: cosignForEver, clock, logger, random }),
        supervise({ name: "proof ids", run: indexForEver, clock, logger, random }),
      ]
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      unlock()
      unlock = () => undefined
    },
    checks: [
      lag,
      {
        name: "proof log",
        check: async () => (loops[0] === undefined ? { ok: false, detail: "not started" } : supervisedCheck(loops[0]).check()),
      },
    ],
    caughtUp: follower.caughtUp,
    status,
    cosign,
  }
}
