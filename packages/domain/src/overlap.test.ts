import { decidesOnce, specification } from "@tongzhang/testing/decider"
import { anyRange } from "@tongzhang/testing/arbitraries"
import { spans } from "@tongzhang/testing/enrollment-facts"
import * as fc from "fast-check"
import { isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { type Decision, foldWith } from "./decider.js"
import { type DateText, type Instant, instantOf, type PersonKey } from "./ids.js"
import { difference, equals, isEmpty, ofRanges } from "./month-set.js"
import { fen } from "./money.js"
import {
  caseIdOf,
  detectOverlap,
  dismissOverlap,
  evolve,
  initial,
  notifyOverlap,
  type Overlap,
  type OverlapEvent,
  type OverlapRefusal,
  proposeResolution,
  streamOf,
} from "./overlap.js"
import { clearOverlap, decideOverlap, recordChoice, withdrawDecision } from "./overlap-decision.js"

const aggregate = { initial, evolve }
const { given } = specification(aggregate)
const sides = ["31_110", "44_110"] as const
const id = caseIdOf(...sides)

const detect = (months: string) => detectOverlap({ case: id, kind: "EMP-EMP", sides, months: spans(months) })
const notify = notifyOverlap({ case: id, provinces: ["31", "44"] })
const options = [{ keep: "44_110", drop: "31_110", months: spans("2024-03"), refund_fen: fen(8_000), legal: "187号" }]
const propose = proposeResolution({ case: id, recommended: "44_110", options })
const decide = (keep: string) => decideOverlap({ case: id, keep, reason: "本人同意", undoUntil: null })
const clearAt = (at: Instant) => clearOverlap({ case: id, months: spans("2024-03"), refund_fen: fen(8_000), at })
const [early, until, late] = [instantOf(1_000), instantOf(2_000), instantOf(3_000)]
const clear = clearAt(late)
const dismiss = dismissOverlap({ case: id, reason: "非本人" })

const detected = (months: string): OverlapEvent => ({
  type: "OverlapDetected",
  case: id,
  kind: "EMP-EMP",
  sides,
  months: spans(months),
})
const reopened = (months: string, reason = "months overlap again"): OverlapEvent => ({
  type: "OverlapReopened",
  case: id,
  months: spans(months),
  reason,
})
const notified: OverlapEvent = { type: "OverlapNotified", case: id, provinces: ["31", "44"] }
const proposed: OverlapEvent = { type: "ResolutionProposed", case: id, recommended: "44_110", options }
const decided: OverlapEvent = { type: "OverlapDecided", case: id, keep: "44_110", reason: "本人同意", undoUntil: null }
const cleared: OverlapEvent = { type: "OverlapCleared", case: id, months: spans("2024-03"), refund_fen: fen(8_000) }
const dismissed: OverlapEvent = { type: "OverlapDismissed", case: id, reason: "非本人" }
const dissolved: OverlapEvent = { type: "OverlapDissolved", case: id }

describe("detecting", () => {
  it("one pair of relations is one case, whichever is seen first", () => {
    expect(caseIdOf("44_110", "31_110")).toBe(id)
    expect(streamOf("ab" as PersonKey, "pension")).toBe("Overlap-ab_pension")
  })
  it("opens a case; the same months again are nothing, however they are cut", () => {
    given().when(detect("2024-03..2024-04")).then(detected("2024-03..2024-04")).and.when(detect("2024-03..2024-04")).thenNothing()
    given(detected("2024-03..2024-04")).when(detect("2024-03 2024-04")).thenNothing()
  })
  it("opens none where nothing overlaps", () => given().when(detect("")).thenNothing())
  it("widens and narrows an open case, and asks for a new proposal", () => {
    const changed: OverlapEvent = { type: "OverlapChanged", case: id, months: spans("2024-04") }
    given(detected("2024-03..2024-04"), proposed)
      .when(detect("2024-04"))
      .then(changed)
      .and.when(detect("2024-04"))
      .thenNothing()
      .and.when(propose)
      .then(proposed)
  })
  it("dissolves an open case when a correction takes the overlap away, and reopens it when it comes back", () =>
    given(detected("2024-03"))
      .when(detect(""))
      .then(dissolved)
      .and.when(detect(""))
      .thenNothing()
      .and.when(detect("2024-05"))
      .then(reopened("2024-05"))
      .and.when(detect("2024-05"))
      .thenNothing())
  it("reopens a cleared case when the months overlap again; a new decision is asked for", () =>
    given(detected("2024-03"), notified, proposed, decided, cleared)
      .when(detect(""))
      .thenNothing()
      .and.when(detect("2024-03"))
      .then(reopened("2024-03"))
      .and.when(notify)
      .then(notified)
      .and.when(propose)
      .then(proposed)
      .and.when(decide("31_110"))
      .then({ ...decided, keep: "31_110" }))
  it("reopens a dismissed case only for further months", () => {
    const books = [detected("2024-03..2024-04"), dismissed]
    given(...books)
      .when(detect("2024-03..2024-04"))
      .thenNothing()
    given(...books)
      .when(detect("2024-04"))
      .thenNothing()
    given(...books)
      .when(detect(""))
      .thenNothing()
    given(...books)
      .when(detect("2024-04..2024-05"))
      .then(reopened("2024-04..2024-05", "further months since the dismissal"))
  })
  it("leaves a decided case to its refund", () => {
    given(detected("2024-03"), decided).when(detect("")).thenNothing()
    given(detected("2024-03"), decided).when(detect("2024-03..2024-04")).thenNothing()
  })
})

describe("deciding", () => {
  it("notifies, proposes, decides, clears: each once", () =>
    given(detected("2024-03"))
      .when(notify)
      .then(notified)
      .and.when(notify)
      .thenNothing()
      .and.when(propose)
      .then(proposed)
      .and.when(propose)
      .thenNothing()
      .and.when(decide("44_110"))
      .then(decided)
      .and.when(decide("44_110"))
      .thenNothing()
      .and.when(clear)
      .then(cleared)
      .and.when(clear)
      .thenNothing()
      .and.when(decide("44_110"))
      .thenNothing())
  it("needs no proposal: detection never decides, an agency may decide at once", () =>
    given(detected("2024-03"))
      .when(decide("31_110"))
      .then({ ...decided, keep: "31_110" }))
  it("neither notifies nor proposes in a case that is not open", () => {
    given(detected("2024-03"), dismissed).when(notify).thenNothing()
    given(detected("2024-03"), decided).when(propose).thenNothing()
  })
  it("refuses a side that is not in the case", () =>
    given(detected("2024-03")).when(decide("11_110")).thenRefused({ code: "SIDE_NOT_IN_CASE", side: "11_110", sides }))
  it("refuses the opposite decision", () => {
    given(detected("2024-03"), decided).when(decide("31_110")).thenRefused({ code: "DECIDED_DIFFERENTLY", keep: "44_110" })
    given(detected("2024-03"), decided, cleared).when(decide("31_110")).thenRefused({ code: "DECIDED_DIFFERENTLY" })
  })
  it("refuses to decide what is closed", () => {
    given(detected("2024-03"), dismissed)
      .when(decide("44_110"))
      .thenRefused({ code: "CASE_CLOSED", case: id, status: "dismissed" })
    given(detected("2024-03"), dissolved)
      .when(decide("44_110"))
      .thenRefused({ code: "CASE_CLOSED", case: id, status: "dissolved" })
  })
  it("refuses to clear before the decision", () =>
    given(detected("2024-03")).when(clear).thenRefused({ code: "CASE_NOT_DECIDED", case: id }))
  it("dismisses an open case only", () => {
    given(detected("2024-03")).when(dismiss).then(dismissed).and.when(dismiss).thenNothing()
    given(detected("2024-03"), decided).when(dismiss).thenRefused({ code: "CASE_CLOSED", case: id, status: "decided" })
  })
  it("refuses a case nobody has detected", () => {
    for (const decision of [notify, propose, decide("44_110"), clear, dismiss])
      given().when(decision).thenRefused({ code: "CASE_UNKNOWN", case: id })
  })
})

describe("taking a decision back", () => {
  const decideUntil = decideOverlap({ case: id, keep: "44_110", reason: "本人同意", undoUntil: until })
  const decidedUntil: OverlapEvent = { ...decided, undoUntil: until }
  const withdraw = (at: Instant) => withdrawDecision({ case: id, reason: "选错了", at })
  const withdrawn: OverlapEvent = { type: "OverlapDecisionWithdrawn", case: id, reason: "选错了" }

  it("opens the case again while the window runs, and another decision may follow", () =>
    given(detected("2024-03"), proposed)
      .when(decideUntil)
      .then(decidedUntil)
      .and.when(withdraw(early))
      .then(withdrawn)
      .and.when(withdraw(late))
      .thenNothing()
      .and.when(decide("31_110"))
      .then({ ...decided, keep: "31_110" }))
  it("nothing is cleared before the window has passed, and nothing is taken back after it", () => {
    const books = [detected("2024-03"), decidedUntil]
    given(...books)
      .when(clearAt(early))
      .thenRefused({ code: "UNDO_WINDOW_RUNS", undoUntil: until })
    given(...books)
      .when(withdraw(until))
      .thenRefused({ code: "UNDO_WINDOW_OVER", undoUntil: until })
    given(...books)
      .when(clearAt(until))
      .then(cleared)
      .and.when(withdraw(early))
      .thenRefused({ code: "UNDO_WINDOW_OVER" })
  })
  it("refuses where there is no window or no decision", () => {
    given(detected("2024-03"), decided).when(withdraw(early)).thenRefused({ code: "UNDO_WINDOW_OVER", undoUntil: null })
    given(detected("2024-03")).when(withdraw(early)).thenRefused({ code: "CASE_NOT_DECIDED" })
  })
})

describe("what the person wants", () => {
  const choose = (keep: string) => recordChoice({ case: id, keep, channel: "app", on: "2026-03-02" as DateText })
  const chosen: OverlapEvent = {
    type: "OverlapChoiceRecorded",
    case: id,
    keep: "31_110",
    channel: "app",
    on: "2026-03-02" as DateText,
  }
  it("is recorded once, may change until the decision, and is forgotten with the months it was about", () => {
    given(detected("2024-03")).when(choose("31_110")).then(chosen).and.when(choose("31_110")).thenNothing()
    given(detected("2024-03"), chosen)
      .when(choose("44_110"))
      .then({ ...chosen, keep: "44_110" })
    given(detected("2024-03"), decided).when(choose("44_110")).thenRefused({ code: "CASE_CLOSED", status: "decided" })
    given(detected("2024-03")).when(choose("11_110")).thenRefused({ code: "SIDE_NOT_IN_CASE" })
    const { state } = given(detected("2024-03"), chosen, decided, cleared, reopened("2024-05"))
    expect(state.cases.get(id)?.choice).toBeUndefined()
  })
})

describe("above the limit of one officer", () => {
  const by = (officer: string, keep = "44_110", limit = 7_999) =>
    decideOverlap({
      case: id,
      keep,
      reason: "本人同意",
      undoUntil: null,
      approval: { officer, limit_fen: fen(limit) },
    })
  const asked: OverlapEvent = {
    type: "OverlapApprovalAsked",
    case: id,
    keep: "44_110",
    reason: "本人同意",
    officer: "张",
    refund_fen: fen(8_000),
  }
  const books = [detected("2024-03"), proposed]
  it("the first officer asks, the same one adds nothing, a second one decides", () =>
    given(...books)
      .when(by("张"))
      .then(asked)
      .and.when(by("张"))
      .thenNothing()
      .and.when(by("李"))
      .then(decided))
  it("at the limit one officer is enough; another side is another question", () => {
    given(...books)
      .when(by("张", "44_110", 8_000))
      .then(decided)
    // Nothing is proposed to come back when 31 is kept: no limit is passed.
    given(...books, asked)
      .when(by("张", "31_110"))
      .then({ ...decided, keep: "31_110" })
  })
})

describe("any history of a case", () => {
  const months = fc.array(anyRange(undefined, 4), { maxLength: 2 })
  const moment = fc.constantFrom(early, until, late)
  const step = fc
    .tuple(fc.nat(15), months, moment)
    .map(([what, found, at]): ((state: Overlap) => Decision<OverlapRefusal, OverlapEvent>) => {
      const others = [
        notify,
        propose,
        decide("44_110"),
        decide("31_110"),
        clearAt(at),
        dismiss,
        decideOverlap({ case: id, keep: "44_110", reason: "本人同意", undoUntil: until }),
        withdrawDecision({ case: id, reason: "选错了", at }),
        recordChoice({ case: id, keep: "31_110", channel: "phone", on: "2026-03-02" as DateText }),
        decideOverlap({
          case: id,
          keep: "44_110",
          reason: "本人同意",
          undoUntil: null,
          approval: { officer: at, limit_fen: fen(1) },
        }),
      ]
      return others[what] ?? detectOverlap({ case: id, kind: "EMP-EMP", sides, months: found })
    })

  it("decides every command once", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: "max" }), (steps) => {
        let state = initial
        for (const decision of steps) state = decidesOnce(aggregate, state, decision)
      }),
      { numRuns: 300 },
    ))

  it("an open case has exactly the months last detected, and a dismissed one all that were since: no alarm is lost", () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: "max" }), months, (steps, last) => {
        let state = initial
        for (const decision of [...steps, detectOverlap({ case: id, kind: "EMP-EMP", sides, months: last })]) {
          const answer = decision(state)
          if (isRight(answer)) state = foldWith(aggregate, answer.right, state)
        }
        const now = ofRanges(last)
        const found = state.cases.get(id)
        if (found === undefined || found.status === "dissolved" || found.status === "cleared") expect(isEmpty(now)).toBe(true)
        if (found?.status === "open") expect(equals(found.months, now)).toBe(true)
        if (found?.status === "dismissed") expect(isEmpty(difference(now, found.months))).toBe(true)
      }),
      { numRuns: 500 },
    ))
})
