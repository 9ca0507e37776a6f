/** Business keys: command ids, and line numbers for provinces that have none. Both depend on content only, never on file or time. */
import { createHash } from "node:crypto"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { LineId, PersonKey } from "@tongzhang/domain/ids"
import type { LineCommand, RowCommand } from "./row-command.js"

const hash = (parts: readonly unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24)

/** `d:` marks a derived line. The same payment always derives the same number, so a file without numbers can be sent again. */
const derivedLine = (province: ProvinceCode, person: PersonKey, command: LineCommand): LineId => {
  switch (command.act) {
    case "contribute":
      return `d:${hash([province, command.scheme, person, command.from, command.to, command.kind])}` as LineId
    case "correct": {
      const { base_fen, employer_fen, personal_fen, subsidy_fen, account_fen } = command
      const amounts = [base_fen, employer_fen, personal_fen, subsidy_fen, account_fen ?? null]
      return `d:${hash([province, command.scheme, person, "correct", command.corrects, ...amounts])}` as LineId
    }
    case "reverse":
      return `d:${hash([province, command.scheme, person, "reverse", command.reverses])}` as LineId
    case "subsidise":
      return `d:${hash([province, command.scheme, person, "subsidise", command.year, command.payer])}` as LineId
  }
}

/** The command with its line number, derived when the row had none. */
export const withLine = (province: ProvinceCode, person: PersonKey, command: RowCommand): RowCommand =>
  "line" in command && command.line === "" ? { ...command, line: derivedLine(province, person, command) } : command

/** At most 200 characters; the event ids follow from it (`eventIdFor`). */
export const commandIdOf = (province: ProvinceCode, person: PersonKey, command: RowCommand, nameIndex: () => string): string => {
  switch (command.act) {
    case "contribute":
    case "correct":
    case "reverse":
    case "subsidise":
      return `line:${province}:${command.scheme}:${command.line}:${command.act}`
    case "open":
    case "change":
      return `${command.act}:${province}:${command.scheme}:${person}:${command.from}:${command.capacity}:${command.employer ?? ""}`
    case "suspend":
    case "resume":
      return `${command.act}:${province}:${command.scheme}:${person}:${command.from}`
    case "close":
      return `close:${province}:${command.scheme}:${person}:${command.to}`
    case "credit_interest":
      return `interest:${province}:${command.scheme}:${person}:${command.year}`
    case "register":
      return registerIdOf(person)
    case "move_hukou":
      return `hukou:${person}:${command.to}:${command.on}`
    case "report_death":
      return `death:${person}:${command.on}`
    case "correct_name":
      return `name:${person}:${nameIndex()}`
    case "claim_benefit":
      return `claim:${province}:${command.scheme}:${command.claim}`
    case "award_benefit": {
      const { from, basic_fen, account_fen, transitional_fen, monthly_fen } = command
      return `award:${province}:${command.scheme}:${command.claim}:${from}:${basic_fen}:${account_fen}:${transitional_fen}:${monthly_fen}`
    }
    case "pay_benefit":
      return `pay:${province}:${command.scheme}:${command.claim}:${command.month}`
    case "end_benefit":
      return `end:${province}:${command.scheme}:${command.claim}:${command.to}`
  }
}

export const registerIdOf = (person: PersonKey): string => `register:${person}`
