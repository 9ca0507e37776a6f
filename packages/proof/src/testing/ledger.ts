/** A ledger in memory for tests: as many events as one likes, and what happens to them is the test's business. */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { AllPage, EventStore, Position, RecordedEvent, SubscribeOptions } from "@tongzhang/event-store/port"
import { createHash } from "node:crypto"

const positionOf = (n: number): Position => String(n).padStart(16, "0") as Position

export const uuidOf = (n: number): string => {
  const hex = createHash("sha1").update(`event ${n}`).digest("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const eventAt = (n: number): RecordedEvent => ({
  id: uuidOf(n),
  stream: `Enrollment-31_110_${String(n % 7).repeat(32)}` as StreamName,
  revision: Math.floor(n / 7),
  type: "ContributionRecorded@1",
  data: Buffer.from(JSON.stringify({ line: `L${n}`, base_fen: 500_000 + n, from: "2024-01", note: "缴费" })),
  metadata: Buffer.from(JSON.stringify({ commandId: `c${n}`, actor: { kind: "agency", id: "31", province: "31" } })),
  recordedAt: 1_700_000_000_000 + n,
  position: positionOf(n + 1),
})

export const eventsUpTo = (count: number): RecordedEvent[] => Array.from({ length: count }, (_, n) => eventAt(n))

/** Reads and subscriptions over an array that may grow; positions are given anew, as another engine would. */
export const ledgerOf = (given: readonly RecordedEvent[]) => {
  let events = given.map((event, i) => ({ ...event, position: positionOf(i + 1) }))
  let wake: (() => void)[] = []
  const page = (after: Position | null, max: number): AllPage => {
    const start = after === null ? 0 : Number(after)
    const found = events.slice(start, start + max)
    const next = found.at(-1)?.position ?? after
    return { events: found, next, atEnd: start + found.length >= events.length }
  }
  const subscribe = ({ after, maxBatch = 500, onEvents, onCaughtUp, onDropped }: SubscribeOptions) => {
    let position = after
    let stopped = false
    const loop = async (): Promise<void> => {
      for (let live = false; !stopped;) {
        const { events: found, next } = page(position, maxBatch)
        if (found.length > 0 && next !== null) {
          await onEvents(found, next)
          position = next
          continue
        }
        if (!live) onCaughtUp?.()
        live = true
        await new Promise<void>((resolve) => void wake.push(resolve))
      }
    }
    const ended = loop().catch((cause: unknown) => {
      stopped = true
      onDropped?.(cause as Error)
    })
    return {
      stop: async () => {
        stopped = true
        for (const one of wake.splice(0)) one()
        await ended
      },
      state: () => ({ position, live: true }),
    }
  }
  const store: EventStore = {
    append: async () => ({ kind: "unknown", cause: "read only" }),
    readStream: async (stream, { max, from = 0 }) =>
      events.filter((event) => event.stream === stream && event.revision >= from).slice(0, max),
    readAll: async ({ after, max }) => page(after, max),
    subscribe,
    head: async () => events.at(-1)?.position ?? null,
    close: async () => {},
  }
  return {
    store,
    grow: (more: readonly RecordedEvent[]): void => {
      events = [...events, ...more].map((event, i) => ({ ...event, position: positionOf(i + 1) }))
      for (const one of wake.splice(0)) one()
    },
  }
}
