/** A published log for tests, made by the log itself. */
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { openProofLog } from "../log.js"
import { newSigningKey, openNoteSigner } from "../signer.js"
import { memoryTiles } from "../tile-store.js"
import { ledgerOf } from "./ledger.js"

export const origin = "ledger.example/tongzhang"

export const publish = async (events: readonly RecordedEvent[], signer = openNoteSigner(newSigningKey(origin))) => {
  const tiles = memoryTiles()
  const state = memoryTiles()
  const log = await openProofLog({ tiles, state, signer, now: () => 1_700_000_000_000 })
  const { events: placed } = await ledgerOf(events).store.readAll({ after: null, max: events.length })
  await log.add(placed)
  const published = await log.publish(placed.at(-1)?.position ?? null)
  return { tiles, state, signer, log, published }
}
