/** One row of a file into one command. Everything here is about this row alone: no ledger, no clock. */
import { isLeft } from "fp-ts/lib/Either.js"
import type { Act } from "@tongzhang/contracts/commands"
import type { ColumnKey } from "@tongzhang/contracts/feed-columns"
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { ContributionKind } from "@tongzhang/domain/enrollment"
import type { DateText, LineId } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import { type Fen, zero } from "@tongzhang/domain/money"
import { dateOf, fenOf, flagOf, monthOf, monthsOf, rateOf, wholeOf } from "../reading/values.js"
import { actOf, actSaysLate, capacityOf, isStatusWord, isTakenBack, kindOf, provinceOf, schemeOf } from "../reading/words.js"
import type { RowCommand } from "./row-command.js"
import { quoted, type RowReader } from "./row-reader.js"

const linePattern = /^[A-Za-z0-9.:/-]{1,64}$/
/** A line left blank is derived later, when the person key is known (prepare.ts). */
export const lineToDerive = "" as LineId

const reasonOr = (row: RowReader): string => row.shortText("reason", 200) ?? "not stated"

const actFrom = (row: RowReader): Act | null => {
  const word = row.text("act")
  if (word === "") return guessAct(row)
  const act = actOf(word)
  if (act !== undefined) return act
  return row.fail({ code: isStatusWord(word) ? "ACT_IS_STATUS" : "ACT_UNKNOWN", value: quoted(word) })
}

/** Provinces with one file per business leave the act out; what the columns hold then says it, or nothing does. */
const guessAct = (row: RowReader): Act | null => {
  if (isTakenBack(row.text("kind"))) return "reverse"
  if (row.text("base") !== "" || row.text("personalPaid") !== "" || row.text("employerPaid") !== "")
    return row.text("corrects") === "" ? "contribute" : "correct"
  if (row.text("claim") !== "" && row.text("amount") !== "") return "pay_benefit"
  if (row.text("capacity") !== "" && row.text("from") !== "") return "open"
  return row.fail({ code: "ACT_UNCLEAR" })
}

const schemeFrom = (row: RowReader): SchemeCode | null => {
  const text = row.text("scheme")
  if (text === "") return row.fail({ code: "FIELD_MISSING", field: row.title("scheme") })
  return schemeOf(text) ?? row.fail({ code: "SCHEME_UNKNOWN", field: row.title("scheme"), value: quoted(text) })
}

const provinceFrom = (row: RowReader, key: ColumnKey): ProvinceCode | null => {
  const text = row.text(key)
  if (text === "") return null
  return provinceOf(text) ?? row.fail({ code: "PROVINCE_UNKNOWN", field: row.title(key), value: quoted(text) })
}

const lineFrom = (row: RowReader, key: "line" | "corrects"): LineId | null => {
  const text = row.text(key)
  if (text === "") return null
  return linePattern.test(text) ? (text as LineId) : row.fail({ code: "LINE_FORMAT", field: row.title(key), value: quoted(text) })
}

const neededLine = (row: RowReader): LineId =>
  lineFrom(row, "corrects") ?? row.fail({ code: "FIELD_MISSING", field: row.title("corrects") }) ?? lineToDerive

const kindFrom = (row: RowReader): ContributionKind => {
  const text = row.text("kind")
  if (text === "") return actSaysLate(row.text("act")) ? "late" : "regular"
  const kind = kindOf(text)
  if (kind === undefined) row.fail({ code: "KIND_UNKNOWN", field: row.title("kind"), value: quoted(text) })
  return kind ?? "regular"
}

const anyMonth = "1950-01" as YearMonth

/** First month of an act, from either column. */
const startFrom = (row: RowReader): YearMonth =>
  row.value("from", monthOf) ?? row.needed(row.text("month") === "" ? "from" : "month", monthOf) ?? anyMonth
const endFrom = (row: RowReader): YearMonth =>
  row.value("to", monthOf) ?? row.needed(row.text("month") === "" ? "to" : "month", monthOf) ?? anyMonth

const rangeFrom = (row: RowReader): { readonly from: YearMonth; readonly to: YearMonth } => {
  const range = row.value("month", monthsOf)
  if (range !== null) return range
  const from = row.needed(row.text("from") === "" ? "month" : "from", monthOf) ?? anyMonth
  return { from, to: row.value("to", monthOf) ?? from }
}

const amounts = (row: RowReader) => ({
  base_fen: row.value("base", fenOf),
  employer_fen: row.value("employerPaid", fenOf),
  personal_fen: row.value("personalPaid", fenOf),
  subsidy_fen: row.value("subsidy", fenOf),
})
const account = (row: RowReader): { readonly account_fen?: Fen } => {
  const account_fen = row.value("account", fenOf)
  return account_fen === null ? {} : { account_fen }
}
const orZero = (found: ReturnType<typeof amounts>) => ({
  base_fen: found.base_fen ?? zero,
  employer_fen: found.employer_fen ?? zero,
  personal_fen: found.personal_fen ?? zero,
  subsidy_fen: found.subsidy_fen ?? zero,
})
const neededFen = (row: RowReader, key: ColumnKey): Fen => row.needed(key, fenOf) ?? zero
const claimOf = (row: RowReader): string => row.neededText("claim", 64) ?? ""
const dateNeeded = (row: RowReader, key: ColumnKey) => row.needed(key, dateOf) ?? dateOfNothing
const dateOfNothing = "1950-01-01" as DateText

const capacityFrom = (row: RowReader, resident: boolean) => {
  const text = row.text("capacity")
  // A resident scheme knows no other capacity; everywhere else it must be said.
  if (text === "" && resident) return "resident" as const
  if (text === "") row.fail({ code: "FIELD_MISSING", field: row.title("capacity") })
  const capacity = capacityOf(text)
  if (capacity === undefined) row.fail({ code: "CAPACITY_UNKNOWN", field: row.title("capacity"), value: quoted(text) })
  return capacity ?? ("employee" as const)
}

type Who = { readonly citizenId: string; readonly name?: string; readonly hukou?: ProvinceCode }

const whoFrom = (row: RowReader): Who => {
  const citizenId = row.neededText("citizenId", 24) ?? ""
  // What is plainly no ID number is said before anything else; the check digit comes with the person key.
  if (citizenId !== "" && citizenId.length !== 18) {
    const normal = normaliseCitizenId(citizenId)
    if (isLeft(normal)) row.fail(normal.left)
  }
  const name = row.shortText("name", 64)
  const hukou = provinceFrom(row, "hukou")
  return { citizenId, ...(name === null ? {} : { name }), ...(hukou === null ? {} : { hukou }) }
}

const personAct = (act: "register" | "move_hukou" | "report_death" | "correct_name", who: Who, row: RowReader): RowCommand => {
  switch (act) {
    case "register":
      return { act, ...who }
    case "move_hukou":
      if (row.text("hukou") === "") row.fail({ code: "FIELD_MISSING", field: row.title("hukou") })
      return { act, citizenId: who.citizenId, to: who.hukou ?? "11", on: dateNeeded(row, "on") }
    case "report_death":
      return { act, ...who, on: dateNeeded(row, "on") }
    case "correct_name":
      return { act, citizenId: who.citizenId, name: row.neededText("name", 64) ?? "", reason: reasonOr(row) }
  }
}

/** The command, or null and `row.problem()` says why. */
export const translateRow = (row: RowReader): RowCommand | null => {
  const act = actFrom(row)
  const who = whoFrom(row)
  if (act === null || row.problem() !== null) return null
  const command =
    act === "register" || act === "move_hukou" || act === "report_death" || act === "correct_name"
      ? personAct(act, who, row)
      : relationAct(act, who, row)
  return row.problem() === null ? command : null
}

type RelationAct = Exclude<Act, "register" | "move_hukou" | "report_death" | "correct_name">

const relationAct = (act: RelationAct, who: Who, row: RowReader): RowCommand | null => {
  const scheme = schemeFrom(row)
  if (scheme === null) return null
  const relation = { ...who, scheme }
  const resident = scheme === "170" || scheme === "390"
  switch (act) {
    case "contribute": {
      const range = rangeFrom(row)
      const line = lineFrom(row, "line") ?? lineToDerive
      const paidOn = dateNeeded(row, "paidOn")
      return { act, ...relation, line, kind: kindFrom(row), ...range, paidOn, ...orZero(amounts(row)), ...account(row) }
    }
    case "open": {
      const capacity = capacityFrom(row, resident)
      const temporary = row.value("temporary", flagOf) ?? false
      return { act, ...relation, from: startFrom(row), capacity, employer: row.shortText("employer", 64), temporary }
    }
    case "change":
      return {
        act,
        ...relation,
        from: startFrom(row),
        capacity: capacityFrom(row, resident),
        employer: row.shortText("employer", 64),
      }
    case "suspend":
      return { act, ...relation, from: startFrom(row), reason: reasonOr(row) }
    case "resume":
      return { act, ...relation, from: startFrom(row) }
    case "close":
      return { act, ...relation, to: endFrom(row), reason: reasonOr(row) }
    case "correct":
      return {
        act,
        ...relation,
        line: lineFrom(row, "line") ?? lineToDerive,
        corrects: neededLine(row),
        reason: reasonOr(row),
        ...amounts(row),
        ...account(row),
      }
    case "reverse":
      return { act, ...relation, line: lineFrom(row, "line") ?? lineToDerive, reverses: neededLine(row), reason: reasonOr(row) }
    case "subsidise":
    case "credit_interest":
      return yearAct(act, relation, row)
    case "claim_benefit":
    case "award_benefit":
    case "pay_benefit":
    case "end_benefit":
      return benefitAct(act, relation, row)
  }
}

type Relation = Who & { readonly scheme: SchemeCode }

const yearAct = (act: "subsidise" | "credit_interest", relation: Relation, row: RowReader): RowCommand => {
  const year = row.needed("year", wholeOf) ?? 0
  const amount_fen = neededFen(row, "amount")
  if (act === "credit_interest") return { act, ...relation, year, rate_bp: row.needed("rate", rateOf) ?? 0, amount_fen }
  const payer = row.neededText("payer", 64) ?? ""
  return { act, ...relation, line: lineFrom(row, "line") ?? lineToDerive, year, payer, amount_fen }
}

type BenefitAct = "claim_benefit" | "award_benefit" | "pay_benefit" | "end_benefit"

const benefitAct = (act: BenefitAct, relation: Relation, row: RowReader): RowCommand => {
  const claim = claimOf(row)
  switch (act) {
    case "claim_benefit":
      return { act, ...relation, claim, from: startFrom(row) }
    case "award_benefit":
      return {
        act,
        ...relation,
        claim,
        from: startFrom(row),
        basic_fen: neededFen(row, "basic"),
        account_fen: neededFen(row, "accountPension"),
        transitional_fen: row.value("transitional", fenOf) ?? zero,
        monthly_fen: neededFen(row, "monthly"),
        reason: reasonOr(row),
      }
    case "pay_benefit":
      return {
        act,
        ...relation,
        claim,
        month: row.needed(row.text("month") === "" ? "from" : "month", monthOf) ?? anyMonth,
        amount_fen: neededFen(row, "amount"),
      }
    case "end_benefit":
      return { act, ...relation, claim, to: endFrom(row), reason: reasonOr(row) }
  }
}
