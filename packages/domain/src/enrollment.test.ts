import { specification } from "@tongzhang/testing/decider"
import {
  arrivedFrom,
  closed,
  line,
  moved,
  opened,
  paidOnce,
  recorded,
  refunded,
  resumed,
  sentTo,
  spans,
  suspended,
  transferId,
} from "@tongzhang/testing/enrollment-facts"
import { describe, expect, it } from "vitest"
import { countedMonths } from "./enrollment-ledger.js"
import {
  changeCapacity,
  closeEnrollment,
  creditInterest,
  creditSubsidy,
  type EnrollmentEvent,
  evolve,
  initial,
  type OpenEnrollment,
  openEnrollment,
  recordContribution,
  refundContribution,
  resumeEnrollment,
  streamOf,
  suspendEnrollment,
  transferIn,
  transferOut,
} from "./enrollment.js"
import type { PersonKey } from "./ids.js"
import { month } from "./month.js"
import { ranges } from "./month-set.js"
import { fen } from "./money.js"

const { given } = specification({ initial, evolve })

const open = (from: string, part: Partial<OpenEnrollment> = {}) =>
  openEnrollment({ scheme: "110", from: month(from), capacity: "employee", employer: "E1", temporary: false, ...part })
const suspend = (from: string) => suspendEnrollment({ from: month(from), reason: "离职" })
const resume = (from: string) => resumeEnrollment({ from: month(from) })
const close = (to: string) => closeEnrollment({ to: month(to), reason: "离职" })
const record = (event: ReturnType<typeof recorded>) => recordContribution(event)

it("the stream says province, scheme and person", () =>
  expect(streamOf({ province: "31", scheme: "110", person: "ab" as PersonKey })).toBe("Enrollment-31_110_ab"))

describe("opening 参保登记", () => {
  it("opens from a month on", () => given().when(open("2024-01")).then(opened("2024-01")))
  it("sent again adds nothing", () => given(opened("2024-01")).when(open("2024-01")).thenNothing())
  it("sent again after the relation was closed adds nothing either", () =>
    given(opened("2024-01"), closed("2024-03")).when(open("2024-01")).thenNothing())
  it("refuses a second opening while it is open", () =>
    given(opened("2024-01"))
      .when(open("2024-02"))
      .thenRefused({ code: "ALREADY_OPEN", from: month("2024-01"), capacity: "employee" }))
  it("refuses a second opening while it is suspended", () =>
    given(opened("2024-01"), suspended("2024-03")).when(open("2024-05")).thenRefused({ code: "ALREADY_OPEN" }))
  it("refuses an employee without an employer", () =>
    given()
      .when(open("2024-01", { employer: null }))
      .thenRefused({ code: "EMPLOYER_MISSING" }))
  it("refuses a resident in an employee scheme, and an employee in a resident scheme", () => {
    given()
      .when(open("2024-01", { capacity: "resident", employer: null }))
      .thenRefused({ code: "CAPACITY_NOT_OF_SCHEME", capacity: "resident", scheme: "110" })
    given()
      .when(open("2024-01", { scheme: "170" }))
      .thenRefused({ code: "CAPACITY_NOT_OF_SCHEME", capacity: "employee", scheme: "170" })
    given()
      .when(open("2024-01", { scheme: "390", capacity: "flexible", employer: null }))
      .thenRefused({ code: "CAPACITY_NOT_OF_SCHEME" })
  })
  it("takes a flexible worker without an employer, and a resident into a resident scheme", () => {
    const flexible = { capacity: "flexible", employer: null } as const
    given()
      .when(open("2024-01", flexible))
      .then({ ...opened("2024-01"), ...flexible })
    const resident = { capacity: "resident", employer: null } as const
    given()
      .when(open("2024-01", { scheme: "170", ...resident }))
      .then({ ...opened("2024-01"), ...resident })
  })
  it("opens a closed relation again after its last month, and keeps the old months open for late payments", () => {
    const { state } = given(opened("2024-01"), closed("2024-03")).when(open("2024-06")).then(opened("2024-06"))
    expect([state.status, state.from, state.to]).toEqual(["open", "2024-01", null])
  })
  it("refuses to open again inside the months it has already been open", () =>
    given(opened("2024-01"), closed("2024-03"))
      .when(open("2024-03"))
      .thenRefused({ code: "BEFORE_OPENING", month: month("2024-03"), opened: month("2024-04") }))
})

describe("suspending, resuming, closing", () => {
  it("suspends from a month on, resumes, closes", () => {
    given(opened("2024-01"))
      .when(suspend("2024-03"))
      .then(suspended("2024-03"))
      .and.when(suspend("2024-03"))
      .thenNothing()
      .and.when(resume("2024-05"))
      .then(resumed("2024-05"))
      .and.when(resume("2024-05"))
      .thenNothing()
      .and.when(close("2024-08"))
      .then(closed("2024-08"))
      .and.when(close("2024-08"))
      .thenNothing()
  })
  it("closes a suspended relation", () =>
    given(opened("2024-01"), suspended("2024-03")).when(close("2024-04")).then(closed("2024-04")))
  it("refuses what the relation is not in a state for", () => {
    given().when(suspend("2024-01")).thenRefused({ code: "NOT_OPEN", status: "none" })
    given().when(close("2024-01")).thenRefused({ code: "NOT_OPEN", status: "none" })
    given(opened("2024-01")).when(resume("2024-02")).thenRefused({ code: "NOT_OPEN", status: "open" })
    given(opened("2024-01"), suspended("2024-03")).when(suspend("2024-04")).thenRefused({ code: "NOT_OPEN", status: "suspended" })
    given(opened("2024-01"), closed("2024-03")).when(close("2024-02")).thenRefused({ code: "NOT_OPEN", status: "closed" })
  })
  it("refuses to suspend, change or close before the opening", () => {
    given(opened("2024-03"))
      .when(suspend("2024-02"))
      .thenRefused({ code: "BEFORE_OPENING", month: month("2024-02"), opened: month("2024-03") })
    given(opened("2024-03")).when(close("2024-01")).thenRefused({ code: "BEFORE_OPENING" })
    given(opened("2024-03"))
      .when(changeCapacity({ scheme: "110", from: month("2024-02"), capacity: "flexible", employer: null }))
      .thenRefused({ code: "BEFORE_OPENING" })
  })
  it("undoes an opening by closing with the month before it", () =>
    given(opened("2024-03")).when(close("2024-02")).then(closed("2024-02")))
  it("refuses to resume before the suspension", () =>
    given(opened("2024-01"), suspended("2024-05"))
      .when(resume("2024-04"))
      .thenRefused({ code: "BEFORE_OPENING", month: month("2024-04"), opened: month("2024-05") }))
})

describe("changing employer or capacity", () => {
  const change = (capacity: "employee" | "flexible" | "resident", employer: string | null) =>
    changeCapacity({ scheme: "110", from: month("2024-04"), capacity, employer })
  const changed: EnrollmentEvent = { type: "CapacityChanged", from: month("2024-04"), capacity: "flexible", employer: null }

  it("keeps the relation and its months", () => {
    const { state } = given(opened("2024-01"), recorded("L1", "2024-01"))
      .when(change("flexible", null))
      .then(changed)
      .and.when(change("flexible", null))
      .thenNothing()
    expect([state.status, state.capacity, state.employer]).toEqual(["open", "flexible", null])
  })
  it("refuses a capacity that is not of the scheme, and an employee without employer", () => {
    given(opened("2024-01")).when(change("resident", null)).thenRefused({ code: "CAPACITY_NOT_OF_SCHEME" })
    given(opened("2024-01")).when(change("employee", null)).thenRefused({ code: "EMPLOYER_MISSING" })
  })
  it("refuses a relation that is not open", () => {
    given().when(change("flexible", null)).thenRefused({ code: "NOT_OPEN", status: "none" })
    given(opened("2024-01"), closed("2024-03")).when(change("flexible", null)).thenRefused({ code: "NOT_OPEN", status: "closed" })
  })
})

describe("subsidy and interest", () => {
  const subsidy = { line: line("S1"), year: 2024, payer: "31", amount_fen: fen(3_000) }
  const interest = { year: 2024, rate_bp: 397, amount_fen: fen(500) }

  it("go into the account, once", () => {
    const { state } = given(opened("2024-01"), recorded("L1", "2024-01"))
      .when(creditSubsidy(subsidy))
      .then({ type: "SubsidyCredited", ...subsidy })
      .and.when(creditSubsidy(subsidy))
      .thenNothing()
      .and.when(creditInterest(interest))
      .then({ type: "InterestCredited", ...interest })
      .and.when(creditInterest(interest))
      .thenNothing()
    expect(state.ledger.account_fen).toBe(8_000 + 3_000 + 500)
    expect(ranges(state.ledger.months)).toEqual(spans("2024-01"))
  })
  it("need a relation", () => {
    given().when(creditSubsidy(subsidy)).thenRefused({ code: "NOT_OPEN", status: "none" })
    given().when(creditInterest(interest)).thenRefused({ code: "NOT_OPEN", status: "none" })
  })
  it("a subsidy line with another amount or year is another fact", () => {
    const credited: EnrollmentEvent = { type: "SubsidyCredited", ...subsidy }
    given(opened("2024-01"), credited)
      .when(creditSubsidy({ ...subsidy, amount_fen: fen(1) }))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", fields: ["subsidy_fen", "account_fen"] })
    given(opened("2024-01"), credited)
      .when(creditSubsidy({ ...subsidy, year: 2023 }))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", fields: ["month"] })
  })
  it("a subsidy is not lost silently under the number of a contribution", () =>
    given(opened("2024-01"), recorded("S1", "2024-01"))
      .when(creditSubsidy(subsidy))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS" }))
  it("do not reach a relation that has moved away: its account is empty and nothing could send them on", () => {
    const gone = [opened("2024-01"), recorded("L1", "2024-01"), sentTo("44", "1", moved("2024-01", 8_000, 100_000))]
    given(...gone)
      .when(creditSubsidy(subsidy))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...gone)
      .when(creditInterest(interest))
      .thenRefused({ code: "MOVED_AWAY" })
  })
})

describe("transferring out", () => {
  const books = [opened("2024-01"), recorded("L1", "2024-01..2024-02"), recorded("L2", "2024-04")]
  const part = moved("2024-01..2024-02 2024-04", 16_000, 300_000)
  const send = (stated = part) => transferOut({ transferId: transferId("1"), to: "44", ...stated })

  it("sends exactly what the ledger holds and ends the relation", () => {
    const { state } = given(...books)
      .when(send())
      .then(sentTo("44", "1", part))
      .and.when(send())
      .thenNothing()
    expect([state.status, state.movedTo, state.to]).toEqual(["moved", "44", "2024-04"])
    expect([state.ledger.account_fen, state.ledger.bases_fen, countedMonths(state.ledger).words.length]).toEqual([0, 0, 0])
  })
  it("refuses months, account or bases other than the ledger's", () => {
    const differs = "TRANSFER_DIFFERS_FROM_LEDGER" as const
    given(...books)
      .when(send({ ...part, months: spans("2024-01..2024-04") }))
      .thenRefused({ code: differs, field: "months", ledger: "2024-01..2024-02 2024-04..2024-04", stated: "2024-01..2024-04" })
    given(...books)
      .when(send({ ...part, account_fen: fen(16_001) }))
      .thenRefused({ code: differs, field: "account_fen", ledger: "16000", stated: "16001" })
    given(...books)
      .when(send({ ...part, bases_fen: fen(1) }))
      .thenRefused({ code: differs, field: "bases_fen" })
  })
  it("does not send refunded months a second time", () => {
    const rest = moved("2024-01..2024-02", 8_000, 200_000)
    given(...books, refunded("2024-04"))
      .when(send())
      .thenRefused({ code: "TRANSFER_DIFFERS_FROM_LEDGER", field: "months" })
    given(...books, refunded("2024-04"))
      .when(send(rest))
      .then(sentTo("44", "1", rest))
  })
  it("sends a closed relation too, with what it has received", () => {
    const received = arrivedFrom("11", "0", moved("2020-01..2020-06", 5_000, 60_000))
    const all = moved("2020-01..2020-06 2024-01..2024-02 2024-04", 21_000, 360_000)
    given(...books, received, closed("2024-05"))
      .when(send(all))
      .then(sentTo("44", "1", all))
  })
  it("needs a relation that is still here", () => {
    given().when(send()).thenRefused({ code: "NOT_OPEN", status: "none" })
    given(...books, sentTo("44", "0", part))
      .when(send(moved("", 0, 0)))
      .thenRefused({ code: "MOVED_AWAY" })
  })
})

describe("after the relation has moved away", () => {
  const gone = [
    opened("2024-01"),
    recorded("L1", "2024-01..2024-03"),
    sentTo("44", "1", moved("2024-01..2024-03", 8_000, 300_000)),
  ]
  const anew = [...gone, opened("2025-01")]

  it("takes nothing more", () => {
    given(...gone)
      .when(record(recorded("L9", "2024-05")))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...gone)
      .when(suspend("2024-05"))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...gone)
      .when(resume("2024-05"))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...gone)
      .when(close("2024-05"))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...gone)
      .when(transferIn({ transferId: transferId("2"), from: "11", ...moved("2020-01", 1, 100) }))
      .thenRefused({ code: "MOVED_AWAY" })
  })
  it("knows a line of before when it is sent again", () =>
    given(...gone)
      .when(record(recorded("L1", "2024-01..2024-03")))
      .thenNothing())
  it("opens anew when the person comes back", () => {
    const { state } = given(...gone)
      .when(open("2025-01"))
      .then(opened("2025-01"))
    expect([state.status, state.from, state.to, state.movedTo]).toEqual(["open", "2025-01", null, null])
  })
  it("does not take a month that has moved away a second time, nor a late payment for the old time", () => {
    given(...anew)
      .when(record(recorded("L9", "2024-02")))
      .thenRefused({ code: "BEFORE_OPENING", opened: month("2025-01") })
    given(...anew)
      .when(record(recorded("L9", "2025-01")))
      .then(recorded("L9", "2025-01"))
  })
  it("counts none of the moved months when it opened anew inside them", () => {
    // Closed in 2020, but it had received months up to 2024 and sent them on.
    const closedEarly = [
      opened("2020-01"),
      arrivedFrom("11", "0", moved("2023-01..2024-03", 9, 900)),
      closed("2020-12"),
      sentTo("44", "1", moved("2023-01..2024-03", 9, 900)),
      opened("2023-06"),
    ]
    given(...closedEarly)
      .when(record(recorded("L9", "2023-07")))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...closedEarly, arrivedFrom("12", "2", moved("2023-07", 1, 100)))
      .when(record(recorded("L9", "2023-07")))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...closedEarly)
      .when(record(recorded("L9", "2024-04")))
      .then(recorded("L9", "2024-04"))
  })
  it("refunds nothing that has gone", () =>
    given(...anew)
      .when(refundContribution(refunded("2024-02")))
      .thenRefused({ code: "MONTHS_NOT_PAID" }))
  it("sends the second time only what came after", () => {
    const rest = moved("2025-01", 8_000, 100_000)
    given(...anew, recorded("L9", "2025-01"))
      .when(transferOut({ transferId: transferId("2"), to: "31", ...rest }))
      .then(sentTo("31", "2", rest))
  })
})

describe("transferring in", () => {
  const part = moved("2020-01..2020-12", 96_000, 1_200_000)
  const arrive = (from: "11" | "12", stated = part) => transferIn({ transferId: transferId("1"), from, ...stated })

  it("adds months and money to what is here, each province's part once", () => {
    const { state } = given(opened("2024-01"), recorded("L1", "2024-01"))
      .when(arrive("11"))
      .then(arrivedFrom("11", "1", part))
      .and.when(arrive("11"))
      .thenNothing()
      .and.when(arrive("12"))
      .then(arrivedFrom("12", "1", part))
    expect(ranges(countedMonths(state.ledger))).toEqual(spans("2020-01..2020-12 2024-01"))
    expect(state.ledger.account_fen).toBe(8_000 + 2 * 96_000)
    expect(state.ledger.pooled_fen).toBe(16_000 + 2 * 144_000)
  })
  it("refuses the same part with other money", () =>
    given(opened("2024-01"), arrivedFrom("11", "1", part))
      .when(arrive("11", { ...part, account_fen: fen(1) }))
      .thenRefused({ code: "TRANSFER_DIFFERS_FROM_LEDGER", field: "account_fen", ledger: "96000", stated: "1" }))
  it("takes months that overlap its own: they are cleared afterwards (先转后清), and only the received ones", () => {
    const both = moved("2024-01..2024-03", 24_000, 300_000)
    const overlapping = given(opened("2024-01"), recorded("L1", "2024-01"))
      .when(arrive("11", both))
      .then(arrivedFrom("11", "1", both))
    const cleared = refunded("2024-01", { source: "11" })
    const { state } = overlapping.and
      .when(refundContribution(cleared))
      .then(cleared)
      .and.when(refundContribution(cleared))
      .thenNothing()
    expect(ranges(countedMonths(state.ledger))).toEqual(spans("2024-01..2024-03"))
    expect([state.ledger.account_fen, state.ledger.bases_fen]).toEqual([24_000, 300_000])
  })
  it("needs a relation", () => given().when(arrive("11")).thenRefused({ code: "NOT_OPEN", status: "none" }))
  it("brings months back that had moved away, and sends them on again", () => {
    const own = moved("2024-01", 8_000, 100_000)
    const returned = [
      opened("2024-01"),
      recorded("L1", "2024-01"),
      sentTo("44", "1", own),
      opened("2025-01"),
      arrivedFrom("11", "2", own),
    ]
    given(...returned)
      .when(record(recorded("L9", "2024-01")))
      .thenRefused({ code: "BEFORE_OPENING" })
    given(...returned)
      .when(transferOut({ transferId: transferId("3"), to: "31", ...own }))
      .then(sentTo("31", "3", own))
  })
})

it("amounts of the examples add up", () =>
  expect(paidOnce.employer_fen + paidOnce.personal_fen).toBe(paidOnce.pooled_fen + paidOnce.account_fen))
