/** One example of every event about duplicates. */
import type { DateText, Instant } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { month } from "@tongzhang/domain/month"
import type { OverlapEvent } from "@tongzhang/domain/overlap"

export const overlapCase = "32_110~44_110"
export const overlapMonths = [{ from: month("2020-03"), to: month("2020-03") }]

export const overlapExamples = {
  OverlapDetected: {
    type: "OverlapDetected",
    case: overlapCase,
    kind: "EMP-EMP",
    sides: ["32_110", "44_110"],
    months: overlapMonths,
  },
  OverlapChanged: { type: "OverlapChanged", case: overlapCase, months: [{ from: month("2020-03"), to: month("2020-04") }] },
  OverlapDissolved: { type: "OverlapDissolved", case: overlapCase },
  OverlapNotified: { type: "OverlapNotified", case: overlapCase, provinces: ["32", "44"] },
  ResolutionProposed: {
    type: "ResolutionProposed",
    case: overlapCase,
    recommended: "44_110",
    options: [{ keep: "44_110", drop: "32_110", months: overlapMonths, refund_fen: fen(40_000), legal: "人社部发〔2009〕187号" }],
  },
  OverlapChoiceRecorded: {
    type: "OverlapChoiceRecorded",
    case: overlapCase,
    keep: "44_110",
    channel: "phone",
    on: "2026-03-02" as DateText,
  },
  OverlapApprovalAsked: {
    type: "OverlapApprovalAsked",
    case: overlapCase,
    keep: "44_110",
    reason: "agreed with the person on 2026-03-02",
    officer: "agency-44",
    refund_fen: fen(40_000),
  },
  OverlapDecided: {
    type: "OverlapDecided",
    case: overlapCase,
    keep: "44_110",
    reason: "agreed with the person on 2026-03-02",
    undoUntil: "2026-03-02T02:30:00.000Z" as Instant,
  },
  OverlapDecisionWithdrawn: { type: "OverlapDecisionWithdrawn", case: overlapCase, reason: "the person changed their mind" },
  OverlapCleared: { type: "OverlapCleared", case: overlapCase, months: overlapMonths, refund_fen: fen(40_000) },
  OverlapDismissed: { type: "OverlapDismissed", case: overlapCase, reason: "one of the two is a back payment for another year" },
  OverlapReopened: { type: "OverlapReopened", case: overlapCase, months: overlapMonths, reason: "months overlap again" },
} satisfies { readonly [T in OverlapEvent["type"]]: Extract<OverlapEvent, { type: T }> }
