/** What can be done to an appeal, each act decided on its own stream. The person's words are sealed under their key (ADR 3, 12). */
import { createHash } from "node:crypto"
import type { Actor, Metadata } from "@tongzhang/contracts/envelope"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import {
  type AnswerAppeal,
  answerAppeal,
  type Appeal,
  type AppealEvent,
  type AppealId,
  appealIdOf,
  type AppealRefusal,
  assignAppeal,
  type Contested,
  escalateAppeal,
  evolve,
  fileAppeal,
  type Holder,
  initial,
  streamOf,
  supplementAppeal,
  withdrawAppeal,
} from "@tongzhang/domain/appeal"
import type { Decision } from "@tongzhang/domain/decider"
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { open, seal } from "@tongzhang/identity/seal"
import { lawVersion } from "@tongzhang/law/citation"
import { appealDue } from "@tongzhang/law/rules/appeals"
import type { Caller } from "@tongzhang/service-kit/caller"
import type { Clock } from "@tongzhang/service-kit/clock"
import { problem } from "@tongzhang/service-kit/problem"
import { isLeft } from "fp-ts/lib/Either.js"
import { dateAt } from "../moments.js"
import type { Owner } from "./subject.js"

const appeals = { initial, evolve }

/** The same command id is the same appeal, whoever sends it again. */
export const serialOf = (person: PersonKey, commandId: string): string =>
  createHash("sha256").update(`${person}|${commandId}`).digest("hex").slice(0, 16)

const actorOf = (caller: Caller): Actor =>
  caller.kind === "agency"
    ? { kind: "agency", id: caller.id.slice(0, 64), province: caller.province }
    : { kind: caller.kind, id: caller.id.slice(0, 64) }

const metadataOf = (id: AppealId, step: string, caller: Caller | null): Metadata => ({
  actor: caller === null ? { kind: "system", id: "appeals" } : actorOf(caller),
  channel: caller === null ? "process" : "api",
  purpose: caller?.kind === "person" ? "self" : "service",
  commandId: `appeal:${id}:${step}`.slice(0, 200),
  correlationId: id,
  ruleVersion: lawVersion,
})

export type Filing = { readonly about: Contested; readonly text: string; readonly owner: Owner; readonly commandId: string }

export type AppealCommands = {
  /** Throws a problem when refused, as all of these do. */
  readonly file: (person: PersonKey, filing: Filing, caller: Caller) => Promise<AppealId>
  readonly answer: (id: AppealId, answer: Omit<AnswerAppeal, "on">, caller: Caller, request: string) => Promise<void>
  readonly assign: (id: AppealId, to: Holder, reason: string, caller: Caller, request: string) => Promise<void>
  readonly supplement: (id: AppealId, person: PersonKey, text: string, caller: Caller, request: string) => Promise<void>
  readonly withdraw: (id: AppealId, caller: Caller) => Promise<void>
  /** True when it was overdue and had not been escalated for this limit. */
  readonly escalate: (id: AppealId, due: DateText) => Promise<boolean>
  /** The person's own words; null once their key is destroyed. */
  readonly wordsOf: (person: PersonKey, sealed: string) => Promise<string | null>
}

export const createAppealCommands = (deps: {
  readonly aggregates: AggregateStore
  readonly keys: KeyStore
  readonly clock: Clock
}): AppealCommands => {
  const { aggregates, keys, clock } = deps
  const today = (): DateText => dateAt(clock.now())

  const execute = (id: AppealId, metadata: Metadata, decide: (state: Appeal) => Decision<AppealRefusal, AppealEvent>) =>
    aggregates.execute(appeals, streamOf(id), decide, metadata)
  const run = async (
    id: AppealId,
    step: string,
    caller: Caller,
    decide: (state: Appeal) => Decision<AppealRefusal, AppealEvent>,
  ): Promise<void> => {
    const done = await execute(id, metadataOf(id, step, caller), decide)
    if (isLeft(done)) throw problem(describeRefusal(done.left))
  }

  const sealed = async (person: PersonKey, text: string): Promise<string> => {
    const key = await keys.keyFor(person)
    if (isLeft(key))
      throw problem({
        status: 410,
        rule: "PERSON_ERASED",
        hint_zh: "该参保人的身份信息已删除，不能再提交文字",
        hint_en: "This person's identity has been erased: nothing can be written in their name",
      })
    return seal({ text }, key.right)
  }

  return {
    file: async (person, { about, text, owner, commandId }, caller) => {
      const id = appealIdOf(person, serialOf(person, commandId))
      const words = await sealed(person, text)
      const on = today()
      const filing = { person, about, sealed: words, holder: owner.holder, why: owner.why, on, due: appealDue(on) }
      await run(id, "file", caller, fileAppeal(filing))
      return id
    },
    answer: (id, answer, caller, request) => run(id, `answer:${request}`, caller, answerAppeal({ ...answer, on: today() })),
    assign: (id, to, reason, caller, request) => run(id, `assign:${request}`, caller, assignAppeal({ to, reason, on: today() })),
    supplement: async (id, person, text, caller, request) => {
      const on = today()
      const more = { sealed: await sealed(person, text), on, due: appealDue(on) }
      await run(id, `supplement:${request}`, caller, supplementAppeal(more))
    },
    withdraw: (id, caller) => run(id, "withdraw", caller, withdrawAppeal({ on: today() })),
    escalate: async (id, due) => {
      const done = await execute(id, metadataOf(id, `escalate:${due}`, null), escalateAppeal({ on: today() }))
      return !isLeft(done) && done.right.events.length > 0
    },
    wordsOf: async (person, text) => {
      const key = await keys.find(person)
      if (key === null) return null
      const opened = open(text, key)
      return isLeft(opened) ? null : (opened.right["text"] ?? null)
    },
  }
}
