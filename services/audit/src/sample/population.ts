/** The money facts a sample is drawn from, in the order of the log, and the draw itself. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { parseStreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { amountOf, bandOf, type Drawn, drawMonetary, drawStratified, type Item } from "./draw.js"

export const sampleLimits = { size_max: 1_000, page_events: 2_000 } as const

const provinceOf = (record: RecordedEvent, data: object): string => {
  const name = parseStreamName(record.stream)
  if (name?.category === "Enrollment") return name.parts[0] ?? ""
  return "province" in data && typeof data.province === "string" ? data.province : ""
}

const itemOf = (record: RecordedEvent): Item | null => {
  const decoded = decodeEvent(record)
  if (!decoded.ok) return null
  const amount_fen = amountOf(decoded.event)
  if (amount_fen === null) return null
  const name = parseStreamName(record.stream)
  const { id, type, stream, revision, position } = record
  const [province, scheme] = [provinceOf(record, decoded.event), name?.parts[1] ?? ""]
  const stratum = `${province === "" ? "--" : province} ${scheme} ${decoded.event.type} ${bandOf(amount_fen)}`
  return { event: id, type, stream, revision, position, province, scheme, amount_fen, stratum }
}

const china_ms = 8 * 3_600_000
const dayOf = (at_ms: number): string => new Date(at_ms + china_ms).toISOString().slice(0, 10)

type Scope = {
  readonly upTo: Position
  readonly province?: string | undefined
  readonly scheme?: string | undefined
  /** Days of China on which the ledger was told, both counted. */
  readonly recorded?: { readonly from: string; readonly to: string } | undefined
}

/** Money facts in the order of the log, up to and including a position. */
const population = async function* (store: EventStore, { upTo, province, scheme, recorded }: Scope): AsyncGenerator<Item> {
  const prefixes = [
    province === undefined ? "Enrollment-" : `Enrollment-${province}_`,
    ...(province === undefined ? ["Benefit-"] : []),
  ]
  for (let after: Position | null = null; ;) {
    const page = await store.readAll({ after, max: sampleLimits.page_events, prefixes })
    for (const record of page.events) {
      if (record.position > upTo) return
      const day = dayOf(record.recordedAt)
      if (recorded !== undefined && (day < recorded.from || day > recorded.to)) continue
      const item = itemOf(record)
      if (item !== null && (scheme === undefined || item.scheme === scheme)) yield item
    }
    if (page.atEnd) return
    after = page.next
  }
}

export type Question = Scope & {
  readonly seed: string
  readonly method: "stratified" | "monetary"
  /** At most `sampleLimits.size_max`. */
  readonly size: number
}

/** Same question, same ledger up to `upTo`: same answer. Reads every money fact up to there, twice by monetary units. */
export const drawSample = (store: EventStore, { seed, method, size, ...scope }: Question): Promise<Drawn> => {
  const read = (): AsyncIterable<Item> => population(store, scope)
  return method === "monetary" ? drawMonetary(read, seed, size) : drawStratified(read(), seed, size)
}
