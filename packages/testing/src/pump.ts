/** A relay without a loop, for tests: copies what is new in the ledger onto `ledger.facts`, as the relay service does. */
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import type { Streams } from "@tongzhang/streams/port"

/** Each call of the returned function sends everything since the last one; resolves to how many facts that was. */
export const createPump = (store: EventStore, streams: Streams): (() => Promise<number>) => {
  let after: Position | null = null
  return async () => {
    let sent = 0
    for (;;) {
      const page = await store.readAll({ after, max: 500 })
      if (page.events.length > 0) await streams.publish(topics.facts, page.events.map(encodeFact))
      sent += page.events.length
      after = page.next
      if (page.atEnd) return sent
    }
  }
}
