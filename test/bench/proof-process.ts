/** The proof log as a process of its own: says so when it has caught up, and ends, all published, when it is told to. */
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import { followProof } from "./proof-follow.ts"

const [connectionString = "", folder = ""] = process.argv.slice(2)
const store = await openEventStoreDb({ connectionString })
const proof = followProof(store, folder)
await proof.follower.caughtUp()
process.send?.("following")
process.once("message", () => {
  void (async () => {
    await proof.follower.caughtUp()
    await proof.stop()
    await store.close()
    process.disconnect()
  })()
})
