import { decidesOnce, specification } from "@tongzhang/testing/decider"
import { moved, spans } from "@tongzhang/testing/enrollment-facts"
import * as fc from "fast-check"
import { isLeft, isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import type { ProvinceCode } from "./codes.js"
import { type Decision, foldWith } from "./decider.js"
import type { Moved } from "./enrollment.js"
import type { DateText, PersonKey } from "./ids.js"
import { ofRanges, size } from "./month-set.js"
import { fen } from "./money.js"
import {
  bookLeg,
  disputeLeg,
  escalateLeg,
  evolve,
  failLeg,
  initial,
  issueLetter,
  type PlannedLeg,
  planTransfer,
  receiveMoney,
  receiveStatement,
  remindLeg,
  requestTransfer,
  returnTransfer,
  settleDispute,
  type Step,
  stepOf,
  streamOf,
  type Transfer,
  type TransferEvent,
  transferIdOf,
  type TransferRefusal,
} from "./transfer.js"

const aggregate = { initial, evolve }
const { given } = specification(aggregate)
const date = (text: string): DateText => text as DateText
const person = "0123456789abcdef0123456789abcdef" as PersonKey
const [asked, due] = [date("2026-01-05"), date("2026-01-26")]

const parts: Readonly<Record<"11" | "12" | "31", Moved>> = {
  "11": moved("2010-01..2010-12", 96_000, 1_200_000),
  "12": moved("2012-01..2012-02", 16_000, 200_000),
  "31": moved("", 0, 0),
}
type Origin = keyof typeof parts
const planned = (from: Origin): PlannedLeg => ({ from, temporary: false, ...parts[from] })

// Facts
const requested: TransferEvent = { type: "TransferRequested", person, scheme: "110", to: "44", on: asked }
const place = { province: "44", rule: "66号 Art 6 (1)" } as const
const plan = (...legs: Origin[]): TransferEvent => ({
  type: "TransferPlanned",
  legs: legs.map(planned),
  placeOfReceipt: place,
  letterDue: due,
})
const letter = (leg: Origin): TransferEvent => ({ type: "ContactLetterIssued", leg, letterNo: `N${leg}`, on: asked, due })
const statement = (leg: Origin, part = parts[leg]): TransferEvent => ({ type: "StatementReceived", leg, on: asked, due, ...part })
const money = (leg: Origin, remittance: string, account: number, pooled: number): TransferEvent => ({
  type: "MoneyReceived",
  leg,
  remittance,
  account_fen: fen(account),
  pooled_fen: fen(pooled),
  on: asked,
})
const reconciled = (leg: Origin): TransferEvent => ({ type: "LegReconciled", leg, on: asked, due })
const booked = (leg: Origin): TransferEvent => ({ type: "LegBooked", leg, on: asked })

// Commands
const request = (to: ProvinceCode = "44") => requestTransfer({ person, scheme: "110", to, on: asked })
const planIt = (...legs: Origin[]) => planTransfer({ legs: legs.map(planned), placeOfReceipt: place, letterDue: due })
const issue = (leg: ProvinceCode) => issueLetter({ leg, letterNo: `N${leg}`, on: asked, due })
const state = (leg: Origin, part: Moved = parts[leg]) => receiveStatement({ leg, on: asked, due, ...part })
const pay = (leg: ProvinceCode, remittance: string, account: number, pooled: number) =>
  receiveMoney({ leg, remittance, account_fen: fen(account), pooled_fen: fen(pooled), on: asked, due })
const book = (leg: ProvinceCode) => bookLeg({ leg, on: asked })
const fail = (leg: ProvinceCode, reason = "关系不存在") => failLeg({ leg, reason, on: asked })

const one = [requested, plan("11")]
const two = [requested, plan("11", "12")]

it("the id carries the person, and so does the stream", () =>
  expect(streamOf(transferIdOf(person, "7"))).toBe(`Transfer-${person}_7`))

describe("the application", () => {
  it("is made once", () => given().when(request()).then(requested).and.when(request()).thenNothing())
  it("refuses another destination or scheme under the same id", () => {
    given(requested).when(request("31")).thenRefused({ code: "TRANSFER_DIFFERS", to: "44" })
    given(requested)
      .when(requestTransfer({ person, scheme: "170", to: "44", on: asked }))
      .thenRefused({ code: "TRANSFER_DIFFERS" })
  })
  it("is planned with one leg per former province, once", () =>
    given(requested).when(planIt("11", "12")).then(plan("11", "12")).and.when(planIt("11", "12")).thenNothing())
  it("needs something to transfer", () => given(requested).when(planIt()).thenRefused({ code: "NOTHING_TO_TRANSFER" }))
  it("is not planned before it is made or after it was returned", () => {
    const returned: TransferEvent = { type: "TransferReturned", reason: "已领取待遇", on: asked }
    given().when(planIt("11")).thenRefused({ code: "TRANSFER_NOT_REQUESTED" })
    given(requested, returned).when(planIt("11")).thenRefused({ code: "TRANSFER_ENDED", status: "returned" })
  })
  it("can be returned until it is planned", () => {
    const giveBack = returnTransfer({ reason: "已领取待遇", on: asked })
    given().when(giveBack).thenRefused({ code: "TRANSFER_NOT_REQUESTED" })
    given(requested)
      .when(giveBack)
      .then({ type: "TransferReturned", reason: "已领取待遇", on: asked })
      .and.when(giveBack)
      .thenNothing()
    given(...one)
      .when(giveBack)
      .thenRefused({ code: "TRANSFER_ENDED", status: "planned" })
  })
  it("has no legs but the planned ones", () => {
    const onNobody: ((state: Transfer) => Decision<TransferRefusal, TransferEvent>)[] = [
      issue("65"),
      pay("65", "R1", 1, 1),
      book("65"),
      fail("65"),
      disputeLeg({ leg: "65", reason: "x" }),
      settleDispute({ leg: "65", note: "x" }),
      remindLeg({ leg: "65", on: due }),
    ]
    for (const decision of onNobody) {
      given(...one)
        .when(decision)
        .thenRefused({ code: "LEG_UNKNOWN", leg: "65" })
      given().when(decision).thenRefused({ code: "TRANSFER_NOT_REQUESTED" })
    }
  })
})

describe("one leg", () => {
  it("goes letter, statement, money, booking, and completes the transfer", () =>
    given(...one)
      .when(issue("11"))
      .then(letter("11"))
      .and.when(issue("11"))
      .thenNothing()
      .and.when(state("11"))
      .then(statement("11"))
      .and.when(state("11"))
      .thenNothing()
      .and.when(pay("11", "R1", 96_000, 144_000))
      .then(money("11", "R1", 96_000, 144_000), reconciled("11"))
      .and.when(pay("11", "R1", 96_000, 144_000))
      .thenNothing()
      .and.when(book("11"))
      .then(booked("11"), {
        type: "TransferCompleted",
        on: asked,
        months_total: 12,
        account_fen: fen(96_000),
        pooled_fen: fen(144_000),
        failedLegs: [],
      })
      .and.when(book("11"))
      .thenNothing())

  it("reconciles when the money comes first, in several remittances", () =>
    given(...one, letter("11"))
      .when(pay("11", "R1", 96_000, 0))
      .then(money("11", "R1", 96_000, 0))
      .and.when(pay("11", "R2", 0, 144_000))
      .then(money("11", "R2", 0, 144_000))
      .and.when(state("11"))
      .then(statement("11"), reconciled("11")))

  it("says by how much money and statement differ, until the rest comes", () =>
    given(...one, letter("11"), statement("11"))
      .when(pay("11", "R1", 96_000, 100_000))
      .then(money("11", "R1", 96_000, 100_000), {
        type: "MoneyMismatchFound",
        leg: "11",
        stated_fen: fen(240_000),
        received_fen: fen(196_000),
      })
      .and.when(book("11"))
      .thenRefused({ code: "LEG_NOT_RECONCILED", leg: "11" }))

  it("completes a mismatch with the missing remittance", () =>
    given(...one, statement("11"), money("11", "R1", 96_000, 100_000))
      .when(pay("11", "R2", 0, 44_000))
      .then(money("11", "R2", 0, 44_000), reconciled("11")))

  it("waits for no money when there is none to come", () =>
    given(requested, plan("31")).when(state("31")).then(statement("31"), reconciled("31")))

  it("refuses another statement: other months, another split, other bases; not the same months cut otherwise", () => {
    const books = [...one, statement("11")]
    given(...books)
      .when(state("11", { ...parts["11"], months: spans("2010-01..2010-11") }))
      .thenRefused({ code: "STATEMENT_DIFFERS", leg: "11" })
    given(...books)
      .when(state("11", { ...parts["11"], account_fen: fen(144_000), pooled_fen: fen(96_000) }))
      .thenRefused({ code: "STATEMENT_DIFFERS" })
    given(...books)
      .when(state("11", { ...parts["11"], bases_fen: fen(1) }))
      .thenRefused({ code: "STATEMENT_DIFFERS" })
    given(...books)
      .when(state("11", { ...parts["11"], months: spans("2010-01..2010-06 2010-07..2010-12") }))
      .thenNothing()
  })

  it("refuses the same remittance with another amount or another split", () => {
    const books = [...one, money("11", "R1", 100, 200)]
    given(...books)
      .when(pay("11", "R1", 100, 100))
      .thenRefused({ code: "REMITTANCE_DIFFERS", remittance: "R1", booked_fen: fen(300) })
    given(...books)
      .when(pay("11", "R1", 200, 100))
      .thenRefused({ code: "REMITTANCE_DIFFERS", remittance: "R1" })
  })

  it("takes no more money once it is reconciled", () =>
    given(...one, statement("11"), money("11", "R1", 96_000, 144_000), reconciled("11"))
      .when(pay("11", "R2", 1, 0))
      .thenRefused({ code: "LEG_ENDED", leg: "11", outcome: "open" }))

  it("is disputed and settled", () => {
    const dispute = disputeLeg({ leg: "11", reason: "信息不一致" })
    const settle = settleDispute({ leg: "11", note: "已核对" })
    given(...one)
      .when(settle)
      .thenNothing()
      .and.when(dispute)
      .then({ type: "LegDisputed", leg: "11", reason: "信息不一致" })
      .and.when(dispute)
      .thenNothing()
      .and.when(settle)
      .then({ type: "DisputeSettled", leg: "11", note: "已核对" })
      .and.when(settle)
      .thenNothing()
  })
})

describe("a leg that fails", () => {
  const failed: TransferEvent = { type: "LegFailed", leg: "12", reason: "关系不存在" }

  it("fails alone; the transfer completes with the others", () =>
    given(...two)
      .when(fail("12"))
      .then(failed)
      .and.when(fail("12"))
      .thenNothing()
      .and.when(state("11"))
      .then(statement("11"))
      .and.when(pay("11", "R1", 96_000, 144_000))
      .then(money("11", "R1", 96_000, 144_000), reconciled("11"))
      .and.when(book("11"))
      .then(booked("11"), {
        type: "TransferCompleted",
        on: asked,
        months_total: 12,
        account_fen: fen(96_000),
        pooled_fen: fen(144_000),
        failedLegs: ["12"],
      }))

  it("completes the transfer when it is the last", () =>
    given(...two, statement("11"), reconciled("11"), booked("11"))
      .when(fail("12"))
      .then(failed, {
        type: "TransferCompleted",
        on: asked,
        months_total: 12,
        account_fen: fen(96_000),
        pooled_fen: fen(144_000),
        failedLegs: ["12"],
      }))

  it("cannot fail once the origin has let go of months or money: they would be nowhere", () => {
    given(...two, statement("12"))
      .when(fail("12"))
      .thenRefused({ code: "LEG_ENDED", leg: "12", outcome: "open" })
    given(...two, money("12", "R1", 16_000, 24_000))
      .when(fail("12"))
      .thenRefused({ code: "LEG_ENDED", leg: "12", outcome: "open" })
  })

  it("takes nothing more", () => {
    const ended = { code: "LEG_ENDED", leg: "12", outcome: "failed" } as const
    given(...two, failed)
      .when(issue("12"))
      .thenRefused(ended)
    given(...two, failed)
      .when(state("12"))
      .thenRefused(ended)
    given(...two, failed)
      .when(pay("12", "R1", 1, 1))
      .thenRefused(ended)
    given(...two, failed)
      .when(book("12"))
      .thenRefused(ended)
    given(...two, failed)
      .when(disputeLeg({ leg: "12", reason: "x" }))
      .thenRefused(ended)
  })
  it("is not failed after it was booked", () =>
    given(...two, statement("12"), reconciled("12"), booked("12"))
      .when(fail("12"))
      .thenRefused({ code: "LEG_ENDED", outcome: "booked" }))
})

describe("the clocks", () => {
  const late = date("2026-01-27")
  const waiting = (step: Step, ...events: TransferEvent[]): void => {
    const leg = foldWith(aggregate, [...one, ...events]).legs.get("11")
    expect(leg === undefined ? null : stepOf(leg)).toBe(step)
    given(...one, ...events)
      .when(remindLeg({ leg: "11", on: asked }))
      .then({ type: "ReminderSent", leg: "11", step, due, on: asked })
      .and.when(remindLeg({ leg: "11", on: late }))
      .thenNothing()
    given(...one, ...events)
      .when(escalateLeg({ leg: "11", on: late }))
      .then({ type: "LegEscalated", leg: "11", step, due, on: late })
      .and.when(escalateLeg({ leg: "11", on: late }))
      .thenNothing()
    given(...one, ...events)
      .when(escalateLeg({ leg: "11", on: due }))
      .thenRefused({ code: "STEP_NOT_OVERDUE", leg: "11", due })
  }

  it("run for whoever the leg waits for, and remind and escalate once per step", () => {
    waiting("letter")
    waiting("statement", letter("11"))
    waiting("statement", letter("11"), money("11", "R1", 1, 1))
    waiting("money", letter("11"), statement("11"))
    waiting("booking", letter("11"), statement("11"), reconciled("11"))
  })

  it("wait for no letter when the statement has come without one, and a late letter starts no clock", () => {
    waiting("money", statement("11"))
    const later: TransferEvent = { type: "ContactLetterIssued", leg: "11", letterNo: "N11", on: late, due: date("2026-12-31") }
    expect(foldWith(aggregate, [...one, statement("11"), later]).legs.get("11")?.due).toBe(due)
  })

  it("run again from the new day when the next step begins", () => {
    const next: TransferEvent = { type: "ContactLetterIssued", leg: "11", letterNo: "N11", on: late, due: date("2026-02-20") }
    given(...one, { type: "ReminderSent", leg: "11", step: "letter", due, on: due }, next)
      .when(remindLeg({ leg: "11", on: late }))
      .then({ type: "ReminderSent", leg: "11", step: "statement", due: date("2026-02-20"), on: late })
  })

  it("stand still when the leg has ended", () => {
    const done = [...two, statement("11"), reconciled("11"), booked("11")]
    given(...done)
      .when(remindLeg({ leg: "11", on: late }))
      .thenNothing()
    given(...done)
      .when(escalateLeg({ leg: "11", on: late }))
      .thenNothing()
  })
})

describe("any order of letters, statements, money, reminders, disputes, failures and bookings", () => {
  const origins = ["11", "12", "31"] as const
  const amounts = fc.constantFrom<readonly [number, number]>(
    [96_000, 144_000],
    [96_000, 0],
    [0, 144_000],
    [16_000, 24_000],
    [1, 1],
  )
  const command = fc
    .tuple(fc.constantFrom(...origins), fc.constantFrom("R1", "R2", "R3"), amounts, fc.nat(12))
    .map(([leg, remittance, [account, pooled], what]) => {
      const on = date(what % 2 === 0 ? "2026-01-20" : "2026-03-01")
      const choices: readonly ((transfer: Transfer) => Decision<TransferRefusal, TransferEvent>)[] = [
        issue(leg),
        state(leg),
        state(leg),
        pay(leg, remittance, account, pooled),
        pay(leg, remittance, account, pooled),
        pay(leg, "whole", parts[leg].account_fen, parts[leg].pooled_fen),
        book(leg),
        book(leg),
        fail(leg),
        remindLeg({ leg, on }),
        escalateLeg({ leg, on }),
        disputeLeg({ leg, reason: "x" }),
        settleDispute({ leg, note: "y" }),
      ]
      return choices[what] ?? book(leg)
    })
  const history = fc.array(command, { maxLength: 60, size: "max" })
  const start = [requested, plan(...origins)]

  it("decides every command once", () =>
    fc.assert(
      fc.property(history, (commands) => {
        let current = foldWith(aggregate, start)
        for (const decision of commands) current = decidesOnce(aggregate, current, decision)
      }),
      { numRuns: 300 },
    ))

  it("completes exactly once, with the last leg, and with the sum of the booked legs' statements", () => {
    let completions = 0
    fc.assert(
      fc.property(history, (commands) => {
        const events: TransferEvent[] = [...start]
        let current = foldWith(aggregate, start)
        for (const decision of commands) {
          const decided = decision(current)
          if (isLeft(decided)) continue
          events.push(...decided.right)
          current = foldWith(aggregate, decided.right, current)
          const ended = new Set(
            events.flatMap((event) => (event.type === "LegBooked" || event.type === "LegFailed" ? [event.leg] : [])),
          )
          const completed = events.filter((event) => event.type === "TransferCompleted")
          expect(completed.length).toBe(ended.size === origins.length ? 1 : 0)
        }
        const completed = events.find((event) => event.type === "TransferCompleted")
        expect(current.status).toBe(completed === undefined ? "planned" : "completed")
        if (completed === undefined) return
        completions++
        const sent = events.flatMap((event) => (event.type === "LegBooked" ? [parts[event.leg as Origin]] : []))
        expect(completed.months_total).toBe(sent.reduce((total, part) => total + size(ofRanges(part.months)), 0))
        expect(completed.account_fen).toBe(sent.reduce((total, part) => total + part.account_fen, 0))
        expect(completed.pooled_fen).toBe(sent.reduce((total, part) => total + part.pooled_fen, 0))
        expect([...completed.failedLegs].toSorted()).toEqual(
          events.flatMap((event) => (event.type === "LegFailed" ? [event.leg] : [])).toSorted(),
        )
      }),
      { numRuns: 500, seed: 7 },
    )
    expect(completions).toBeGreaterThan(10)
  })

  it("books only what came: the money of a booked leg is its statement, and a failed leg has had none", () =>
    fc.assert(
      fc.property(history, (commands) => {
        let current = foldWith(aggregate, start)
        for (const decision of commands) {
          const decided = decision(current)
          if (isRight(decided)) current = foldWith(aggregate, decided.right, current)
        }
        for (const leg of current.legs.values()) {
          if (leg.outcome === "booked")
            expect([leg.account_fen, leg.pooled_fen]).toEqual([leg.statement?.account_fen, leg.statement?.pooled_fen])
          if (leg.outcome === "failed") expect([leg.statement, leg.account_fen, leg.pooled_fen]).toEqual([null, 0, 0])
        }
      }),
      { numRuns: 300 },
    ))
})
