/** The contract on the real client library's connection, against the test node of `@tongzhang/testing`. */
import { startTestNode } from "@tongzhang/testing/test-node/node"
import { eventStoreContract } from "../contract.js"
import { openEventStoreDb } from "./store.js"

const quick = { probe_ms: 50 }

eventStoreContract("eventstoredb (test node)", {
  open: async () => {
    const node = await startTestNode()
    const open = () => openEventStoreDb({ connectionString: node.connectionString, ...quick })
    let store = await open()
    return {
      store,
      reopen: async () => {
        await store.close()
        await node.restart()
        store = await open()
        return store
      },
      cleanup: async () => {
        await store.close()
        await node.stop()
      },
    }
  },
})

/** Small enough that a contract case passes every bound. */
const tight = {
  appendsInFlight_max: 3,
  pieceEvents_max: 2,
  pieceBytes_max: 300,
  searchWindow_events: 2,
  streamsRemembered_max: 50,
}

eventStoreContract("eventstoredb (test node) with every limit tight", {
  open: async () => {
    const node = await startTestNode()
    const store = await openEventStoreDb({ connectionString: node.connectionString, ...quick, ...tight })
    return {
      store,
      cleanup: async () => {
        await store.close()
        await node.stop()
      },
    }
  },
})
