/**
 * The process manager: looks at where an application stands and takes every step that is the system's to take. It remembers
 * nothing. Each step is named, each decision is made on the ledger, so a step cut short by a crash is simply taken again, and
 * facts that come twice or out of order find nothing to do.
 */
import type { Refusal } from "@tongzhang/contracts/refusals"
import type { Decision } from "@tongzhang/domain/decider"
import { addMonths, monthOfDate } from "@tongzhang/domain/month"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { DateText, PersonKey, TransferId } from "@tongzhang/domain/ids"
import * as enrollment from "@tongzhang/domain/enrollment"
import { streamOf as personStream } from "@tongzhang/domain/person"
import * as transfer from "@tongzhang/domain/transfer"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import { dueDate } from "@tongzhang/law/rules/deadlines"
import type { Clock } from "@tongzhang/service-kit/clock"
import { isLeft } from "fp-ts/lib/Either.js"
import type { Logger } from "pino"
import { enrollments, persons, transfers } from "./aggregates.js"
import type { TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { dateInChina } from "./dates.js"
import { eligibility } from "./eligibility.js"
import { letterNoOf } from "./letters.js"
import { limits } from "./limits.js"
import type { Locks } from "./locks.js"
import { processMetadata } from "./metadata.js"
import { planOf } from "./plan.js"
import { reasonText } from "./refusals.js"
import type { RelationIndex } from "./relations.js"
import { findTransferredOut } from "./statements.js"

export type ProcessDependencies = {
  readonly store: EventStore
  readonly aggregates: AggregateStore
  readonly relations: RelationIndex
  readonly index: CaseIndex
  readonly locks: Locks
  readonly clock: Clock
  readonly logger: Logger
}

export type Process = {
  /** Takes every step that can be taken now. Resolves when nothing is left to do for the system. */
  readonly advance: (id: TransferId) => Promise<void>
  /** Applications on which a step was refused, with the reason: an operator must look. */
  readonly stuck: ReadonlyMap<TransferId, string>
  /** Another part has found that nothing can be done about the application for now. */
  readonly noteStuck: (id: TransferId, why: string) => void
}

/** An application that is under way: who, which scheme and where to are known. */
type OpenTransfer = transfer.Transfer & {
  readonly person: PersonKey
  readonly scheme: SchemeCode
  readonly to: ProvinceCode
}

class StepRefused extends Error {
  override name = "StepRefused"
}

export const createProcess = (deps: ProcessDependencies): Process => {
  const { store, aggregates, relations, index, locks, clock, logger } = deps
  const stuck = new Map<TransferId, string>()
  const today = (): DateText => dateInChina(clock.now())

  /** Number of events written; a refusal of the system's own step is a case for an operator. */
  const wrote = (result: Awaited<ReturnType<AggregateStore["execute"]>>, step: string): boolean => {
    if (isLeft(result)) throw new StepRefused(`${step}: ${JSON.stringify(result.left)}`)
    return result.right.events.length > 0
  }
  const onTransfer = async (
    id: TransferId,
    step: string,
    decide: (state: transfer.Transfer) => Decision<Refusal, transfer.TransferEvent>,
  ): Promise<boolean> =>
    wrote(await aggregates.execute(transfers, transfer.streamOf(id), decide, processMetadata(id, step)), step)

  /** Two applications that came in at once by different doors: the first one goes on, the other is returned. */
  const alreadyRunning = (id: TransferId, person: PersonKey): Refusal | null => {
    const askedAt = (found: TransferCase | undefined): string =>
      `${String(found?.requestedAt ?? 0).padStart(15, "0")} ${found?.id}`
    const mine = askedAt(index.get(id))
    const other = index
      .openOf(person)
      .find((found) => found.id !== id && (found.transfer.status === "planned" || askedAt(found) < mine))
    return other === undefined ? null : { code: "TRANSFER_ALREADY_RUNNING", transferId: other.id }
  }

  const plan = async (id: TransferId, state: OpenTransfer): Promise<boolean> => {
    const { person, scheme, to } = state
    const requestedOn = index.get(id)?.requestedOn ?? today()
    const refusal = alreadyRunning(id, person) ?? (await eligibility(aggregates, { person, scheme, to, on: requestedOn }))
    if (refusal !== null) return onTransfer(id, "return", transfer.returnTransfer({ reason: reasonText(refusal), on: today() }))
    const known = (await relations.relationsOf(person)).filter((relation) => relation.scheme === scheme)
    const loaded = await Promise.all(
      known.map(async ({ province }) => {
        const stream = enrollment.streamOf({ province, scheme, person })
        return { province, enrollment: (await aggregates.load(enrollments, stream)).state }
      }),
    )
    const { state: who } = await aggregates.load(persons, personStream(person))
    const made = planOf({ to, on: requestedOn, hukou: who.hukou, relations: loaded })
    if (made.legs.length > 0) return onTransfer(id, "plan", transfer.planTransfer(made))
    return onTransfer(id, "return", transfer.returnTransfer({ reason: reasonText({ code: "NOTHING_TO_TRANSFER" }), on: today() }))
  }

  const letter = async (id: TransferId, state: OpenTransfer, leg: transfer.Leg): Promise<boolean> => {
    const { from } = leg.planned
    const on = today()
    const letterNo = letterNoOf(id, state.to, from, index.get(id)?.requestedOn ?? on)
    return onTransfer(id, `letter:${from}`, transfer.issueLetter({ leg: from, letterNo, on, due: dueDate("statement", on) }))
  }

  const statement = async (id: TransferId, state: OpenTransfer, leg: transfer.Leg): Promise<boolean> => {
    const { from } = leg.planned
    const stream = enrollment.streamOf({ province: from, scheme: state.scheme, person: state.person })
    const { state: origin } = await aggregates.load(enrollments, stream)
    const sent = await findTransferredOut(store, stream, origin, id)
    if (sent === null) return false
    const on = today()
    return onTransfer(id, `statement:${from}`, transfer.receiveStatement({ leg: from, on, due: dueDate("money", on), ...sent }))
  }

  /** Months and money go into the receiving relation, which is opened first where the person had none there. */
  const book = async (id: TransferId, state: OpenTransfer, leg: transfer.Leg): Promise<boolean> => {
    const { from } = leg.planned
    if (leg.statement === null) return false
    const { scheme, to, person } = state
    const stream = enrollment.streamOf({ province: to, scheme, person })
    const month = monthOfDate(index.get(id)?.requestedOn ?? today())
    const open = (here: enrollment.Enrollment): Decision<Refusal, enrollment.EnrollmentEvent> => {
      const start = here.to !== null && month <= here.to ? addMonths(here.to, 1) : month
      return enrollment.openEnrollment({ scheme, from: start, capacity: "flexible", employer: null, temporary: false })(here)
    }
    const { state: here } = await aggregates.load(enrollments, stream)
    if (here.status === "none" || here.status === "moved")
      wrote(await aggregates.execute(enrollments, stream, open, processMetadata(id, "open")), "open")
    const booking = enrollment.transferIn({ transferId: id, from, ...leg.statement })
    wrote(await aggregates.execute(enrollments, stream, booking, processMetadata(id, `in:${from}`)), `in:${from}`)
    return onTransfer(id, `book:${from}`, transfer.bookLeg({ leg: from, on: today() }))
  }

  const legStep = async (id: TransferId, state: OpenTransfer, leg: transfer.Leg): Promise<boolean> => {
    switch (transfer.stepOf(leg)) {
      case "letter":
        return letter(id, state, leg)
      case "statement":
        return statement(id, state, leg)
      case "booking":
        return book(id, state, leg)
      case "money":
      case null:
        return false
    }
  }

  /** One step; false when there is none to take. */
  const step = async (id: TransferId): Promise<boolean> => {
    const { state } = await aggregates.load(transfers, transfer.streamOf(id))
    const { person, scheme, to } = state
    if (person === null || scheme === null || to === null) return false
    const open: OpenTransfer = { ...state, person, scheme, to }
    if (state.status === "requested") return plan(id, open)
    if (state.status !== "planned") return false
    for (const leg of state.legs.values()) if (await legStep(id, open, leg)) return true
    return false
  }

  const advance = async (id: TransferId): Promise<void> => {
    await index.refresh(id)
    try {
      let steps = 0
      while (await step(id)) if (++steps > limits.steps_max) throw new StepRefused("takes steps without end")
      stuck.delete(id)
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error
      stuck.set(id, error.message)
      logger.error({ transferId: id, err: error }, "a step of the process was refused")
    } finally {
      await index.refresh(id)
    }
  }

  return {
    advance: (id) => locks.run(id, () => advance(id)),
    stuck,
    noteStuck: (id, why) => {
      if (stuck.get(id) !== why) logger.error({ transferId: id, cause: why }, "an application stands still")
      stuck.set(id, why)
    },
  }
}
