/** Evidence as an auditor names it, an event id or STREAM@REVISION, found in the ledger. */
import { parseStreamName, type StreamName } from "@tongzhang/domain/stream-name"
import type { EventRef } from "@tongzhang/domain/workpaper"
import type { EventStore } from "@tongzhang/event-store/port"
import { eventAtIndex } from "@tongzhang/proof/find"
import { problem } from "@tongzhang/service-kit/problem"
import type { ProofKeeper } from "../proof/keeper.js"
import type { Paper } from "./paper.js"

export type EvidenceDeps = { readonly store: EventStore; readonly proof?: ProofKeeper | undefined }

const unknown = (text: string) =>
  problem({
    status: 404,
    rule: "EVIDENCE_UNKNOWN",
    field: "evidence",
    detail: text,
    hint_zh: `账本中没有事件 ${text}；请写抽中事件的编号，或“流@序号”`,
    hint_en: `The ledger holds no event ${text}: name one that was drawn by its id, or any as STREAM@REVISION`,
  })

const atPlace = async (store: EventStore, text: string): Promise<EventRef | null> => {
  const [, stream = "", digits = ""] = /^(.+)@(\d{1,9})$/u.exec(text) ?? []
  if (parseStreamName(stream) === null) return null
  const revision = Number(digits)
  const [found] = await store.readStream(stream as StreamName, { direction: "forwards", from: revision, max: 1 })
  return found?.revision === revision ? { event: found.id, stream, revision } : null
}

/** Drawn items first; then the published log. */
const byId = async ({ proof }: EvidenceDeps, paper: Paper, id: string): Promise<EventRef | null> => {
  const drawn = paper.samples.flatMap(({ items }) => items).find(({ event }) => event === id)
  if (drawn !== undefined) return { event: id, stream: drawn.stream, revision: drawn.revision }
  const log = proof?.log() ?? null
  if (proof === undefined || log === null) return null
  const index = await proof.ids.indexOf(log.reader(), id)
  const event = index === null ? null : await eventAtIndex(proof.find, log.reader(), index)
  return event === null ? null : { event: id, stream: event.stream, revision: event.revision }
}

/** Throws EVIDENCE_UNKNOWN (404). */
export const findEvidence = async (deps: EvidenceDeps, paper: Paper, text: string): Promise<EventRef> => {
  const found = text.includes("@") ? await atPlace(deps.store, text) : await byId(deps, paper, text)
  if (found === null) throw unknown(text)
  return found
}
