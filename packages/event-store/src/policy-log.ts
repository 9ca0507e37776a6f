/**
 * The parameters that have been published, as events: one stream for the nation and one for each province, all of them short. Kept in
 * memory; asking again reads the tails only.
 */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { type ProvinceCode, provinceCodes } from "@tongzhang/domain/codes"
import { type PolicyEvent, streamOf } from "@tongzhang/domain/policy"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { UnreadableStream } from "./aggregate-store.js"
import type { EventStore, Position } from "./port.js"

export type PolicyFact = {
  /** Null: of the nation's stream. */
  readonly province: ProvinceCode | null
  readonly event: PolicyEvent
  readonly eventId: string
  readonly stream: StreamName
  readonly revision: number
  readonly position: Position
  readonly recordedAt: number
}

export type PolicyLog = {
  /** Every policy event as of now; the same array as long as nothing new was published. Throws `UnreadableStream`. */
  readonly read: () => Promise<readonly PolicyFact[]>
  /** Those of one place. */
  readonly readPlace: (province: ProvinceCode | null) => Promise<readonly PolicyFact[]>
}

const page = 1_000
const places: readonly (ProvinceCode | null)[] = [null, ...provinceCodes]

export const openPolicyLog = (store: EventStore): PolicyLog => {
  const streams = new Map<ProvinceCode | null, PolicyFact[]>(places.map((place) => [place, []]))
  let all: readonly PolicyFact[] = []

  const readTail = async (province: ProvinceCode | null, known: PolicyFact[]): Promise<boolean> => {
    const stream = streamOf(province)
    let grew = false
    for (;;) {
      const from = (known.at(-1)?.revision ?? -1) + 1
      const records = await store.readStream(stream, { direction: "forwards", from, max: page })
      for (const { id: eventId, revision, position, recordedAt, type, data } of records) {
        // Two readers at a time read the same tail: what stands already is not taken twice.
        if (revision !== (known.at(-1)?.revision ?? -1) + 1) continue
        const decoded = decodeEvent({ type, data })
        if (!decoded.ok) throw new UnreadableStream(`${stream} revision ${revision}: ${decoded.cause}`)
        known.push({ province, event: decoded.event as PolicyEvent, eventId, stream, revision, position, recordedAt })
        grew = true
      }
      if (records.length < page) return grew
    }
  }

  return {
    read: async () => {
      const grew = await Promise.all([...streams].map(([province, known]) => readTail(province, known)))
      const count = [...streams.values()].reduce((sum, known) => sum + known.length, 0)
      if (grew.includes(true) || count !== all.length) all = [...streams.values()].flat()
      return all
    },
    readPlace: async (province) => {
      const known = streams.get(province) ?? []
      await readTail(province, known)
      return known
    },
  }
}
