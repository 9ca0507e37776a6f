/** The clocks 15/15/15 (66号 Art 8): reminds before a step is due, puts it on the national queue once it is overdue. */
import type { DateText, TransferId } from "@tongzhang/domain/ids"
import { escalateLeg, type Leg, remindLeg, stepOf, streamOf } from "@tongzhang/domain/transfer"
import { type AggregateStore, UnreadableStream } from "@tongzhang/event-store/aggregate-store"
import { remindOn } from "@tongzhang/law/rules/deadlines"
import type { Clock } from "@tongzhang/service-kit/clock"
import { isLeft } from "fp-ts/lib/Either.js"
import type { Logger } from "pino"
import { transfers } from "./aggregates.js"
import type { TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { dateInChina } from "./dates.js"
import type { Locks } from "./locks.js"
import { processMetadata } from "./metadata.js"
import type { Process } from "./process.js"

export type Ticked = { readonly reminders: number; readonly escalations: number }

type Chase = "remind" | "escalate"

/** What the date asks for on a leg; reading the index only, so that a tick over a million quiet legs writes nothing. */
const chases = (leg: Leg, today: DateText): readonly Chase[] => {
  const step = stepOf(leg)
  if (step === null) return []
  const key = `${step}:${leg.due}`
  const due: Chase[] = []
  if (today >= remindOn(leg.due) && !leg.reminded.has(key)) due.push("remind")
  if (today > leg.due && !leg.escalated.has(key)) due.push("escalate")
  return due
}

/** Steps the system itself owes: taken again here if a fault ever left one undone. */
const owed = (leg: Leg): boolean => stepOf(leg) === "letter" || stepOf(leg) === "booking"

export const createClocks = (deps: {
  readonly aggregates: AggregateStore
  readonly index: CaseIndex
  readonly process: Process
  readonly locks: Locks
  readonly clock: Clock
  readonly logger: Logger
}): { readonly tick: () => Promise<Ticked> } => {
  const { aggregates, index, process, locks, clock, logger } = deps

  const chase = async (id: TransferId, leg: Leg, kind: Chase, today: DateText): Promise<number> => {
    const province = leg.planned.from
    const decide = (kind === "remind" ? remindLeg : escalateLeg)({ leg: province, on: today })
    const step = `${kind}:${province}:${stepOf(leg) ?? ""}:${leg.due}`
    const result = await aggregates.execute(transfers, streamOf(id), decide, processMetadata(id, step))
    // Refused: the leg has moved on since the index was refreshed.
    if (isLeft(result)) return 0
    if (result.right.events.length > 0) logger.info({ transferId: id, leg: province, kind, due: leg.due }, "clock of a leg")
    return result.right.events.length
  }

  const lookAt = async (found: TransferCase, today: DateText, done: Record<Chase, number>): Promise<void> => {
    const legs = [...found.transfer.legs.values()]
    const waiting = legs.flatMap((leg) => chases(leg, today).map((kind) => ({ leg, kind })))
    if (waiting.length > 0)
      await locks.run(found.id, async () => {
        for (const { leg, kind } of waiting) done[kind] += await chase(found.id, leg, kind, today)
        await index.refresh(found.id)
      })
    if (process.stuck.has(found.id) || legs.some(owed)) await process.advance(found.id)
  }

  return {
    tick: async () => {
      const today = dateInChina(clock.now())
      const done: Record<Chase, number> = { remind: 0, escalate: 0 }
      for (const found of index.open()) {
        try {
          await lookAt(found, today, done)
        } catch (error) {
          // One application that nobody can read must not stop everybody's clocks.
          if (!(error instanceof UnreadableStream)) throw error
          process.noteStuck(found.id, error.message)
        }
      }
      return { reminders: done.remind, escalations: done.escalate }
    },
  }
}
