/** What the relayed facts set in motion. The effect comes before the commit of the offset, and every effect may happen twice. */
import { decodeFact, type Fact, topics } from "@tongzhang/contracts/fact-message"
import type { TransferId } from "@tongzhang/domain/ids"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { TransferEvent } from "@tongzhang/domain/transfer"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { Delivered, Message, Streams } from "@tongzhang/streams/port"
import { persons } from "./aggregates.js"
import { type CaseIndex, transferOfStream } from "./case-index.js"
import { escalation, holderOf, letterOf } from "./letters.js"
import type { Process } from "./process.js"
import type { RelationIndex } from "./relations.js"

const json = (key: string, id: string, value: unknown): Message => ({
  key,
  value: Buffer.from(JSON.stringify(value)),
  headers: { eventId: id, contentType: "application/json" },
})

/** Transfers only, and the one enrollment event that is a transfer's business: the rest is not even parsed. */
const concerns = (message: Delivered): boolean =>
  (message.headers["stream"] ?? "").startsWith("Transfer-") || (message.headers["type"] ?? "").startsWith("TransferredOut@")

export const createFactHandler = (deps: {
  readonly aggregates: AggregateStore
  readonly streams: Streams
  readonly relations: RelationIndex
  readonly index: CaseIndex
  readonly process: Process
}): ((messages: readonly Delivered[]) => Promise<void>) => {
  const { aggregates, streams, relations, index, process } = deps

  const publishLetter = async (id: TransferId, fact: Fact, event: Extract<TransferEvent, { type: "ContactLetterIssued" }>) => {
    const { transfer } = await index.refresh(id)
    const leg = transfer.legs.get(event.leg)
    if (leg === undefined || transfer.person === null || transfer.scheme === null || transfer.to === null) return
    const { state: person } = await aggregates.load(persons, personStream(transfer.person))
    const { letterNo, on, due } = event
    const { scheme, to } = transfer
    const letter = letterOf({ id, person: transfer.person, sex: person.sex, scheme, to, leg: leg.planned, letterNo, on, due })
    await streams.publish(topics.letters, [json(event.leg, fact.id, letter)])
  }

  const publishEscalation = async (id: TransferId, fact: Fact, event: Extract<TransferEvent, { type: "LegEscalated" }>) => {
    const { transfer } = await index.refresh(id)
    if (transfer.to === null) return
    const late = holderOf(event.step, event.leg, transfer.to)
    const { leg, step, due, on } = event
    const notice = escalation.parse({ transferId: id, leg, step, late, due, on })
    await streams.publish(topics.escalations, [json(late, fact.id, notice)])
  }

  const onTransferFact = async (id: TransferId, fact: Fact, event: TransferEvent): Promise<void> => {
    // The plan needs every relation the ledger held when the person applied.
    if (event.type === "TransferRequested") await relations.caughtUp?.(fact.position)
    if (event.type === "ContactLetterIssued") await publishLetter(id, fact, event)
    if (event.type === "LegEscalated") await publishEscalation(id, fact, event)
    await process.advance(id)
  }

  const handle = async (message: Delivered): Promise<void> => {
    const fact = decodeFact(message)
    if (!fact.decoded.ok) throw new Error(fact.decoded.cause)
    const { event } = fact.decoded
    const id = transferOfStream(fact.stream)
    if (id !== null) await onTransferFact(id, fact, event as TransferEvent)
    else if (event.type === "TransferredOut") await process.advance(event.transferId)
  }

  // Order is per person: persons of a batch go side by side, so that their appends share one commit (measured: 5 times faster).
  return async (messages) => {
    const byPerson = new Map<string, Delivered[]>()
    for (const message of messages) {
      if (!concerns(message)) continue
      const own = byPerson.get(message.key)
      if (own === undefined) byPerson.set(message.key, [message])
      else own.push(message)
    }
    const ends = await Promise.allSettled(
      [...byPerson.values()].map(async (own) => {
        for (const message of own) await handle(message)
      }),
    )
    // Nobody is left working when the batch is given back for another try.
    for (const end of ends) if (end.status === "rejected") throw end.reason
  }
}
