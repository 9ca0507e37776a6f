/**
 * Chapter 2: one application, three former provinces. Two answer, one stalls: it is reminded, then escalated to the national queue,
 * then answers too. Everything goes over HTTP with the tokens of those who act; the person acts once.
 */
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import { decodeMetadata } from "@tongzhang/contracts/codec"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { streamOf } from "@tongzhang/domain/transfer"
import type { EventStore } from "@tongzhang/event-store/port"
import type { Mover } from "@tongzhang/nation/rider"
import { isRight } from "fp-ts/lib/Either.js"
import type { Client } from "../cli/client.js"
import { drawTransfer, type LegView, type TransferView } from "../cli/transfer.js"
import type { Ledger } from "../ledger.js"
import { holdingOf } from "./conservation.js"

export type TransferStory = {
  readonly transferId: string
  readonly completed: boolean
  readonly reminded: boolean
  readonly escalated: boolean
  readonly conserved: boolean
  /** How often the person had to do something. */
  readonly personActs: number
  readonly moved_fen: number
}

export type Stage = { readonly ledger: Ledger; readonly client: Client; readonly say: (text: string) => void }

export const keyOf = (ledger: Ledger, citizenId: string): PersonKey => {
  const id = normaliseCitizenId(citizenId)
  if (!isRight(id)) throw new Error(`not a citizen ID: ${citizenId}`)
  return ledger.personKeys.of(id.right)
}

const view = (client: Client, id: string): Promise<TransferView> =>
  client.get<TransferView>("center", `/transfer/${id}`, "transfer")

/** The origin's agency confirms the ledger's own draft; the receiving agency books the money when the bank says so. */
const answer = async ({ client, ledger }: Stage, id: string, to: string, leg: LegView, remittance: string): Promise<void> => {
  const at = `/transfer/${id}/legs/${leg.from.code}`
  await client.post(`agency:${leg.from.code}`, `${at}/statement`, {}, "transfer")
  await ledger.settled()
  const { account_fen, pooled_fen } = leg.planned
  await client.post(`agency:${to}`, `${at}/money`, { remittance, account_fen, pooled_fen }, "transfer")
  await ledger.settled()
}

/** Events of the application that the person themself caused. */
export const actsOfPerson = async (store: EventStore, id: string): Promise<number> => {
  const events = await store.readStream(streamOf(id as TransferId), { direction: "forwards", max: 1_000 })
  return events.filter((event) => decodeMetadata(event.metadata).actor.kind === "person").length
}

const letDaysPass = async ({ client, ledger }: Stage, days: number): Promise<void> => {
  await client.post("center", "/demo/clock", { days })
  await ledger.settled()
}

export const playTransfer = async (stage: Stage, mover: Mover, serial: string): Promise<TransferStory> => {
  const { ledger, client, say } = stage
  const person = keyOf(ledger, mover.who.citizenId)
  const before = await holdingOf(ledger.engines.aggregates, person)
  const { transferId: id } = await client.post<{ transferId: string }>(
    `person:${person}`,
    "/transfer/applications",
    { person, to: mover.to, commandId: `demo-${serial}` },
    "self",
  )
  await ledger.settled()
  const planned = await view(client, id)
  say(drawTransfer(planned))
  const [slow, ...quick] = planned.legs
  if (slow === undefined) throw new Error("the demo's mover has no leg")
  for (const [i, leg] of quick.entries()) await answer(stage, id, mover.to, leg, `HK-${serial}-${i}`)
  await letDaysPass(stage, 18)
  const remindedView = await view(client, id)
  const reminded = remindedView.legs.some((leg) => leg.from.code === slow.from.code && leg.reminded)
  await letDaysPass(stage, 9)
  const stalled = await view(client, id)
  const escalated = stalled.legs.some((leg) => leg.from.code === slow.from.code && leg.escalated)
  say(drawTransfer(stalled))
  await answer(stage, id, mover.to, slow, `HK-${serial}-late`)
  const done = await view(client, id)
  say(drawTransfer(done))
  const after = await holdingOf(ledger.engines.aggregates, person)
  return {
    transferId: id,
    completed: done.state === "completed",
    reminded,
    escalated,
    conserved: before.months === after.months && before.account_fen === after.account_fen && before.bases_fen === after.bases_fen,
    personActs: await actsOfPerson(ledger.engines.store, id),
    moved_fen: done.amount_fen,
  }
}
