import { decidesOnce, specification } from "@tongzhang/testing/decider"
import { anyDate, anyProvince } from "@tongzhang/testing/arbitraries"
import * as fc from "fast-check"
import { isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import {
  answerAppeal,
  type AnswerAppeal,
  type Appeal,
  appealIdOf,
  assignAppeal,
  type Contested,
  escalateAppeal,
  evolve,
  fileAppeal,
  initial,
  isOpen,
  outcomes,
  streamOf,
  supplementAppeal,
  withdrawAppeal,
} from "./appeal.js"
import { type Decision, foldWith } from "./decider.js"
import type { DateText, PersonKey } from "./ids.js"
import { personOf, subjectOf } from "./stream-name.js"

const aggregate = { initial, evolve }
const { given } = specification(aggregate)
const person = "0123456789abcdef0123456789abcdef" as PersonKey
const day = (text: string): DateText => text as DateText
const about: Contested = {
  subject: "relation:44_110:account_fen",
  shown: "¥12,480.00",
  validAt: null,
  knownAt: null,
  position: "7",
}
const [on, due] = [day("2026-03-02"), day("2026-05-01")]
const file = fileAppeal({ person, about, sealed: "s1.k.x", holder: "44", why: "报送了最新一条事实", on, due })
const filed = { type: "AppealFiled", person, about, sealed: "s1.k.x", on } as const
const assigned = { type: "AppealAssigned", to: "44", reason: "报送了最新一条事实", on, due } as const
const answer = (part: Partial<AnswerAppeal>): AnswerAppeal => ({
  outcome: "rejected",
  by: "44",
  reason: "单位当月未缴",
  article: "社会保险法 Art 60",
  correction: null,
  on: day("2026-03-20"),
  ...part,
})
const upheld = answer({ outcome: "upheld", article: null, correction: "补记 2026-01" })
const moreNeeded = answer({ outcome: "more_needed", article: null, reason: "请提供 1 月工资条" })

describe("an appeal", () => {
  it("is filed and given to somebody in one act, and sent again it is the same one", () => {
    given().when(file).then(filed, assigned)
    given(filed, assigned).when(file).thenNothing()
  })

  it("keeps its number: another one under the same id is refused", () => {
    const other = fileAppeal({
      person,
      about: { ...about, subject: "family:pension:months_standing" },
      sealed: "s1.k.x",
      holder: "CN",
      why: "多省",
      on,
      due,
    })
    given(filed, assigned).when(other).thenRefused({ code: "APPEAL_DIFFERS", subject: about.subject })
  })

  it("is answered with a reason; a rejection needs its article, an upheld one what will be corrected", () => {
    given(filed, assigned)
      .when(answerAppeal(upheld))
      .then({ type: "AppealAnswered", ...upheld })
    given(filed, assigned)
      .when(answerAppeal(answer({})))
      .then({ type: "AppealAnswered", ...answer({}) })
    given(filed, assigned)
      .when(answerAppeal(answer({ article: null })))
      .thenRefused({ code: "APPEAL_ARTICLE_MISSING" })
    given(filed, assigned)
      .when(answerAppeal({ ...upheld, correction: null }))
      .thenRefused({ code: "APPEAL_CORRECTION_MISSING" })
  })

  it("waits for the person when more is needed: the clock stands, then begins anew", () => {
    const waiting = { type: "AppealAnswered", ...moreNeeded } as const
    const { state } = given(filed, assigned).when(answerAppeal(moreNeeded)).then(waiting)
    expect(state).toMatchObject({ status: "waiting", due: null })
    given(filed, assigned, waiting).when(answerAppeal(upheld)).thenRefused({ code: "APPEAL_WAITS_FOR_PERSON" })
    given(filed, assigned, waiting)
      .when(escalateAppeal({ on: day("2030-01-01") }))
      .thenRefused({ code: "APPEAL_WAITS_FOR_PERSON" })
    const more = { sealed: "s1.k.y", on: day("2026-04-01"), due: day("2026-05-31") }
    const again = given(filed, assigned, waiting)
      .when(supplementAppeal(more))
      .then({ type: "AppealSupplemented", ...more }).state
    expect(again).toMatchObject({ status: "open", due: "2026-05-31", holder: "44" })
    given(filed, assigned).when(supplementAppeal(more)).thenRefused({ code: "APPEAL_NOT_WAITING" })
  })

  it("goes to the center once for each limit that is missed, and not on its last day", () => {
    given(filed, assigned)
      .when(escalateAppeal({ on: due }))
      .thenRefused({ code: "APPEAL_NOT_OVERDUE", due })
    const late = { on: day("2026-05-02") }
    const escalated = { type: "AppealEscalated", due, on: late.on } as const
    given(filed, assigned).when(escalateAppeal(late)).then(escalated)
    given(filed, assigned, escalated)
      .when(escalateAppeal({ on: day("2026-06-01") }))
      .thenNothing()
  })

  it("may be passed on to who can answer, who wins no time by it", () => {
    const pass = { to: "32", reason: "该月由江苏报送", on: day("2026-03-10") } as const
    const { state } = given(filed, assigned)
      .when(assignAppeal(pass))
      .then({ type: "AppealAssigned", ...pass, due })
    expect(state).toMatchObject({ holder: "32", due })
    given(filed, assigned)
      .when(assignAppeal({ ...pass, to: "44" }))
      .thenNothing()
  })

  it("ends when the person withdraws it; what has ended takes no further act", () => {
    const withdrawn = { type: "AppealWithdrawn", on } as const
    given(filed, assigned).when(withdrawAppeal({ on })).then(withdrawn)
    given(filed, assigned, withdrawn).when(withdrawAppeal({ on })).thenNothing()
    given(filed, assigned, withdrawn).when(answerAppeal(upheld)).thenRefused({ code: "APPEAL_ENDED", status: "withdrawn" })
    given(filed, assigned, { type: "AppealAnswered", ...upheld })
      .when(withdrawAppeal({ on }))
      .thenRefused({ code: "APPEAL_ENDED", status: "upheld" })
    given(filed, assigned, { type: "AppealAnswered", ...upheld })
      .when(answerAppeal(answer({})))
      .thenRefused({ code: "APPEAL_ENDED", status: "upheld" })
    given().when(answerAppeal(upheld)).thenRefused({ code: "APPEAL_UNKNOWN" })
  })
})

const anyAnswer: fc.Arbitrary<AnswerAppeal> = fc.record({
  outcome: fc.constantFrom(...outcomes),
  by: anyProvince,
  reason: fc.constant("说明"),
  article: fc.option(fc.constant("社会保险法 Art 83")),
  correction: fc.option(fc.constant("更正")),
  on: anyDate,
})
type Step = (state: Appeal) => ReturnType<ReturnType<typeof answerAppeal>>
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constant(file),
  anyAnswer.map(answerAppeal),
  fc.record({ to: anyProvince, reason: fc.constant("转办"), on: anyDate }).map(assignAppeal),
  fc.record({ sealed: fc.constant("s1.k.z"), on: anyDate, due: anyDate }).map(supplementAppeal),
  fc.record({ on: anyDate }).map(escalateAppeal),
  fc.record({ on: anyDate }).map(withdrawAppeal),
)

describe("whatever is done to an appeal", () => {
  it("while it is open somebody holds it, and a date or the person is waited for; what has ended has no date", () =>
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 20 }), (steps) => {
        let state: Appeal = initial
        let ended = false
        for (const step of steps) {
          const decided: Decision<unknown, Parameters<typeof evolve>[1]> = step(state)
          if (isRight(decided)) {
            if (ended) expect(decided.right).toEqual([])
            state = foldWith(aggregate, decided.right, state)
          }
          if (state.status === "none") continue
          expect(state.holder).not.toBeNull()
          expect(state.due !== null).toBe(state.status === "open")
          ended ||= !isOpen(state)
        }
      }),
    ))

  it("a command sent twice decides nothing the second time", () =>
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 8 }), anyStep, (steps, last) => {
        let state: Appeal = foldWith(aggregate, [filed, assigned])
        for (const step of steps) {
          const decided = step(state)
          if (isRight(decided)) state = foldWith(aggregate, decided.right, state)
        }
        decidesOnce(aggregate, state, last)
      }),
    ))
})

it("the stream of an appeal is about the person, and no part of their record", () => {
  const stream = streamOf(appealIdOf(person, "7f3a"))
  expect(stream).toBe(`Appeal-${person}_7f3a`)
  expect(personOf(stream)).toBeNull()
  expect(subjectOf(stream)).toBe(person)
})
