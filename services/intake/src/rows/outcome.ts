/** How one row went. */
import type { Refusal } from "@tongzhang/contracts/refusals"
import type { RowWarning } from "@tongzhang/contracts/refusals-intake"

export type RowOutcome =
  | { readonly status: "accepted" }
  | { readonly status: "accepted_with_warning"; readonly warnings: readonly RowWarning[] }
  /** `warnings`: what the row would have been warned for, had it not been on record already. */
  | { readonly status: "unchanged"; readonly warnings?: readonly RowWarning[] }
  | { readonly status: "refused"; readonly refusal: Refusal }

export const accepted = { status: "accepted" } as const satisfies RowOutcome
export const unchanged = { status: "unchanged" } as const satisfies RowOutcome
export const refused = (refusal: Refusal): RowOutcome => ({ status: "refused", refusal })
export const acceptedWith = (warnings: readonly RowWarning[]): RowOutcome =>
  warnings.length === 0 ? accepted : { status: "accepted_with_warning", warnings }
