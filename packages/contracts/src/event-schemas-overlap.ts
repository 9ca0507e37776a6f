/** zod schemas of the events about duplicates: found, proposed, chosen by the person, decided, taken back, cleared. */
import { choiceChannels, type OverlapEvent } from "@tongzhang/domain/overlap"
import { z } from "zod"
import { dateText, fenPositive, instant, monthRanges, text } from "./primitives.js"

const reason = text(200)
const caseId = z.object({ case: text(160) }).shape.case
const side = text(80)
const option = z.object({ keep: side, drop: side, months: monthRanges, refund_fen: fenPositive, legal: text(200) })

export const overlapEvents = {
  OverlapDetected: z.object({
    type: z.literal("OverlapDetected"),
    case: caseId,
    kind: z.enum(["EMP-EMP", "EMP-PUB", "EMP-RES", "RES-RES", "MED-MED", "UNEMP-UNEMP", "PENSION-PENSION", "PENSION-RES"]),
    sides: z.tuple([side, side]),
    months: monthRanges,
  }),
  OverlapChanged: z.object({ type: z.literal("OverlapChanged"), case: caseId, months: monthRanges }),
  OverlapDissolved: z.object({ type: z.literal("OverlapDissolved"), case: caseId }),
  OverlapNotified: z.object({ type: z.literal("OverlapNotified"), case: caseId, provinces: z.array(z.string()) }),
  ResolutionProposed: z.object({
    type: z.literal("ResolutionProposed"),
    case: caseId,
    recommended: side.nullable(),
    options: z.array(option),
  }),
  OverlapChoiceRecorded: z.object({
    type: z.literal("OverlapChoiceRecorded"),
    case: caseId,
    keep: side,
    channel: z.enum(choiceChannels),
    on: dateText,
  }),
  OverlapApprovalAsked: z.object({
    type: z.literal("OverlapApprovalAsked"),
    case: caseId,
    keep: side,
    reason,
    officer: text(100),
    refund_fen: fenPositive,
  }),
  OverlapDecided: z.object({
    type: z.literal("OverlapDecided"),
    case: caseId,
    keep: side,
    reason,
    undoUntil: instant.nullable(),
  }),
  OverlapDecisionWithdrawn: z.object({ type: z.literal("OverlapDecisionWithdrawn"), case: caseId, reason }),
  OverlapCleared: z.object({ type: z.literal("OverlapCleared"), case: caseId, months: monthRanges, refund_fen: fenPositive }),
  OverlapDismissed: z.object({ type: z.literal("OverlapDismissed"), case: caseId, reason }),
  OverlapReopened: z.object({ type: z.literal("OverlapReopened"), case: caseId, months: monthRanges, reason }),
} satisfies { [T in OverlapEvent["type"]]: z.ZodType<Extract<OverlapEvent, { type: T }>> }
