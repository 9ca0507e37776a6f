/** Policy 参数: the contribution limits a province has put in force, each with its validity and source. Facts like any other. */
import { right } from "fp-ts/lib/Either.js"
import type { ProvinceCode } from "./codes.js"
import { type Decision, withEntry } from "./decider.js"
import type { YearMonth } from "./month.js"
import type { Fen } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Policy"
export const streamOf = (province: ProvinceCode): StreamName => streamName(category, province)

// Events ---------------------------------------------------------------------------------------
export type PolicyEvent = {
  readonly type: "BaseLimitsPublished"
  readonly from: YearMonth
  readonly floor_fen: Fen
  readonly ceiling_fen: Fen
  readonly source: string
}

// State and fold ---------------------------------------------------------------------------------
export type Policy = { readonly limits: ReadonlyMap<YearMonth, { readonly floor_fen: Fen; readonly ceiling_fen: Fen }> }
export const initial: Policy = { limits: new Map() }

export const evolve = (state: Policy, event: PolicyEvent): Policy => ({
  limits: withEntry(state.limits, event.from, { floor_fen: event.floor_fen, ceiling_fen: event.ceiling_fen }),
})

// Decisions --------------------------------------------------------------------------------------
/** Publishes limits from a month on; the same limits again add nothing, other limits for the month replace them from then on. */
export const publishBaseLimits =
  (command: Omit<PolicyEvent, "type">) =>
  (state: Policy): Decision<never, PolicyEvent> => {
    const known = state.limits.get(command.from)
    const same = known?.floor_fen === command.floor_fen && known.ceiling_fen === command.ceiling_fen
    return right(same ? [] : [{ type: "BaseLimitsPublished", ...command }])
  }
