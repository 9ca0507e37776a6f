/**
 * Appeal 申诉: a person says that a number the ledger shows is wrong, or that a payment is missing. One stream per appeal: filed,
 * assigned to whoever reported the number, answered, perhaps supplemented or withdrawn; overdue ones go to the center.
 *
 * An appeal corrects nothing. What it leads to is a correction by the province that reported the number, a fact of its own.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode } from "./codes.js"
import { type Decision, withMember } from "./decider.js"
import type { DateText, PersonKey } from "./ids.js"
import type { YearMonth } from "./month.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Appeal"
/** `{personKey}_{serial}`: one appeal. */
export type AppealId = string & { readonly AppealId: unique symbol }
export const appealIdOf = (person: PersonKey, serial: string): AppealId => `${person}_${serial}` as AppealId
export const streamOf = (id: AppealId): StreamName => streamName(category, ...id.split("_"))

// Events ---------------------------------------------------------------------------------------
/** Who has to answer: a province's agency, or the national center. */
export type Holder = ProvinceCode | "CN"

/** The number the appeal is about, as the person saw it. */
export type Contested = {
  /** Names the number as the console asks for it: `relation:44_110:account_fen`, `family:pension:months_standing`, `paid:44_110:2026-03` … */
  readonly subject: string
  /** The value on the page, with its unit. */
  readonly shown: string
  readonly validAt: YearMonth | null
  readonly knownAt: string | null
  /** Position of the person's newest fact that had gone into the number; null for one without any. */
  readonly position: string | null
}

export const outcomes = ["upheld", "rejected", "more_needed"] as const
/** `upheld`: the number was wrong; `rejected`: it stands; `more_needed`: the person is asked for something nobody else has. */
export type Outcome = (typeof outcomes)[number]

export type AppealEvent =
  | {
      readonly type: "AppealFiled"
      readonly person: PersonKey
      readonly about: Contested
      /** The person's own words, sealed under their key: erasing the person erases them. */
      readonly sealed: string
      readonly on: DateText
    }
  | {
      readonly type: "AppealAssigned"
      readonly to: Holder
      readonly reason: string
      readonly on: DateText
      readonly due: DateText
    }
  | {
      readonly type: "AppealAnswered"
      readonly outcome: Outcome
      readonly by: Holder
      /** Why, in words the person reads; what is asked for, when more is needed. */
      readonly reason: string
      /** The article a rejection rests on. */
      readonly article: string | null
      /** What will be corrected, by whom. */
      readonly correction: string | null
      readonly on: DateText
    }
  | { readonly type: "AppealSupplemented"; readonly sealed: string; readonly on: DateText; readonly due: DateText }
  | { readonly type: "AppealEscalated"; readonly due: DateText; readonly on: DateText }
  | { readonly type: "AppealWithdrawn"; readonly on: DateText }

// State and fold ---------------------------------------------------------------------------------
export type Appeal = {
  /** `waiting`: the clock stands while the person is asked for more. */
  readonly status: "none" | "open" | "waiting" | "upheld" | "rejected" | "withdrawn"
  readonly person: PersonKey | null
  readonly about: Contested | null
  readonly holder: Holder | null
  readonly due: DateText | null
  /** Limits that have been missed. */
  readonly escalated: ReadonlySet<DateText>
  /** Outcome and reason of the newest answer, and the newest supplement: what is sent again decides nothing. */
  readonly answer: { readonly outcome: Outcome; readonly reason: string } | null
  readonly supplement: string | null
}
export const initial: Appeal = {
  status: "none",
  person: null,
  about: null,
  holder: null,
  due: null,
  escalated: new Set(),
  answer: null,
  supplement: null,
}

export const evolve = (state: Appeal, event: AppealEvent): Appeal => {
  switch (event.type) {
    case "AppealFiled":
      return { ...state, status: "open", person: event.person, about: event.about }
    case "AppealAssigned":
      return { ...state, holder: event.to, due: event.due }
    case "AppealAnswered": {
      const { outcome, reason } = event
      return { ...state, status: outcome === "more_needed" ? "waiting" : outcome, due: null, answer: { outcome, reason } }
    }
    case "AppealSupplemented":
      return { ...state, status: "open", due: event.due, supplement: event.sealed }
    case "AppealEscalated":
      return { ...state, escalated: withMember(state.escalated, event.due) }
    case "AppealWithdrawn":
      return { ...state, status: "withdrawn", due: null }
  }
}

/** True while somebody still has to do something. */
export const isOpen = ({ status }: Appeal): boolean => status === "open" || status === "waiting"

// Decisions --------------------------------------------------------------------------------------
export type AppealRefusal =
  | { readonly code: "APPEAL_UNKNOWN" }
  | { readonly code: "APPEAL_DIFFERS"; readonly subject: string }
  | { readonly code: "APPEAL_ENDED"; readonly status: Appeal["status"] }
  | { readonly code: "APPEAL_WAITS_FOR_PERSON" }
  | { readonly code: "APPEAL_NOT_WAITING" }
  | { readonly code: "APPEAL_NOT_OVERDUE"; readonly due: DateText }
  | { readonly code: "APPEAL_ARTICLE_MISSING" }
  | { readonly code: "APPEAL_CORRECTION_MISSING" }

type Decided = Decision<AppealRefusal, AppealEvent>

export type FileAppeal = {
  readonly person: PersonKey
  readonly about: Contested
  readonly sealed: string
  /** Who reported the number's newest fact, or the center for a number of several provinces. */
  readonly holder: Holder
  readonly why: string
  readonly on: DateText
  readonly due: DateText
}

/** Filed and given to somebody in one act: there is no appeal that nobody has to answer. */
export const fileAppeal =
  ({ person, about, sealed, holder, why, on, due }: FileAppeal) =>
  (state: Appeal): Decided => {
    if (state.status === "none")
      return right([
        { type: "AppealFiled", person, about, sealed, on },
        { type: "AppealAssigned", to: holder, reason: why, on, due },
      ])
    return state.about?.subject === about.subject
      ? right([])
      : left({ code: "APPEAL_DIFFERS", subject: state.about?.subject ?? "" })
  }

const whileOpen = (state: Appeal, next: (state: Appeal) => Decided): Decided => {
  if (state.status === "none") return left({ code: "APPEAL_UNKNOWN" })
  return isOpen(state) ? next(state) : left({ code: "APPEAL_ENDED", status: state.status })
}

/** Passed on to whoever can answer. The limit goes on as it was: passing on wins nobody time. */
export const assignAppeal =
  (command: { readonly to: Holder; readonly reason: string; readonly on: DateText }) =>
  (state: Appeal): Decided =>
    whileOpen(state, ({ status, holder, due }) => {
      if (status === "waiting" || due === null) return left({ code: "APPEAL_WAITS_FOR_PERSON" })
      if (holder === command.to) return right([])
      return right([{ type: "AppealAssigned", ...command, due }])
    })

export type AnswerAppeal = {
  readonly outcome: Outcome
  readonly by: Holder
  readonly reason: string
  readonly article: string | null
  readonly correction: string | null
  readonly on: DateText
}

/** Every answer says why; a rejection names its article, an upheld appeal what will be corrected. */
export const answerAppeal =
  (command: AnswerAppeal) =>
  (state: Appeal): Decided => {
    const { outcome, reason } = command
    if (state.due === null && state.answer?.outcome === outcome && state.answer.reason === reason) return right([])
    return whileOpen(state, ({ status }) => {
      if (status === "waiting") return left({ code: "APPEAL_WAITS_FOR_PERSON" })
      if (command.outcome === "rejected" && command.article === null) return left({ code: "APPEAL_ARTICLE_MISSING" })
      if (command.outcome === "upheld" && command.correction === null) return left({ code: "APPEAL_CORRECTION_MISSING" })
      return right([{ type: "AppealAnswered", ...command }])
    })
  }

/** What the person was asked for; the clock starts anew. */
export const supplementAppeal =
  (command: { readonly sealed: string; readonly on: DateText; readonly due: DateText }) =>
  (state: Appeal): Decided =>
    whileOpen(state, ({ status, supplement }) => {
      if (status === "waiting") return right([{ type: "AppealSupplemented", ...command }])
      return supplement === command.sealed ? right([]) : left({ code: "APPEAL_NOT_WAITING" })
    })

/** Once for each limit that was missed. */
export const escalateAppeal =
  (command: { readonly on: DateText }) =>
  (state: Appeal): Decided =>
    whileOpen(state, ({ due, escalated }) => {
      if (due === null) return left({ code: "APPEAL_WAITS_FOR_PERSON" })
      if (command.on <= due) return left({ code: "APPEAL_NOT_OVERDUE", due })
      return right(escalated.has(due) ? [] : [{ type: "AppealEscalated", due, on: command.on }])
    })

export const withdrawAppeal =
  (command: { readonly on: DateText }) =>
  (state: Appeal): Decided =>
    state.status === "withdrawn" ? right([]) : whileOpen(state, () => right([{ type: "AppealWithdrawn", ...command }]))
