/** Feeds from file to receipt: taking a file in, running it, continuing one that was interrupted. */
import { basename } from "node:path"
import { isLeft } from "fp-ts/lib/Either.js"
import { decodeMetadata } from "@tongzhang/contracts/codec"
import type { Actor, Metadata } from "@tongzhang/contracts/envelope"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Decision } from "@tongzhang/domain/decider"
import * as feed from "@tongzhang/domain/feed"
import { addMonths, monthOfDate } from "@tongzhang/domain/month"
import { streamOf as personStream } from "@tongzhang/domain/person"
import { fen } from "@tongzhang/domain/money"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { lawVersion } from "@tongzhang/law/citation"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Logger } from "pino"
import { metadataWriter, purpose } from "../batch/encode.js"
import { createEngine, type Engine } from "../batch/engine.js"
import { openOutcomes, outcomesHash, recoverOutcomes } from "../batch/outcomes.js"
import { runRows } from "../batch/run.js"
import { emptyTally, type Tally } from "../batch/tally.js"
import type { IntakeLimits } from "../limits.js"
import type { Policies } from "../policies/policies.js"
import { fileFacts } from "../reading/file-facts.js"
import { type Columns, essential } from "../reading/columns.js"
import { openSource, peek } from "../reading/source.js"
import type { Identities } from "../rows/prepare.js"
import type { Prepared, Today } from "../rows/prepared.js"
import { feedIdOf, type FeedFolder, type FeedNote, type FeedResult, receiptNoOf } from "./folder.js"

export type FeedDeps = {
  readonly store: EventStore
  readonly aggregates: AggregateStore
  readonly keys: KeyStore
  /** One for all feeds and commands: they share the cache of states, and wait for each other's persons. */
  readonly engine: Engine
  readonly identities: Identities
  readonly policies: Pick<Policies, "limitBook">
  readonly clock: Clock
  readonly logger: Logger
  readonly folder: FeedFolder
  readonly limits: IntakeLimits
}

export type Upload = {
  /** A file in the folder's incoming place; it is moved away. */
  readonly incoming: string
  readonly fileName: string
  readonly province: ProvinceCode
  readonly actor: Actor
  readonly dryRun: boolean
  /** What the agency assigned; default nothing: headers go by the ledger's own names. */
  readonly columns?: Columns
}

export type Feeds = {
  /** Looks at the file and files it under its feed. Throws `FileProblem` (the file is then discarded). */
  readonly takeIn: (upload: Upload, isRunning: (feedId: string) => boolean) => Promise<FeedNote>
  /** Runs a feed to its end and notes the result. A feed that was interrupted goes on where it was. */
  readonly run: (feedId: string, onProgress: (tally: Tally) => void, signal: AbortSignal) => Promise<FeedNote>
  /** Feeds received whose end is not in the ledger, oldest first. */
  readonly unfinished: () => Promise<readonly FeedNote[]>
}

/** China has one time zone. */
const china_ms = 8 * 3_600_000

export const todayOf = (now: number, limits: IntakeLimits): Today => {
  const date = new Date(now + china_ms).toISOString().slice(0, 10)
  return { date, lastMonth: addMonths(monthOfDate(date), limits.monthsAhead_max) }
}

type Step = { readonly state: feed.Feed; readonly isNew: boolean }

const stepMetadata = (note: FeedNote, step: string): Metadata => ({
  actor: note.actor,
  channel: "batch",
  purpose,
  commandId: `feed:${note.feedId}:${step}`,
  correlationId: note.feedId,
  ruleVersion: lawVersion,
})

export const createFeeds = (deps: FeedDeps): Feeds => {
  const { store, aggregates, clock, folder, identities, keys, limits, logger } = deps
  // A dry run moves states on in memory, apart from everybody else's.
  const rehearsal = (): Engine => createEngine({ store, keys, nameIndex: identities.nameIndex, limits, writes: false })

  const step = async (
    note: FeedNote,
    name: string,
    decide: (state: feed.Feed) => Decision<feed.FeedRefusal, feed.FeedEvent>,
  ): Promise<Step> => {
    const done = await aggregates.execute(feed, feed.streamOf(note.province, note.feedId), decide, stepMetadata(note, name))
    if (isLeft(done)) throw new Error(`feed ${note.feedId}: ${done.left.code}`)
    return { state: done.right.state, isNew: done.right.events.length > 0 }
  }

  /** Events that the row of this feed has in the ledger, on the person's own stream and on the row's. */
  const writtenBy =
    (note: FeedNote) =>
    async (prepared: Prepared, row: number): Promise<number> => {
      const streams = new Set<StreamName>([personStream(prepared.person), prepared.stream])
      let events = 0
      for (const stream of streams) {
        for (const record of await store.readStream(stream, { direction: "backwards", max: limits.window_rows })) {
          const { source } = decodeMetadata(record.metadata)
          if (source?.feedId === note.feedId && source.row === row) events++
        }
      }
      return events
    }

  const takeIn: Feeds["takeIn"] = async ({ incoming, fileName, province, actor, dryRun, columns: chosen = {} }, isRunning) => {
    try {
      const name = basename(fileName).slice(-200) || "file"
      const facts = await fileFacts(incoming, name)
      const { header } = Object.keys(chosen).length === 0 ? { header: null } : await peek(incoming, facts, limits, 1)
      const columns = header === null ? {} : essential(header, chosen)
      const feedId = feedIdOf(province, facts.hash, columns, dryRun)
      const current = isRunning(feedId) ? await folder.note(feedId) : null
      if (current !== null) {
        await folder.discard(incoming)
        return current
      }
      // A file without a readable header is no feed: nothing of it reaches the ledger.
      const source = await openSource(incoming, facts, limits, columns)
      const unknownColumns = source.header?.unknown ?? []
      await folder.adopt(incoming, feedId)
      const note: FeedNote = {
        feedId,
        province,
        fileName: name,
        actor,
        facts,
        dryRun,
        columns,
        receivedAt: clock.now(),
        unknownColumns,
        result: null,
        failure: null,
      }
      await folder.writeNote(note)
      return note
    } catch (error) {
      await folder.discard(incoming)
      throw error
    }
  }

  const pass = async (note: FeedNote, goesOn: boolean, onProgress: (tally: Tally) => void, signal: AbortSignal) => {
    const { feedId, province, facts, dryRun } = note
    const path = folder.outcomes(feedId)
    const limitBook = await deps.policies.limitBook(province)
    const from = goesOn ? await recoverOutcomes(path) : emptyTally
    const outcomes = await openOutcomes(path, from.rows === 0)
    try {
      return await runRows({
        source: await openSource(folder.source(feedId), facts, limits, note.columns ?? {}),
        preparing: { province, identities, today: todayOf(clock.now(), limits), limits, limitBook },
        engine: dryRun ? rehearsal() : deps.engine,
        metadata: metadataWriter({
          actor: note.actor,
          channel: "batch",
          correlationId: feedId,
          source: { feedId, fileHash: facts.hash },
          policy: limitBook.policy,
        }),
        outcomes,
        limits,
        from,
        writtenBefore: goesOn ? writtenBy(note) : null,
        onProgress,
        signal,
      })
    } finally {
      await outcomes.close()
    }
  }

  /** The feed's own stream: counts and receipt, once. A file sent again finds its receipt there. */
  const close = async (note: FeedNote, tally: Tally, resultHash: string): Promise<string | null> => {
    if (note.dryRun) return null
    const { rows, events, accepted, unchanged, refused, paid_fen } = tally
    await step(note, "settled", feed.settleFeed({ rows, events, accepted, unchanged, refused, paid_fen: fen(paid_fen) }))
    const receiptNo = receiptNoOf(note.province, note.feedId)
    const { state } = await step(note, "receipt", feed.issueReceipt({ receiptNo, resultHash }))
    return state.receiptNo
  }

  const run: Feeds["run"] = async (feedId, onProgress, signal) => {
    const note = await folder.note(feedId)
    if (note === null) throw new Error(`no feed ${feedId}`)
    const startedAt = clock.now()
    const { province, fileName, facts, columns = {} } = note
    const receive = feed.receiveFeed({
      province,
      fileName,
      fileHash: facts.hash,
      size_bytes: facts.size_bytes,
      format: facts.format,
      encoding: facts.encoding,
      ...(Object.keys(columns).length === 0 ? {} : { columns }),
    })
    const before = note.dryRun ? null : await step(note, "received", receive)
    // Only a pass that was interrupted is continued; a file sent again is judged again, row by row, against the ledger of today.
    const goesOn = before !== null && !before.isNew && before.state.status !== "receipted"
    const tally = await pass(note, goesOn, onProgress, signal)
    if (signal.aborted) return note
    const resultHash = await outcomesHash(folder.outcomes(feedId))
    const receiptNo = await close(note, tally, resultHash)
    const result: FeedResult = {
      ...tally,
      receiptNo,
      resultHash,
      position: note.dryRun ? null : await store.head(),
      seconds: (clock.now() - startedAt) / 1000,
    }
    const done = { ...note, result }
    await folder.writeNote(done)
    logger.info({ feedId, province, ...tally, seconds: result.seconds, dryRun: note.dryRun }, "feed settled")
    return done
  }

  const unfinished: Feeds["unfinished"] = async () => {
    const open: FeedNote[] = []
    for (const note of await folder.notes()) {
      if (note.dryRun) continue
      const { state } = await aggregates.load(feed, feed.streamOf(note.province, note.feedId))
      if (state.status === "received" || state.status === "settled") open.push(note)
      else if (state.status === "none" && note.result === null && note.failure === null) open.push(note)
    }
    return open.reverse()
  }

  return { takeIn, run, unfinished }
}
