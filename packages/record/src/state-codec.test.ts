/** A stored state must be the state: what comes back folds on as if it had never left memory. */
import { examples } from "@tongzhang/contracts/examples"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { describe, expect, it } from "vitest"
import { applyFact } from "./fold.js"
import { newState, type PersonState } from "./person-state.js"
import { decodeState, encodeState, packFacts } from "./state-codec.js"

const key = "0123456789abcdef0123456789abcdef" as PersonKey

const foldAll = (
  facts: readonly (readonly [stream: string, event: LedgerEvent])[],
  state: PersonState,
  from = 0,
): PersonState => {
  const revisions = new Map<string, number>()
  facts.forEach(([stream, event], i) => {
    const revision = revisions.get(stream) ?? 0
    revisions.set(stream, revision + 1)
    if (i < from) return
    const outcome = applyFact(state, {
      stream: stream as StreamName,
      revision,
      event,
      recordedAt: 1_000 + i,
      position: String(i),
    } as never)
    expect(outcome, `${event.type} on ${stream}`).toMatchObject({ kind: "applied" })
  })
  return state
}

const benefit = `Benefit-${key}_110`
const overlap = `Overlap-${key}_pension`
const transfer = `Transfer-${key}_7f3a`
const relation = `Enrollment-32_110_${key}`
const { BenefitClaimed, BenefitAwarded, BenefitHeld, BenefitReleased, BenefitPaid } = examples
const history: readonly (readonly [string, LedgerEvent])[] = [
  [`Person-${key}`, examples.PersonRegistered],
  [relation, examples.EnrollmentOpened],
  [relation, examples.ContributionRecorded],
  [relation, examples.InterestCredited],
  [transfer, examples.TransferRequested],
  [transfer, examples.TransferPlanned],
  [transfer, examples.ContactLetterIssued],
  [transfer, examples.ReminderSent],
  [transfer, examples.LegEscalated],
  [transfer, examples.StatementReceived],
  [transfer, examples.MoneyReceived],
  [overlap, examples.OverlapDetected],
  [overlap, examples.OverlapNotified],
  [overlap, examples.ResolutionProposed],
  [benefit, BenefitClaimed],
  [benefit, BenefitAwarded],
  [benefit, { ...BenefitHeld, claim: "C-1", other: "41_170_X" }],
  [benefit, { ...BenefitReleased, claim: "C-1" }],
  [benefit, BenefitPaid],
  [benefit, { ...BenefitPaid, month: month("2026-04"), amount_fen: fen(547_987) }],
  [transfer, examples.LegReconciled],
  [transfer, examples.LegBooked],
  [transfer, examples.TransferCompleted],
  [overlap, examples.OverlapDecided],
]

describe("a person's state as JSON", () => {
  it("loses nothing: every state on the way goes on exactly as the one that stayed in memory", () => {
    const whole = foldAll(history, newState(key))
    for (let cut = 1; cut < history.length; cut++) {
      const before = foldAll(history.slice(0, cut), newState(key))
      const after = foldAll(history, decodeState(encodeState(before)), cut)
      expect(packFacts(after), `stored after event ${cut}`).toEqual(packFacts(whole))
    }
  })

  it("leaves no map or set for JSON to turn into {} (a paid pension came back broken that way)", () => {
    const walk = (value: unknown, path: string): string[] => {
      if (value instanceof Map || value instanceof Set) return [path]
      if (typeof value !== "object" || value === null) return []
      return Object.entries(value).flatMap(([name, inner]) => walk(inner, `${path}.${name}`))
    }
    expect(walk(packFacts(foldAll(history, newState(key))), "state")).toEqual([])
  })
})
