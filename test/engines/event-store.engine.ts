/** The event-store port's contract on a server that keeps what earlier cases wrote: EventStoreDB, or the test node with a journal. */
import { eventStoreContract } from "@tongzhang/event-store/contract"
import { type EventStoreDbOptions, openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import { describe, expect, it } from "vitest"
import { against, eventStore } from "./engines.js"

/** Small enough that a contract case passes every bound. */
const tight = {
  appendsInFlight_max: 3,
  pieceEvents_max: 2,
  pieceBytes_max: 300,
  searchWindow_events: 2,
  streamsRemembered_max: 50,
}

const engine = await eventStore()

/** Looked at before any case writes: only then can a store be empty. */
const lookAtFirst = async (connectionString: string) => {
  const store = await openEventStoreDb({ connectionString })
  try {
    return { head: await store.head(), page: await store.readAll({ after: null, max: 10 }) }
  } finally {
    await store.close()
  }
}
const atFirst = engine.up ? await lookAtFirst(engine.where.connectionString) : null

against("event store over the wire", engine, ({ connectionString, is }) => {
  const subject = (limits: Partial<EventStoreDbOptions>) => ({
    shared: true,
    open: async () => {
      const open = () => openEventStoreDb({ connectionString, ...limits })
      let store = await open()
      return {
        store,
        // The client anew; the server goes on.
        reopen: async () => {
          await store.close()
          store = await open()
          return store
        },
        cleanup: () => store.close(),
      }
    },
  })

  describe("before anything was written", () => {
    it("has no events, no position, and is at the end", (context) => {
      if (atFirst?.head !== null) context.skip("this store holds events already")
      expect(atFirst?.page).toEqual({ events: [], next: null, atEnd: true })
    })
  })
  eventStoreContract(is, subject({}))
  eventStoreContract(`${is}, every limit tight`, subject(tight))
})
