/** Facts about no person: feeds, their freshness per province, and contribution limits. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import type { FeedEvent } from "@tongzhang/domain/feed"
import type { PolicyEvent } from "@tongzhang/domain/policy"
import { parseStreamName } from "@tongzhang/domain/stream-name"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { BaseLimitTable, FeedTable, FreshnessTable } from "@tongzhang/record/tables"

export type SideFacts = {
  /** Takes one fact of a feed or policy stream. */
  readonly take: (record: RecordedEvent) => void
  /** An enrollment fact of the province became durable then. */
  readonly heard: (province: string, at: number) => void
  /** Rows changed since the last call. */
  readonly drain: () => { feeds: FeedTable[]; freshness: FreshnessTable[]; limits: BaseLimitTable[] }
}

const freshFeed = (province: ProvinceCode, feed_id: string): FeedTable => ({
  province,
  feed_id,
  revision: -1,
  file_name: null,
  file_hash: null,
  format: null,
  encoding: null,
  size_bytes: null,
  rows: null,
  events: null,
  accepted: null,
  unchanged: null,
  refused: null,
  paid_fen: null,
  receipt_no: null,
  received_at: null,
  settled_at: null,
})

const withFact = (feed: FeedTable, event: FeedEvent, at: number): FeedTable => {
  switch (event.type) {
    case "FeedReceived": {
      const { fileName: file_name, fileHash: file_hash, size_bytes, format, encoding } = event
      return { ...feed, file_name, file_hash, size_bytes, format, encoding, received_at: at }
    }
    case "FeedSettled": {
      const { rows, events, accepted, unchanged, refused, paid_fen } = event
      return { ...feed, rows, events, accepted, unchanged, refused, paid_fen, settled_at: at }
    }
    case "ReceiptIssued":
      return { ...feed, receipt_no: event.receiptNo }
  }
}

/**
 * @param known freshness as stored, to go on counting from
 * @param onUnreadable told of a fact that is passed over because nobody can read it: it stops no person
 */
export const createSideFacts = (
  known: readonly FreshnessTable[],
  onUnreadable: (record: RecordedEvent, cause: string) => void = () => undefined,
): SideFacts => {
  const freshness = new Map<string, FreshnessTable>(known.map((row) => [row.province, row]))
  const stale = new Set<string>()
  let feeds = new Map<string, FeedTable>()
  let limits = new Map<string, BaseLimitTable>()

  const freshen = (province: ProvinceCode, change: (row: FreshnessTable) => Partial<FreshnessTable>): void => {
    const row = freshness.get(province) ?? {
      province,
      received_at: null,
      settled_at: null,
      last_event_at: null,
      feeds: 0,
      rows: 0,
    }
    freshness.set(province, { ...row, ...change(row) })
    stale.add(province)
  }
  const takeFeed = (province: ProvinceCode, id: string, event: FeedEvent, record: RecordedEvent): void => {
    const key = `${province}_${id}`
    const feed = feeds.get(key) ?? freshFeed(province, id)
    feeds.set(key, { ...withFact(feed, event, record.recordedAt), revision: record.revision })
    if (event.type === "FeedReceived") freshen(province, () => ({ received_at: record.recordedAt }))
    if (event.type === "FeedSettled")
      freshen(province, (row) => ({ settled_at: record.recordedAt, feeds: row.feeds + 1, rows: row.rows + event.rows }))
  }

  return {
    take: (record) => {
      const name = parseStreamName(record.stream)
      const [province, id] = name?.parts ?? []
      const decoded = decodeEvent(record)
      if (!decoded.ok) onUnreadable(record, decoded.cause)
      if (!decoded.ok || name === null || province === undefined || !isProvince(province)) return
      if (name.category === "Feed" && id !== undefined) takeFeed(province, id, decoded.event as FeedEvent, record)
      const policy = name.category === "Policy" ? (decoded.event as PolicyEvent) : null
      // Parameters are read from their streams (`parametersKnown`); the record's table of limits holds those published as such.
      if (policy?.type === "BaseLimitsPublished") {
        const { from: from_month, floor_fen, ceiling_fen, source } = policy
        limits.set(`${province}_${from_month}`, {
          province,
          from_month,
          revision: record.revision,
          floor_fen,
          ceiling_fen,
          source,
        })
      }
    },
    heard: (province, at) => {
      const row = freshness.get(province)
      if (row?.last_event_at !== null && row !== undefined && row.last_event_at >= at) return
      if (isProvince(province)) freshen(province, () => ({ last_event_at: at }))
    },
    drain: () => {
      const drained = {
        feeds: [...feeds.values()],
        freshness: [...stale].flatMap((province) => freshness.get(province) ?? []),
        limits: [...limits.values()],
      }
      feeds = new Map()
      limits = new Map()
      stale.clear()
      return drained
    },
  }
}
