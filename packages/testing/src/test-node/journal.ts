/**
 * A test node whose log survives it: every record is kept in a store behind the event-store port before it is answered or shown
 * to a reader. As durable as that store, and still a test node.
 *
 * Two logs: `working` decides appends at once, `shown` is what readers see and follows the journal. The store behind must keep
 * the order of calls over all streams (the embedded one does), or positions would differ after a restart.
 */
import type { EventStore, NewEvent, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { createLog, type NodeLog } from "./log.js"
import { json, type LogRecord, tombstoneRevision } from "./record.js"

const page_events = 2_000
const flush_records_max = 1_000
const newline = 0x0a

type Header = { readonly json: boolean; readonly ticks: string; readonly tombstone: boolean }

/** What the port has no field for goes in front of the metadata. */
const toJournal = (record: LogRecord): NewEvent => {
  const tombstone = record.revision === tombstoneRevision
  const header: Header = { json: record.contentType === json, ticks: record.createdTicks.toString(), tombstone }
  const metadata = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), record.customMetadata])
  return { id: record.id, type: record.type, data: record.data, metadata }
}

const fromJournal = (event: RecordedEvent): Omit<LogRecord, "position"> => {
  const metadata = Buffer.from(event.metadata)
  const end = metadata.indexOf(newline)
  const header = JSON.parse(metadata.toString("utf8", 0, end)) as Header
  return {
    id: event.id,
    type: event.type,
    contentType: header.json ? json : "application/octet-stream",
    data: event.data,
    customMetadata: metadata.subarray(end + 1),
    stream: event.stream,
    revision: header.tombstone ? tombstoneRevision : BigInt(event.revision),
    createdTicks: BigInt(header.ticks),
  }
}

/** Opens a log over the journal; the caller closes the store after the node. */
export const openJournaledLog = async (journal: EventStore, now: () => number = Date.now): Promise<NodeLog> => {
  const working = createLog(now)
  const shown = createLog(now)
  const heads = new Map<string, number>()
  for (let after: Position | null = null, atEnd = false; !atEnd;) {
    const page = await journal.readAll({ after, max: page_events })
    for (const event of page.events) {
      const record = fromJournal(event)
      heads.set(event.stream, event.revision)
      working.restore(record)
      shown.restore(record)
    }
    after = page.next
    atEnd = page.atEnd
  }

  let kept = working.all.length
  let running: Promise<void> | null = null

  const keep = async (record: LogRecord): Promise<void> => {
    const expected = heads.get(record.stream) ?? -1
    heads.set(record.stream, expected + 1)
    const outcome = await journal.append(record.stream as StreamName, expected, [toJournal(record)])
    if (outcome.kind !== "appended") throw new Error(`journal of ${record.stream}: ${JSON.stringify(outcome)}`)
  }
  const flush = async (): Promise<void> => {
    while (kept < working.all.length) {
      const records = working.all.slice(kept, kept + flush_records_max)
      await Promise.all(records.map(keep))
      kept += records.length
      for (const record of records) shown.restore(record)
    }
    running = null
  }
  /** Begins to keep what is new; a broken journal stays broken, and every later answer fails with it. */
  const settled = (): Promise<void> | null => {
    if (running === null && kept < working.all.length) running = flush()
    return running
  }
  const watched = <Result>(result: Result): Result => {
    settled()?.catch(() => {})
    return result
  }

  return {
    append: (stream, expected, events) => watched(working.append(stream, expected, events)),
    softDelete: (stream, expected) => watched(working.softDelete(stream, expected)),
    tombstone: (stream, expected) => watched(working.tombstone(stream, expected)),
    visible: shown.visible,
    isTombstoned: shown.isTombstoned,
    all: shown.all,
    indexAt: shown.indexAt,
    onWrite: shown.onWrite,
    restore: () => {
      throw new Error("a journaled log restores itself")
    },
    settled,
    forgetRecentIds: working.forgetRecentIds,
  }
}
