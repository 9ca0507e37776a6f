import { anyFen } from "@tongzhang/testing/arbitraries"
import { decidesOnce, specification } from "@tongzhang/testing/decider"
import * as fc from "fast-check"
import { isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import type { Decision } from "./decider.js"
import type { DateText } from "./ids.js"
import { fen } from "./money.js"
import * as Register from "./workpaper-register.js"
import {
  closeEngagement,
  drawnBefore,
  type DrawnItem,
  type EngagementId,
  evolve,
  initial,
  openEngagement,
  raiseFinding,
  recordCheck,
  recordSample,
  resolveFinding,
  reviewEngagement,
  streamOf,
  type Subject,
  withdrawFinding,
  type Workpaper,
  type WorkpaperEvent,
  type WorkpaperRefusal,
  writeNote,
} from "./workpaper.js"

const aggregate = { initial, evolve }
const { given } = specification(aggregate)
const date = (text: string): DateText => text as DateText
const id = (n: number): string => `3e4a7c52-6d1b-5f0e-9c8a-${String(n).padStart(12, "0")}`
const ref = (n: number) => ({ event: id(n), stream: "Enrollment-44_110_x", revision: n })

const scope = {
  title: "转移接续审计",
  scope: "转出金额",
  province: null,
  scheme: null,
  from: date("2025-01-01"),
  to: date("2025-12-31"),
}
const open = openEngagement({ ...scope, auditor: "wang" })
const opened: WorkpaperEvent = { type: "EngagementOpened", ...scope, auditor: "wang" }
const item = (n: number): DrawnItem => ({
  ...ref(n),
  type: "ContributionRecorded@1",
  position: `p${n}`,
  amount_fen: fen(n),
  stratum: "s",
  hits: 1,
})
const draw = { seed: "7", method: "stratified", size: 2, upTo: "p9", province: null, scheme: null, recorded: null } as const
const sample = { ...draw, facts: 9, amount_fen: fen(45), items: [item(1), item(2)], by: "wang" }
const drawn: WorkpaperEvent = { type: "SampleDrawn", sample: "S1", ...sample }
const free: Subject = { kind: "free" }
const onItem: Subject = { kind: "item", sample: "S1", event: id(1) }
const note = (about: Subject, by = "wang") => writeNote({ about, result: "exception", text: "基数低于下限", by })
const content = {
  severity: "major",
  title: "重复缴费未清退",
  rule: "人社部发〔2010〕70号 Art 3",
  evidence: [ref(1)],
  amount_fen: fen(8_000),
  recommendation: "清退",
} as const
const raise = raiseFinding({ ...content, by: "wang" })
const raised: WorkpaperEvent = { type: "FindingRaised", finding: "F1", ...content, by: "wang" }
const close = closeEngagement({ conclusion: "除 F1 外无差异", position: "p20", checkpoint: null, by: "wang" })
const closed: WorkpaperEvent = {
  type: "EngagementClosed",
  conclusion: "除 F1 外无差异",
  position: "p20",
  checkpoint: null,
  by: "wang",
}

describe("an engagement", () => {
  it("is opened once, by one auditor, for a period that runs forwards", () => {
    given().when(open).then(opened).and.when(open).thenNothing()
    given(opened)
      .when(openEngagement({ ...scope, auditor: "li" }))
      .thenRefused({ code: "ENGAGEMENT_DIFFERS", auditor: "wang" })
    given()
      .when(openEngagement({ ...scope, to: date("2024-12-31"), auditor: "wang" }))
      .thenRefused({ code: "ENGAGEMENT_PERIOD" })
    expect(streamOf("AUD2026.01" as EngagementId)).toBe("Workpaper-AUD2026.01")
  })
  it("takes nothing in before it is opened or after it is closed, and is closed once", () => {
    given().when(raise).thenRefused({ code: "ENGAGEMENT_UNKNOWN" })
    given(opened).when(close).then(closed).and.when(close).thenNothing()
    given(opened, closed).when(raise).thenRefused({ code: "ENGAGEMENT_CLOSED", conclusion: "除 F1 外无差异" })
    given(opened, closed)
      .when(closeEngagement({ conclusion: "无差异", position: "p21", checkpoint: null, by: "wang" }))
      .thenRefused({ code: "ENGAGEMENT_CLOSED" })
  })
  it("answers a retry that arrives after the closing as obeyed", () => {
    given(opened, drawn, raised, closed).when(raise).thenNothing()
    given(opened, drawn, closed).when(recordSample(sample)).thenNothing()
  })
})

describe("a sample", () => {
  it("is drawn once for one question; every other draw stays beside it", () => {
    const again = recordSample({ ...sample, seed: "8" })
    given(opened).when(recordSample(sample)).then(drawn).and.when(recordSample(sample)).thenNothing()
    given(opened, drawn)
      .when(again)
      .then({ type: "SampleDrawn", sample: "S2", ...sample, seed: "8" })
  })
  it("asked for without a position is the one drawn before, at whatever position that was", () => {
    const { state } = given(opened, drawn)
    expect(drawnBefore(state, { ...draw, upTo: null })).toBe("S1")
    expect(drawnBefore(state, { ...draw, upTo: "p8" })).toBeNull()
    expect(drawnBefore(state, { ...draw, upTo: null, size: 3 })).toBeNull()
    expect(drawnBefore(state, { ...draw, upTo: null, recorded: { from: date("2025-01-01"), to: date("2025-12-31") } })).toBeNull()
  })
})

describe("a note", () => {
  it("is about an item that was drawn, a fact, a finding or nothing in particular", () => {
    const written = (n: number, about: Subject): WorkpaperEvent => ({
      type: "NoteWritten",
      note: `N${n}`,
      about,
      result: "exception",
      text: "基数低于下限",
      by: "wang",
    })
    given(opened, drawn)
      .when(note(onItem))
      .then(written(1, onItem))
      .and.when(note(free))
      .then(written(2, free))
      .and.when(note(onItem))
      .thenNothing()
    given(opened, drawn)
      .when(note({ ...onItem, event: id(3) }))
      .thenRefused({ code: "ITEM_NOT_DRAWN" })
    given(opened).when(note(onItem)).thenRefused({ code: "SAMPLE_UNKNOWN", sample: "S1" })
    given(opened)
      .when(note({ kind: "finding", finding: "F1" }))
      .thenRefused({ code: "FINDING_UNKNOWN" })
  })
})

describe("a finding", () => {
  const settle = { finding: "F1", reason: "已清退", by: "wang" }
  it("needs evidence, and is settled once, one way", () => {
    given(opened).when(raise).then(raised).and.when(raise).thenNothing()
    given(opened)
      .when(raiseFinding({ ...content, evidence: [], by: "wang" }))
      .thenRefused({ code: "EVIDENCE_MISSING" })
    given(opened, raised)
      .when(resolveFinding(settle))
      .then({ type: "FindingResolved", ...settle })
      .and.when(resolveFinding(settle))
      .thenNothing()
      .and.when(withdrawFinding(settle))
      .thenRefused({ code: "FINDING_SETTLED", status: "resolved" })
    given(opened).when(resolveFinding(settle)).thenRefused({ code: "FINDING_UNKNOWN" })
  })
  it("withdrawn may be raised again, under a number of its own", () => {
    given(opened, raised, { type: "FindingWithdrawn", ...settle })
      .when(raise)
      .then({ ...raised, finding: "F2" })
  })
})

describe("the second reader", () => {
  const review = (by: string) => reviewEngagement({ opinion: "同意", by })
  it("has written nothing in the paper, and writes nothing afterwards", () => {
    given(opened).when(review("wang")).thenRefused({ code: "REVIEW_BY_WRITER" })
    given(opened)
      .when(review("li"))
      .then({ type: "EngagementReviewed", opinion: "同意", by: "li" })
      .and.when(review("li"))
      .thenNothing()
      .and.when(note(free, "li"))
      .thenRefused({ code: "WRITTEN_BY_REVIEWER", by: "li" })
  })
})

type Command = (state: Workpaper) => Decision<WorkpaperRefusal, WorkpaperEvent>
const anyBy = fc.constantFrom("wang", "li", "zhao")
const few = fc.integer({ min: 1, max: 3 })
const anySubject: fc.Arbitrary<Subject> = fc.oneof(
  few.map((n): Subject => ({ kind: "item", sample: `S${n}`, event: id(n) })),
  few.map((n): Subject => ({ kind: "event", ...ref(n) })),
  few.map((n): Subject => ({ kind: "finding", finding: `F${n}` })),
  fc.constant(free),
)
const anyReason = fc.record({ finding: few.map((n) => `F${n}`), reason: fc.constantFrom("已改", "有误"), by: anyBy })
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  anyBy.map((auditor) => openEngagement({ ...scope, auditor })),
  fc
    .record({ seed: few.map(String), by: anyBy, amount_fen: anyFen(), items: fc.array(few.map(item), { maxLength: 3 }) })
    .map((one) => recordSample({ ...sample, ...one })),
  fc
    .record({ about: anySubject, text: fc.constantFrom("甲", "乙"), by: anyBy })
    .map((one) => writeNote({ result: null, ...one })),
  fc
    .record({ title: fc.constantFrom("一", "二"), evidence: fc.array(few.map(ref), { maxLength: 2 }), by: anyBy })
    .map((one) => raiseFinding({ ...content, ...one })),
  anyReason.map(resolveFinding),
  anyReason.map(withdrawFinding),
  fc
    .record({ job: few.map(String), by: anyBy })
    .map((one) => recordCheck({ check: "fsck", ok: true, upTo: "p9", events: 9, persons: 1, first: null, ...one })),
  fc.record({ opinion: fc.constantFrom("同意", "有异议"), by: anyBy }).map(reviewEngagement),
  fc
    .record({ conclusion: fc.constantFrom("结", "论"), by: anyBy })
    .map((one) => closeEngagement({ position: "p", checkpoint: null, ...one })),
)

describe("whatever is asked in whatever order", () => {
  it("the same command twice decides nothing, numbers run without a gap, reviewers are no writers, nothing follows the closing", () =>
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
        let state: Workpaper = initial
        const events: WorkpaperEvent[] = []
        for (const command of [open, ...commands]) {
          const decided = command(state)
          if (isRight(decided)) events.push(...decided.right)
          state = decidesOnce(aggregate, state, command)
          expect([...state.reviews.keys()].filter((one) => state.writers.has(one))).toEqual([])
        }
        const numbered = (prefix: string, ids: readonly string[]) => expect(ids).toEqual(ids.map((_, i) => `${prefix}${i + 1}`))
        numbered(
          "S",
          events.flatMap((event) => (event.type === "SampleDrawn" ? [event.sample] : [])),
        )
        numbered(
          "N",
          events.flatMap((event) => (event.type === "NoteWritten" ? [event.note] : [])),
        )
        numbered(
          "F",
          events.flatMap((event) => (event.type === "FindingRaised" ? [event.finding] : [])),
        )
        const end = events.findIndex(({ type }) => type === "EngagementClosed")
        expect(end === -1 || end === events.length - 1).toBe(true)
        for (const [finding, { status }] of state.findings) {
          const settled = events.filter(
            (event) => (event.type === "FindingResolved" || event.type === "FindingWithdrawn") && event.finding === finding,
          )
          expect(settled).toHaveLength(status === "open" ? 0 : 1)
        }
      }),
    ))
})

describe("the register", () => {
  it("names every engagement once", () => {
    const { given: entered } = specification(Register)
    const first = "AUD2026.01" as EngagementId
    const event = { type: "EngagementRegistered", engagement: first } as const
    entered().when(Register.registerEngagement(first)).then(event).and.when(Register.registerEngagement(first)).thenNothing()
    expect(Register.registerStream).toBe("Workpaper-register")
  })
})
