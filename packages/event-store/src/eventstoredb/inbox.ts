/** Messages of one subscription call between the socket and the consumer: bounded, so that a slow consumer slows the server. */
import type { ClientReadableStream } from "@grpc/grpc-js"
import type { RecordedEvent } from "../port.js"
import type { ReadMessage } from "./read-wire.js"

export type Item = ReadMessage | { readonly kind: "ended"; readonly error: Error }

export type Inbox = {
  /** The next item, or null when none came in time. */
  readonly next: (wait_ms: number) => Promise<Item | null>
  /** More events that have arrived already, up to `max` and up to the first message that is none. */
  readonly moreEvents: (max: number) => readonly RecordedEvent[]
  readonly isEmpty: () => boolean
  /** Wakes whoever waits; it gets null. */
  readonly wake: () => void
}

export const createInbox = (call: ClientReadableStream<ReadMessage>, held_max: number): Inbox => {
  let items: Item[] = []
  let at = 0
  let paused = false
  let wake: () => void = () => {}

  const held = (): number => items.length - at
  const put = (item: Item): void => {
    items.push(item)
    if (!paused && held() >= held_max) {
      paused = true
      call.pause()
    }
    wake()
  }
  const take = (): Item | null => {
    const item = items[at]
    if (item === undefined) return null
    at += 1
    if (at === items.length) {
      items = []
      at = 0
    }
    if (paused && held() < held_max / 2) {
      paused = false
      call.resume()
    }
    return item
  }
  call.on("data", put)
  call.on("error", (error: Error) => put({ kind: "ended", error }))
  call.on("end", () => put({ kind: "ended", error: new Error("the server ended the subscription") }))

  return {
    next: async (wait_ms) => {
      if (held() === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wait_ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = () => {}
      }
      return take()
    },
    moreEvents: (max) => {
      const events: RecordedEvent[] = []
      while (events.length < max) {
        const item = items[at]
        if (item?.kind !== "event") break
        events.push(item.event)
        take()
      }
      return events
    },
    isEmpty: () => held() === 0,
    wake: () => wake(),
  }
}
