/**
 * The adapter against `@eventstore/db-client` on the same node in the same run. Both begin an append with an object and end a read
 * with one: the raw client stringifies and parses inside, ours is given and gives bytes, so that is done around it here.
 */
import { randomUUID } from "node:crypto"
import { EventStoreDBClient, FORWARDS, jsonEvent, NO_STREAM, START } from "@eventstore/db-client"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { type EventStoreDb, openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import { noStream, type Position, type RecordedEvent } from "@tongzhang/event-store/port"
import { eventStore } from "../../engines/engines.ts"
import type { Figure } from "../figures.ts"
import type { EnginePart, EngineSizes } from "./setting.ts"
import { atLeast, figureOf, rateOf, type Run, takeTurns } from "./turns.ts"
import { versionOf } from "./versions.ts"

const page_events = 500
const append_events = 500

/** A contribution as intake writes it, 430 bytes of data and metadata. */
const fact = (line: number) => ({
  type: "ContributionRecorded@1",
  data: {
    kind: "regular",
    line: `L${line}`,
    from: "2024-01",
    to: "2024-01",
    paidOn: "2024-01-25",
    base_fen: 812_300,
    employer_fen: 129_968,
    personal_fen: 64_984,
    subsidy_fen: 0,
    pooled_fen: 129_968,
    account_fen: 64_984,
  },
  metadata: {
    actor: { kind: "agency", id: "agency-44", province: "44" },
    channel: "batch",
    purpose: "monthly feed",
    commandId: `feed-44-2024-01-${line}`,
    correlationId: "feed-44-2024-01",
  },
})
const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value))
const oursOf = (line: number) => {
  const { type, data, metadata } = fact(line)
  return { id: randomUUID(), type, data: bytesOf(data), metadata: bytesOf(metadata) }
}
const rawOf = (line: number) => jsonEvent({ id: randomUUID(), ...fact(line) })
const newStream = (): StreamName => `Enrollment-44_110_${randomUUID().replaceAll("-", "")}` as StreamName

type Both = { readonly ours: EventStoreDb; readonly raw: EventStoreDBClient }
type Append = (stream: StreamName, expected: number, first: number, count: number) => Promise<unknown>

const appendsOf = ({ ours, raw }: Both): Readonly<Record<"ours" | "raw", Append>> => ({
  ours: async (stream, expected, first, count) => {
    const events = Array.from({ length: count }, (_, i) => oursOf(first + i))
    const outcome = await ours.append(stream, expected, events)
    if (outcome.kind !== "appended") throw new Error(`an append was ${outcome.kind}`)
  },
  raw: (stream, expected, first, count) =>
    raw.appendToStream(
      stream,
      Array.from({ length: count }, (_, i) => rawOf(first + i)),
      { expectedRevision: expected === noStream ? NO_STREAM : BigInt(expected) },
    ),
})

/** Each of `inFlight` writers has a stream of its own and appends to it again as soon as it was answered, the revision explicit. */
const writing = async (append: Append, appends: number, inFlight: number, events: number): Promise<number> => {
  let left = appends
  const writer = async (): Promise<void> => {
    const stream = newStream()
    for (let revision = noStream; left > 0; revision += events) {
      left--
      await append(stream, revision, revision + 1, events)
    }
  }
  return rateOf(appends * events, () => Promise.all(Array.from({ length: inFlight }, writer)))
}

const parsed = ({ data, metadata }: RecordedEvent): unknown[] => [data, metadata].map((bytes) => JSON.parse(textOf(bytes)))
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")

const counted = (wanted: number, seen: number): void => {
  if (seen !== wanted) throw new Error(`read ${seen} events, not ${wanted}`)
}

const streamReads = ({ ours, raw }: Both, stream: StreamName, events: number): Record<"ours" | "raw", Run> => {
  const pages = async (page: (from: number) => Promise<number>): Promise<void> => {
    let from = 0
    for (let got = page_events; got === page_events; from += got) got = await page(from)
    counted(events, from)
  }
  return {
    ours: () =>
      rateOf(events, () =>
        pages(async (from) => {
          const page = await ours.readStream(stream, { direction: "forwards", from, max: page_events })
          return page.map(parsed).length
        }),
      ),
    raw: () =>
      rateOf(events, () =>
        pages(async (from) => {
          let got = 0
          const read = raw.readStream(stream, { fromRevision: BigInt(from), maxCount: page_events, direction: FORWARDS })
          for await (const { event } of read) if (event !== undefined) got++
          return got
        }),
      ),
  }
}

type RawPosition = { readonly commit: bigint; readonly prepare: bigint }

/** `$all` from the beginning, as many events as the stream reads, page by page as services do. */
const allReads = ({ ours, raw }: Both, events: number): Record<"ours" | "raw", Run> => ({
  ours: () =>
    rateOf(events, async () => {
      let seen = 0
      for (let after: Position | null = null; seen < events;) {
        const page = await ours.readAll({ after, max: Math.min(page_events, events - seen) })
        seen += page.events.map(parsed).length
        after = page.next
        if (page.atEnd) break
      }
      counted(events, seen)
    }),
  raw: () =>
    rateOf(events, async () => {
      const page = (from: RawPosition | null, max: number) =>
        raw.readAll({ fromPosition: from ?? START, maxCount: max, direction: FORWARDS })
      let seen = 0
      let last: RawPosition | null = null
      for (let got = 1; got > 0 && seen < events;) {
        got = 0
        // The start is part of what is read: a page begins with the last event of the one before.
        const before: RawPosition | null = last
        for await (const { event } of page(before, Math.min(page_events, events - seen) + (before === null ? 0 : 1))) {
          if (event === undefined || event.position.commit === before?.commit) continue
          last = event.position
          got++
          if (!event.streamId.startsWith("$")) seen++
        }
      }
      counted(events, seen)
    }),
})

const appendFigures = async (both: Both, sizes: EngineSizes, say: (text: string) => void): Promise<Figure[]> => {
  const { ours, raw } = appendsOf(both)
  const figures: Figure[] = []
  for (const [inFlight, appends] of [
    [1, sizes.appends_single],
    [64, sizes.appends],
    [256, sizes.appends],
  ] as const) {
    const rates = await takeTurns(
      sizes.rounds,
      { ours: () => writing(ours, appends, inFlight, 1), raw: () => writing(raw, appends, inFlight, 1) },
      (text) => say(`appends, ${inFlight} in flight: ${text}`),
    )
    figures.push(
      figureOf(
        {
          name: `eventstoredb.appends_${inFlight}`,
          label: `Appends of one event, ${inFlight} in flight`,
          unit: "appends/s",
          against: "appendToStream of @eventstore/db-client",
          aim: atLeast(0.9),
        },
        rates.ours,
        rates.raw,
      ),
    )
  }
  return figures
}

const bulkFigures = async (both: Both, sizes: EngineSizes, say: (text: string) => void): Promise<Figure[]> => {
  const { ours, raw } = appendsOf(both)
  const appends = sizes.batchedEvents / append_events
  const aim = atLeast(0.9)
  const batched = await takeTurns(
    sizes.rounds,
    { ours: () => writing(ours, appends, 4, append_events), raw: () => writing(raw, appends, 4, append_events) },
    (text) => say(`batched appends: ${text}`),
  )
  const stream = newStream()
  for (let at = 0; at < sizes.streamEvents; at += append_events)
    await ours(stream, at - 1, at, Math.min(append_events, sizes.streamEvents - at))
  const read = await takeTurns(sizes.rounds, streamReads(both, stream, sizes.streamEvents), (text) => say(`stream: ${text}`))
  const all = await takeTurns(sizes.rounds, allReads(both, sizes.streamEvents), (text) => say(`$all: ${text}`))
  const unit = "events/s"
  return [
    figureOf(
      {
        name: "eventstoredb.batched",
        label: `Appends of ${append_events} events, 4 in flight`,
        unit,
        against: "appendToStream of @eventstore/db-client",
        aim,
      },
      batched.ours,
      batched.raw,
    ),
    figureOf(
      {
        name: "eventstoredb.read_stream",
        label: `Reading a stream in pages of ${page_events}`,
        unit,
        against: "readStream of @eventstore/db-client, the same pages",
        aim,
        note: "ours with JSON.parse of data and metadata, which the raw client does inside",
      },
      read.ours,
      read.raw,
    ),
    figureOf(
      {
        name: "eventstoredb.read_all",
        label: `Reading $all in pages of ${page_events}`,
        unit,
        against: "readAll of @eventstore/db-client, the same pages, without the filter of system streams that ours asks for",
        aim,
        note: "ours with JSON.parse of data and metadata, which the raw client does inside",
      },
      all.ours,
      all.raw,
    ),
  ]
}

export const eventstoredb: EnginePart = async ({ sizes, say }) => {
  const engine = await eventStore()
  if (!engine.up) throw new Error(engine.why)
  const { connectionString, is } = engine.where
  const both: Both = {
    ours: await openEventStoreDb({ connectionString }),
    raw: EventStoreDBClient.connectionString(connectionString),
  }
  try {
    const figures = [...(await appendFigures(both, sizes, say)), ...(await bulkFigures(both, sizes, say))]
    return { engine: `${is}; @eventstore/db-client ${versionOf("@eventstore/db-client")}`, figures }
  } finally {
    await both.ours.close()
    await both.raw.dispose()
  }
}
