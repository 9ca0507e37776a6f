/**
 * Person 参保人: identity and the few public facts a right depends on (sex, month of birth, hukou province, death).
 * Name and ID number travel sealed under the person's own key: destroying the key erases them and leaves every total intact.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode, Sex } from "./codes.js"
import type { Decision } from "./decider.js"
import type { DateText, PersonKey } from "./ids.js"
import type { YearMonth } from "./month.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Person"
export const streamOf = (person: PersonKey): StreamName => streamName(category, person)

// Events ---------------------------------------------------------------------------------------
/** `sealed` holds name and ID number; `nameIndex` is a keyed hash for exact-name search. */
type Identity = { readonly sealed: string; readonly nameIndex: string }

export type PersonEvent =
  | ({
      readonly type: "PersonRegistered"
      readonly sex: Sex
      readonly birthMonth: YearMonth
      /** Province of the household register (户籍地); null when the first feed did not say. */
      readonly hukou: ProvinceCode | null
    } & Identity)
  | ({ readonly type: "IdentityCorrected"; readonly reason: string } & Identity)
  | { readonly type: "IdentitiesMerged"; readonly other: PersonKey; readonly reason: string }
  | { readonly type: "HukouMoved"; readonly to: ProvinceCode; readonly on: DateText }
  | { readonly type: "PersonDied"; readonly on: DateText }

// State and fold ---------------------------------------------------------------------------------
export type HukouMove = { readonly to: ProvinceCode; readonly on: DateText }
export type Person = {
  readonly registered: boolean
  readonly sex: Sex | null
  readonly birthMonth: YearMonth | null
  readonly hukou: ProvinceCode | null
  /** Moves of the household register in the order they were told, which need not be the order of their days. */
  readonly moves: readonly HukouMove[]
  readonly nameIndex: string | null
  readonly merged: readonly PersonKey[]
  readonly diedOn: DateText | null
}

export const initial: Person = {
  registered: false,
  sex: null,
  birthMonth: null,
  hukou: null,
  moves: [],
  nameIndex: null,
  merged: [],
  diedOn: null,
}

export const evolve = (state: Person, event: PersonEvent): Person => {
  switch (event.type) {
    case "PersonRegistered":
      return {
        ...state,
        registered: true,
        sex: event.sex,
        birthMonth: event.birthMonth,
        hukou: event.hukou,
        nameIndex: event.nameIndex,
      }
    case "IdentityCorrected":
      return { ...state, nameIndex: event.nameIndex }
    case "IdentitiesMerged":
      return { ...state, merged: [...state.merged, event.other] }
    case "HukouMoved": {
      const isLatest = state.moves.every((move) => move.on <= event.on)
      return { ...state, hukou: isLatest ? event.to : state.hukou, moves: [...state.moves, { to: event.to, on: event.on }] }
    }
    case "PersonDied":
      return { ...state, diedOn: event.on }
  }
}

// Decisions --------------------------------------------------------------------------------------
export type PersonRefusal =
  | { readonly code: "PERSON_NOT_REGISTERED" }
  | { readonly code: "PERSON_DIED"; readonly on: DateText }
  | { readonly code: "DEATH_DATE_DIFFERS"; readonly recorded: DateText }
  | { readonly code: "MERGE_WITH_SELF" }

export type RegisterPerson = Identity & { readonly sex: Sex; readonly birthMonth: YearMonth; readonly hukou: ProvinceCode | null }

/** Registers a person once; a province that names a person another province has registered adds nothing. */
export const registerPerson =
  (command: RegisterPerson) =>
  (state: Person): Decision<PersonRefusal, PersonEvent> => {
    if (state.registered) return right([])
    const { sex, birthMonth, hukou, sealed, nameIndex } = command
    return right([{ type: "PersonRegistered", sex, birthMonth, hukou, sealed, nameIndex }])
  }

/** Corrects the name; the old value stays in history. */
export const correctIdentity =
  (command: Identity & { readonly reason: string }) =>
  (state: Person): Decision<PersonRefusal, PersonEvent> => {
    if (!state.registered) return left({ code: "PERSON_NOT_REGISTERED" })
    if (state.nameIndex === command.nameIndex) return right([])
    return right([{ type: "IdentityCorrected", reason: command.reason, sealed: command.sealed, nameIndex: command.nameIndex }])
  }

/** Joins a second number of the same person. Detection only proposes; an agency decides (law.md §9, type ID). */
export const mergeIdentities =
  (command: { readonly self: PersonKey; readonly other: PersonKey; readonly reason: string }) =>
  (state: Person): Decision<PersonRefusal, PersonEvent> => {
    if (!state.registered) return left({ code: "PERSON_NOT_REGISTERED" })
    if (command.self === command.other) return left({ code: "MERGE_WITH_SELF" })
    if (state.merged.includes(command.other)) return right([])
    return right([{ type: "IdentitiesMerged", other: command.other, reason: command.reason }])
  }

/** A move told late is kept, and leaves the register where the latest day put it; the same move again is nothing new. */
export const moveHukou =
  (command: { readonly to: ProvinceCode; readonly on: DateText }) =>
  (state: Person): Decision<PersonRefusal, PersonEvent> => {
    if (!state.registered) return left({ code: "PERSON_NOT_REGISTERED" })
    if (state.moves.some((move) => move.to === command.to && move.on === command.on)) return right([])
    if (state.hukou === command.to) return right([])
    if (state.diedOn !== null && command.on > state.diedOn) return left({ code: "PERSON_DIED", on: state.diedOn })
    return right([{ type: "HukouMoved", to: command.to, on: command.on }])
  }

export const recordDeath =
  (command: { readonly on: DateText }) =>
  (state: Person): Decision<PersonRefusal, PersonEvent> => {
    if (!state.registered) return left({ code: "PERSON_NOT_REGISTERED" })
    if (state.diedOn === command.on) return right([])
    if (state.diedOn !== null) return left({ code: "DEATH_DATE_DIFFERS", recorded: state.diedOn })
    return right([{ type: "PersonDied", on: command.on }])
  }
