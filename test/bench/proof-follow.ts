/** The proof log following a store into a folder, for the benchmark. */
import { join } from "node:path"
import type { EventStore } from "@tongzhang/event-store/port"
import { fileTiles } from "@tongzhang/proof/files"
import { createProofFollower } from "@tongzhang/proof/follow"
import { openProofLog } from "@tongzhang/proof/log"
import { newSigningKey, openNoteSigner } from "@tongzhang/proof/signer"
import { systemClock } from "@tongzhang/service-kit/clock"

export const signer = openNoteSigner(newSigningKey("ledger.example/bench"))

/** Starts at once. A failure comes out of `stop`. */
export const followProof = (store: EventStore, folder: string) => {
  const [tiles, state] = [fileTiles(join(folder, "public")), fileTiles(join(folder, "state"))]
  const open = () => openProofLog({ tiles, state, signer, now: systemClock.now })
  const follower = createProofFollower({ store, state, open })
  const stopping = new AbortController()
  const run = follower.run(stopping.signal)
  run.catch(() => undefined)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await run
  }
  return { tiles, state, follower, stop }
}
