import { decidesOnce, specification } from "@tongzhang/testing/decider"
import { anyMonth } from "@tongzhang/testing/arbitraries"
import * as fc from "fast-check"
import { isLeft } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import {
  type Award,
  awardBenefit,
  awardFor,
  type Benefit,
  type BenefitEvent,
  type BenefitRefusal,
  claimBenefit,
  endBenefit,
  evolve,
  holdBenefit,
  type HoldReason,
  initial,
  payBenefit,
  recoverBenefit,
  releaseBenefit,
  streamOf,
} from "./benefit.js"
import { type Decision, foldWith } from "./decider.js"
import type { PersonKey } from "./ids.js"
import { month, type YearMonth } from "./month.js"
import { fen } from "./money.js"

const aggregate = { initial, evolve }
const { given } = specification(aggregate)

const worth = (monthly: number): Award => ({
  basic_fen: fen(monthly - 60_000),
  account_fen: fen(50_000),
  transitional_fen: fen(10_000),
  monthly_fen: fen(monthly),
})
const first = worth(300_000)

const claimed = (claim = "c1", province: "31" | "44" = "31", from = "2024-01"): BenefitEvent => ({
  type: "BenefitClaimed",
  claim,
  province,
  from: month(from),
})
const awarded = (award = first, claim = "c1", from = "2024-01"): BenefitEvent => ({
  type: "BenefitAwarded",
  claim,
  from: month(from),
  ...award,
})
const recalculated = (from: string, award: Award): BenefitEvent => ({
  type: "BenefitRecalculated",
  claim: "c1",
  from: month(from),
  reason: "重核",
  ...award,
})
const held = (reason: HoldReason, other: string | null = null, claim = "c1"): BenefitEvent => ({
  type: "BenefitHeld",
  claim,
  reason,
  other,
})
const released = (claim = "c1"): BenefitEvent => ({ type: "BenefitReleased", claim, reason: "已核实" })
const paid = (when: string, amount = 300_000, claim = "c1"): BenefitEvent => ({
  type: "BenefitPaid",
  claim,
  month: month(when),
  amount_fen: fen(amount),
})
const ended = (to: string): BenefitEvent => ({ type: "BenefitEnded", claim: "c1", to: month(to), reason: "死亡" })
const overpaid = (amount: number): BenefitEvent => ({
  type: "BenefitOverpaid",
  claim: "c1",
  amount_fen: fen(amount),
  reason: "死亡",
})
const recovered = (receipt: string, amount: number): BenefitEvent => ({
  type: "BenefitRecovered",
  claim: "c1",
  receipt,
  amount_fen: fen(amount),
})

const claim = (id = "c1", province: "31" | "44" = "31", from = "2024-01") =>
  claimBenefit({ claim: id, province, from: month(from) })
const award = (amounts = first, from = "2024-01", id = "c1") =>
  awardBenefit({ claim: id, from: month(from), reason: "重核", ...amounts })
const hold = (reason: HoldReason, other: string | null = null, id = "c1") => holdBenefit({ claim: id, reason, other })
const release = (id = "c1") => releaseBenefit({ claim: id, reason: "已核实" })
const pay = (when: string, amount = 300_000, id = "c1") => payBenefit({ claim: id, month: month(when), amount_fen: fen(amount) })
const end = (to: string, id = "c1") => endBenefit({ claim: id, to: month(to), reason: "死亡" })
const recover = (receipt: string, amount: number) => recoverBenefit({ claim: "c1", receipt, amount_fen: fen(amount) })

it("the stream is the person's under one scheme, whatever the province", () =>
  expect(streamOf("ab" as PersonKey, "110")).toBe("Benefit-ab_110"))

describe("claiming", () => {
  it("is taken once", () => given().when(claim()).then(claimed()).and.when(claim()).thenNothing())
  it("refuses the same claim from another province", () =>
    given(claimed()).when(claim("c1", "44")).thenRefused({ code: "CLAIM_DIFFERS", claim: "c1" }))
  it("holds a second claim before anything is paid", () => {
    given(claimed(), awarded())
      .when(claim("c2", "44"))
      .then(claimed("c2", "44"), held("SECOND_BENEFIT", "c1", "c2"))
    given(claimed(), awarded(), claimed("c2", "44"), held("SECOND_BENEFIT", "c1", "c2"), awarded(first, "c2"))
      .when(pay("2024-01", 300_000, "c2"))
      .thenRefused({ code: "BENEFIT_HELD", claim: "c2", reason: "SECOND_BENEFIT" })
  })
  it("after the first has ended is no second claim, unless it reaches back into the months of the first", () => {
    given(claimed(), awarded(), ended("2024-06"))
      .when(claim("c2", "44", "2024-07"))
      .then(claimed("c2", "44", "2024-07"))
    given(claimed(), awarded(), ended("2024-06"))
      .when(claim("c2", "44", "2024-06"))
      .then(claimed("c2", "44", "2024-06"), held("SECOND_BENEFIT", "c1", "c2"))
  })
})

describe("awarding", () => {
  it("awards once; another amount is a recalculation", () =>
    given(claimed())
      .when(award())
      .then(awarded())
      .and.when(award())
      .thenNothing()
      .and.when(award(worth(320_000), "2024-06"))
      .then(recalculated("2024-06", worth(320_000)))
      .and.when(award(worth(320_000), "2024-06"))
      .thenNothing())
  it("an earlier award sent again does not undo the recalculation", () => {
    const { state } = given(claimed(), awarded(), recalculated("2024-06", worth(320_000)))
      .when(award())
      .thenNothing()
    expect(state.claims.get("c1")?.award).toEqual(worth(320_000))
  })
  it("takes a total rounded up by less than one yuan, and no other", () => {
    const rounded = { ...first, monthly_fen: fen(300_099) }
    given(claimed()).when(award(rounded)).then(awarded(rounded))
    given(claimed())
      .when(award({ ...first, monthly_fen: fen(300_100) }))
      .thenRefused({ code: "AWARD_DOES_NOT_ADD_UP", sum_fen: fen(300_000), monthly_fen: fen(300_100) })
    given(claimed())
      .when(award({ ...first, monthly_fen: fen(299_999) }))
      .thenRefused({ code: "AWARD_DOES_NOT_ADD_UP" })
  })
  it("refuses an ended claim", () =>
    given(claimed(), awarded(), ended("2024-06"))
      .when(award(worth(320_000)))
      .thenRefused({ code: "CLAIM_ENDED", claim: "c1", to: month("2024-06") }))
})

describe("paying", () => {
  it("pays each month once", () =>
    given(claimed(), awarded())
      .when(pay("2024-01"))
      .then(paid("2024-01"))
      .and.when(pay("2024-01"))
      .thenNothing()
      .and.when(pay("2024-02"))
      .then(paid("2024-02")))
  it("refuses what was not awarded", () => {
    given(claimed()).when(pay("2024-01")).thenRefused({ code: "NOT_AWARDED", claim: "c1" })
    given(claimed(), awarded())
      .when(pay("2024-01", 300_001))
      .thenRefused({ code: "AMOUNT_NOT_AWARDED", awarded_fen: fen(300_000), amount_fen: fen(300_001) })
  })
  it("refuses months before the start and after the end", () => {
    given(claimed(), awarded())
      .when(pay("2023-12"))
      .thenRefused({ code: "MONTH_OUTSIDE_BENEFIT", month: month("2023-12"), from: month("2024-01"), to: null })
    given(claimed(), awarded(), ended("2024-06"))
      .when(pay("2024-07"))
      .thenRefused({ code: "MONTH_OUTSIDE_BENEFIT", to: month("2024-06") })
    given(claimed(), awarded(), ended("2024-06")).when(pay("2024-06")).then(paid("2024-06"))
  })
  it("pays a month by the award in force in it, also when a later one has been decided since", () => {
    const books = [claimed(), awarded(), recalculated("2024-06", worth(320_000))]
    given(...books)
      .when(pay("2024-05"))
      .then(paid("2024-05"))
    given(...books)
      .when(pay("2024-06", 320_000))
      .then(paid("2024-06", 320_000))
    given(...books)
      .when(pay("2024-06"))
      .thenRefused({ code: "AMOUNT_NOT_AWARDED", awarded_fen: fen(320_000) })
    given(...books, recalculated("2024-06", worth(330_000)))
      .when(pay("2024-07", 330_000))
      .then(paid("2024-07", 330_000))
  })
})

describe("holding", () => {
  const books = [claimed(), awarded()]
  it("stops payment until it is released", () =>
    given(...books)
      .when(hold("UNDER_REVIEW"))
      .then(held("UNDER_REVIEW"))
      .and.when(hold("UNDER_REVIEW"))
      .thenNothing()
      .and.when(release())
      .then(released())
      .and.when(release())
      .thenNothing()
      .and.when(pay("2024-01"))
      .then(paid("2024-01")))
  it("refuses to pay", () =>
    given(...books, held("DEATH_REPORTED"))
      .when(pay("2024-01"))
      .thenRefused({ code: "BENEFIT_HELD", claim: "c1", reason: "DEATH_REPORTED" }))
  it("is not made again against a benefit that a person has looked at, but is against another", () => {
    const looked = [...books, held("SECOND_BENEFIT", "c2"), released()]
    given(...looked)
      .when(hold("SECOND_BENEFIT", "c2"))
      .thenNothing()
    given(...looked)
      .when(hold("SECOND_BENEFIT", "c3"))
      .then(held("SECOND_BENEFIT", "c3"))
  })
  it("is not made again by the detector, which names the same benefit with its province and scheme", () => {
    const looked = [...books, claimed("c2", "44"), held("SECOND_BENEFIT", "c1", "c2"), released("c2")]
    given(...looked)
      .when(hold("SECOND_BENEFIT", "31_110_c1", "c2"))
      .thenNothing()
    given(...looked)
      .when(hold("SECOND_BENEFIT", "31_170_c9", "c2"))
      .then(held("SECOND_BENEFIT", "31_170_c9", "c2"))
  })
  it("the release of a review is no leave to draw two pensions", () =>
    given(...books, held("UNDER_REVIEW"), released())
      .when(hold("SECOND_BENEFIT", "c2"))
      .then(held("SECOND_BENEFIT", "c2")))
  it("a review between does not forget that the second benefit was looked at", () =>
    given(...books, held("SECOND_BENEFIT", "c2"), released(), held("UNDER_REVIEW"), released())
      .when(hold("SECOND_BENEFIT", "c2"))
      .thenNothing())
  it("a reported death takes over another hold, and no other hold takes over a reported death", () => {
    given(...books, held("SECOND_BENEFIT", "c2"))
      .when(hold("DEATH_REPORTED"))
      .then(held("DEATH_REPORTED"))
      .and.when(hold("DEATH_REPORTED"))
      .thenNothing()
      .and.when(hold("SECOND_BENEFIT", "c2"))
      .thenNothing()
    given(...books, held("UNDER_REVIEW"))
      .when(hold("SECOND_BENEFIT", "c2"))
      .thenNothing()
  })
  it("leaves an ended claim alone", () =>
    given(...books, ended("2024-06"))
      .when(hold("UNDER_REVIEW"))
      .thenNothing())
})

describe("ending and recovering", () => {
  const year = [claimed(), awarded(), paid("2024-01"), paid("2024-02"), paid("2024-03")]
  it("overpaid is what was paid for months after the end", () => {
    given(...year)
      .when(end("2024-01"))
      .then(ended("2024-01"), overpaid(600_000))
      .and.when(end("2024-01"))
      .thenNothing()
    given(...year)
      .when(end("2024-03"))
      .then(ended("2024-03"))
    given(claimed()).when(end("2024-03")).then(ended("2024-03"))
  })
  it("overpaid is what each month was paid, not the last award", () =>
    given(...year, recalculated("2024-04", worth(400_000)), paid("2024-04", 400_000))
      .when(end("2024-02"))
      .then(ended("2024-02"), overpaid(700_000)))
  it("an earlier end told later makes more overpaid; a later one changes nothing", () => {
    const first = [...year, ended("2024-02"), overpaid(300_000)]
    given(...first)
      .when(end("2023-12"))
      .then(ended("2023-12"), overpaid(600_000))
      .and.when(end("2024-02"))
      .thenNothing()
    given(...first)
      .when(end("2024-03"))
      .thenNothing()
  })
  it("recovers up to what was overpaid, each receipt once", () =>
    given(...year, ended("2024-01"), overpaid(600_000))
      .when(recover("R1", 400_000))
      .then(recovered("R1", 400_000))
      .and.when(recover("R1", 400_000))
      .thenNothing()
      .and.when(recover("R2", 200_000))
      .then(recovered("R2", 200_000)))
  it("refuses to recover more", () =>
    given(...year, ended("2024-01"), overpaid(600_000), recovered("R1", 400_000))
      .when(recover("R2", 200_001))
      .thenRefused({ code: "RECOVERED_TOO_MUCH", open_fen: fen(200_000), amount_fen: fen(200_001) }))
})

it("refuses a claim nobody has made", () => {
  for (const decision of [award(), hold("UNDER_REVIEW"), release(), pay("2024-01"), end("2024-01"), recover("R1", 1)])
    given().when(decision).thenRefused({ code: "CLAIM_UNKNOWN", claim: "c1" })
})

describe("any history of claims", () => {
  const near = anyMonth(month("2024-01"), month("2024-12"))
  const step = fc
    .tuple(
      fc.constantFrom("c1", "c2"),
      near,
      fc.constantFrom(300_000, 320_000, 400_000),
      fc.nat(11),
      fc.constantFrom<HoldReason>("SECOND_BENEFIT", "DEATH_REPORTED", "UNDER_REVIEW"),
    )
    .map(([id, when, monthly, what, reason]) => {
      const due: Step = (state) => {
        const found = state.claims.get(id)
        return payBenefit({
          claim: id,
          month: when,
          amount_fen: (found === undefined ? null : awardFor(found, when))?.monthly_fen ?? fen(monthly),
        })
      }
      const choices: readonly Step[] = [
        due,
        due,
        due,
        due,
        due,
        () => claimBenefit({ claim: id, province: "31", from: when }),
        () => awardBenefit({ claim: id, from: when, reason: "r", ...worth(monthly) }),
        () => hold(reason, "other", id),
        () => release(id),
        () => endBenefit({ claim: id, to: when, reason: "r" }),
        () => recoverBenefit({ claim: id, receipt: `R${monthly}`, amount_fen: fen(monthly) }),
      ]
      return choices[what] ?? due
    })
  type Step = (state: Benefit) => (state: Benefit) => Decision<BenefitRefusal, BenefitEvent>
  const start = [claimed(), awarded(), claimed("c2", "44"), held("SECOND_BENEFIT", "c1", "c2"), awarded(worth(320_000), "c2")]
  const histories = fc.array(step, { maxLength: 50, size: "max" })

  it("decides every command once", () =>
    fc.assert(
      fc.property(histories, (steps) => {
        let state = foldWith(aggregate, start)
        for (const plan of steps) state = decidesOnce(aggregate, state, plan(state))
      }),
      { numRuns: 300 },
    ))

  it("never pays a held claim, a month twice, or a month outside it; overpaid is what lies after the end; recovered is never more", () => {
    let ends = 0
    fc.assert(
      fc.property(histories, (steps) => {
        let state = foldWith(aggregate, start)
        const payments = new Map<string, Map<YearMonth, number>>()
        for (const plan of steps) {
          const decided = plan(state)(state)
          if (isLeft(decided)) continue
          for (const event of decided.right) {
            if (event.type === "BenefitPaid") {
              const before = state.claims.get(event.claim)
              expect(before?.held).toBeNull()
              expect(event.month <= (before?.to ?? event.month)).toBe(true)
              const of = payments.get(event.claim) ?? new Map<YearMonth, number>()
              expect(of.has(event.month)).toBe(false)
              payments.set(event.claim, of.set(event.month, event.amount_fen))
            }
            state = evolve(state, event)
          }
          for (const [id, found] of state.claims) {
            const of = [...(payments.get(id) ?? [])]
            const late = of
              .filter(([when]) => found.to !== null && when > found.to)
              .reduce((total, [, amount]) => total + amount, 0)
            expect(found.paid_fen).toBe(of.reduce((total, [, amount]) => total + amount, 0))
            expect(found.overpaid_fen).toBe(late)
            expect(found.recovered_fen).toBeLessThanOrEqual(found.overpaid_fen)
            if (late > 0) ends++
          }
        }
      }),
      { numRuns: 300, seed: 11 },
    )
    expect(ends).toBeGreaterThan(100)
  })
})
