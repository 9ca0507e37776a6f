/** What people and agencies ask of an application. Each command may be sent again: it answers the same and adds nothing. */
import type { Refusal } from "@tongzhang/contracts/refusals"
import { createHash } from "node:crypto"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { Decision } from "@tongzhang/domain/decider"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { type Fen, formatYuan } from "@tongzhang/domain/money"
import * as overlap from "@tongzhang/domain/overlap"
import * as transfer from "@tongzhang/domain/transfer"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { dueDate } from "@tongzhang/law/rules/deadlines"
import type { Caller } from "@tongzhang/service-kit/caller"
import type { Clock } from "@tongzhang/service-kit/clock"
import { isLeft } from "fp-ts/lib/Either.js"
import { enrollments, overlaps, transfers } from "./aggregates.js"
import type { TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { whyNotClean } from "./clean.js"
import { dateInChina } from "./dates.js"
import { type StatementDraft, statementDraft } from "./draft.js"
import { eligibility } from "./eligibility.js"
import type { Locks } from "./locks.js"
import type { Words } from "./messages.js"
import { callerMetadata } from "./metadata.js"
import { refuse } from "./refusals.js"
import { hasSent } from "./statements.js"

export type CommandDependencies = {
  readonly aggregates: AggregateStore
  readonly index: CaseIndex
  readonly locks: Locks
  readonly clock: Clock
}

export type Stated = Partial<enrollment.Moved>
export type Money = { readonly remittance: string; readonly account_fen: Fen; readonly pooled_fen: Fen }

export type Commands = {
  /** Throws a problem when refused. `fresh` is false for an application sent again. */
  readonly apply: (
    asked: { readonly person: PersonKey; readonly scheme: SchemeCode; readonly to: ProvinceCode; readonly commandId: string },
    caller: Caller,
  ) => Promise<{ readonly found: TransferCase; readonly fresh: boolean }>
  readonly draft: (id: TransferId, leg: ProvinceCode) => Promise<StatementDraft>
  readonly state: (id: TransferId, leg: ProvinceCode, stated: Stated, caller: Caller) => Promise<TransferCase>
  /** Why the statement of a leg needs a closer look; empty: it is clean. */
  readonly whyNotClean: (id: TransferId, leg: ProvinceCode) => Promise<readonly Words[]>
  /** Sends the statement as the letter expected it, if it is clean. */
  readonly accept: (id: TransferId, leg: ProvinceCode, caller: Caller) => Promise<TransferCase>
  readonly money: (id: TransferId, leg: ProvinceCode, money: Money, caller: Caller) => Promise<TransferCase>
  readonly dispute: (id: TransferId, leg: ProvinceCode, reason: string, caller: Caller, request: string) => Promise<TransferCase>
  readonly settle: (id: TransferId, leg: ProvinceCode, note: string, caller: Caller, request: string) => Promise<TransferCase>
  readonly fail: (id: TransferId, leg: ProvinceCode, reason: string, caller: Caller) => Promise<TransferCase>
}

/** The same command id is the same application, whoever sends it again. */
export const serialOf = (person: PersonKey, commandId: string): string =>
  createHash("sha256").update(`${person}|${commandId}`).digest("hex").slice(0, 16)

/** Fields of the statement that differ from the books; the first one refuses. */
const differing = (draft: enrollment.Moved, stated: Stated): Refusal | null => {
  for (const field of ["account_fen", "pooled_fen", "bases_fen"] as const) {
    const given = stated[field]
    if (given !== undefined && given !== draft[field])
      return { code: "TRANSFER_DIFFERS_FROM_LEDGER", field, ledger: formatYuan(draft[field]), stated: formatYuan(given) }
  }
  return null
}

export const createCommands = ({ aggregates, index, locks, clock }: CommandDependencies): Commands => {
  const today = () => dateInChina(clock.now())

  const onTransfer = async (
    id: TransferId,
    step: string,
    caller: Caller,
    decide: (state: transfer.Transfer) => Decision<Refusal, transfer.TransferEvent>,
  ): Promise<TransferCase> => {
    const result = await aggregates.execute(transfers, transfer.streamOf(id), decide, callerMetadata(id, step, caller))
    if (isLeft(result)) throw refuse(result.left)
    return index.refresh(id)
  }

  /** The leg and the origin's relation behind it. */
  const legOf = async (id: TransferId, province: ProvinceCode) => {
    const { state } = await aggregates.load(transfers, transfer.streamOf(id))
    const { person, scheme, to } = state
    if (person === null || scheme === null || to === null) throw refuse({ code: "TRANSFER_NOT_REQUESTED" })
    const leg = state.legs.get(province)
    if (leg === undefined) throw refuse({ code: "LEG_UNKNOWN", leg: province })
    const stream = enrollment.streamOf({ province, scheme, person })
    const { state: origin } = await aggregates.load(enrollments, stream)
    return { leg, to, stream, origin, person, scheme }
  }

  const whyNot: Commands["whyNotClean"] = async (id, province) => {
    const { leg, to, origin, person, scheme } = await legOf(id, province)
    if (hasSent(origin, id)) return [{ zh: "信息表已发出，账本正在登记", en: "the statement is sent; the ledger is entering it" }]
    const { state } = await aggregates.load(overlaps, overlap.streamOf(person, "pension"))
    return whyNotClean({ id, leg, scheme, to, origin, overlaps: state, today: today() })
  }

  const apply: Commands["apply"] = async ({ person, scheme, to, commandId }, caller) => {
    const id = transfer.transferIdOf(person, serialOf(person, commandId))
    return locks.run(`person:${person}`, async () => {
      const known = await index.refresh(id)
      if (known.revision < 0) {
        const running = index.openOf(person)[0]
        if (running !== undefined) throw refuse({ code: "TRANSFER_ALREADY_RUNNING", transferId: running.id })
        const refusal = await eligibility(aggregates, { person, scheme, to, on: today() })
        if (refusal !== null) throw refuse(refusal)
      }
      const found = await onTransfer(id, "request", caller, transfer.requestTransfer({ person, scheme, to, on: today() }))
      return { found, fresh: known.revision < 0 }
    })
  }

  const state: Commands["state"] = (id, province, stated, caller) =>
    locks.run(id, async () => {
      const { leg, to, stream, origin } = await legOf(id, province)
      if (hasSent(origin, id)) return index.refresh(id)
      if (leg.outcome !== "open") throw refuse({ code: "LEG_ENDED", leg: province, outcome: leg.outcome })
      if (leg.letterNo === null) throw refuse({ code: "LETTER_NOT_ISSUED", leg: province })
      if (leg.disputed !== null) throw refuse({ code: "LEG_IS_DISPUTED", leg: province, reason: leg.disputed })
      const draft = statementDraft(province, origin, today()).moved
      const wrong = differing(draft, stated)
      if (wrong !== null) throw refuse(wrong)
      const out = enrollment.transferOut({
        transferId: id,
        to,
        ...draft,
        ...(stated.months === undefined ? {} : { months: stated.months }),
      })
      const result = await aggregates.execute(enrollments, stream, out, callerMetadata(id, `out:${province}`, caller))
      if (isLeft(result)) throw refuse(result.left)
      return index.refresh(id)
    })

  const accept: Commands["accept"] = async (id, province, caller) => {
    const { leg, origin } = await legOf(id, province)
    if (hasSent(origin, id)) return index.refresh(id)
    const why = await whyNot(id, province)
    if (why.length > 0)
      throw refuse({ code: "TASK_NOT_CLEAN", leg: province, why: why.map(({ zh, en }) => `${zh} / ${en}`).join("；") })
    // Stated is what was looked at: should the ledger have moved on meanwhile, the command refuses with both numbers.
    const { months, account_fen, pooled_fen, bases_fen } = leg.planned
    return state(id, province, { months, account_fen, pooled_fen, bases_fen }, caller)
  }

  const fail: Commands["fail"] = (id, province, reason, caller) =>
    locks.run(id, async () => {
      const { origin } = await legOf(id, province)
      if (hasSent(origin, id)) throw refuse({ code: "LEG_SENT", leg: province })
      return onTransfer(id, `fail:${province}`, caller, transfer.failLeg({ leg: province, reason, on: today() }))
    })

  return {
    apply,
    draft: async (id, province) => {
      const { origin } = await legOf(id, province)
      if (hasSent(origin, id)) throw refuse({ code: "LEG_SENT", leg: province })
      return statementDraft(province, origin, today())
    },
    state,
    whyNotClean: whyNot,
    accept,
    money: (id, leg, money, caller) =>
      locks.run(id, async () => {
        const on = today()
        const booked = transfer.receiveMoney({ leg, ...money, on, due: dueDate("booking", on) })
        return onTransfer(id, `money:${leg}:${money.remittance}`, caller, booked)
      }),
    dispute: (id, leg, reason, caller, request) =>
      locks.run(id, () => onTransfer(id, `dispute:${leg}:${request}`, caller, transfer.disputeLeg({ leg, reason }))),
    settle: (id, leg, note, caller, request) =>
      locks.run(id, () => onTransfer(id, `settle:${leg}:${request}`, caller, transfer.settleDispute({ leg, note }))),
    fail,
  }
}
