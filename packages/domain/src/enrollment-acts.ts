/**
 * Acts of a relation: what makes two commands of an enrollment the same act, so that a file sent again decides nothing.
 * Contributions are not here: they are known by their line.
 */
import type { EnrollmentEvent } from "./enrollment.js"
import { type MonthRange, ofRanges, ranges } from "./month-set.js"

/** For messages and keys: `2024-01..2024-03 2024-05..2024-05`. */
export const rangesText = (months: readonly MonthRange[]): string => months.map(({ from, to }) => `${from}..${to}`).join(" ")

/** Key of the act an event obeys; null for events that are known by their line. */
export const actOf = (event: EnrollmentEvent): string | null => {
  switch (event.type) {
    case "EnrollmentOpened":
    case "CapacityChanged":
      return `${event.type}:${event.from}:${event.capacity}:${event.employer ?? ""}`
    case "EnrollmentSuspended":
    case "EnrollmentResumed":
      return `${event.type}:${event.from}`
    case "EnrollmentClosed":
      return `${event.type}:${event.to}`
    case "ContributionRefunded":
      return `${event.type}:${event.overlapCase}:${rangesText(ranges(ofRanges(event.months)))}`
    case "InterestCredited":
      return `${event.type}:${event.year}`
    case "TransferredOut":
    case "TransferredIn":
      return `${event.type}:${event.transferId}:${event.type === "TransferredIn" ? event.from : ""}`
    case "ContributionRecorded":
    case "ContributionCorrected":
    case "ContributionReversed":
    case "SubsidyCredited":
      return null
  }
}
