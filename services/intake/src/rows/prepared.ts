/** A command made ready for the ledger: whose stream it is about, its id, and what can be said of it without looking there. */
import type { RowRefusal, RowWarning } from "@tongzhang/contracts/refusals-intake"
import type { CitizenId } from "@tongzhang/domain/citizen-id"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { MonthRange } from "@tongzhang/domain/month-set"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { RowCommand } from "./row-command.js"

export type StreamKind = "person" | "enrollment" | "benefit"

export type Prepared = {
  readonly command: RowCommand
  readonly province: ProvinceCode
  readonly citizenId: CitizenId
  readonly person: PersonKey
  readonly kind: StreamKind
  readonly stream: StreamName
  /** From business content alone: the same row in another file, or sent as a single command, is the same command. */
  readonly commandId: string
  readonly period: MonthRange | null
  readonly warnings: readonly RowWarning[]
}

/** What the checks know of the time: nothing below reads a clock. */
export type Today = { readonly date: string; readonly lastMonth: string }

export type PrepareOutcome = { readonly prepared: Prepared } | { readonly refusal: RowRefusal }
