/** zod schemas of an audit's events: the newest version, checked against the domain's types like all others. */
import { severities, type Subject, type WorkpaperEvent } from "@tongzhang/domain/workpaper"
import type { RegisterEvent } from "@tongzhang/domain/workpaper-register"
import { z } from "zod"
import { dateText, engagementId, fenAmount, fenPositive, province, scheme, text } from "./primitives.js"

const count = z.int().min(0)
const auditor = text(100)
const paperItem = z.string().regex(/^[SNF][1-9]\d{0,5}$/)
const eventRef = z.object({ event: z.uuid(), stream: text(200), revision: z.int().min(0) })
const position = text(80)
const scopeFields = {
  title: text(200),
  scope: text(2000),
  province: province.nullable(),
  scheme: scheme.nullable(),
  from: dateText,
  to: dateText,
}
const findingFields = {
  severity: z.enum(severities),
  title: text(200),
  rule: text(200),
  evidence: z.array(eventRef).max(200),
  amount_fen: fenPositive,
  recommendation: text(2000),
}
const drawFields = {
  seed: text(100),
  method: z.enum(["stratified", "monetary"]),
  size: z.int().min(1),
  upTo: position,
  province: province.nullable(),
  scheme: scheme.nullable(),
  recorded: z.object({ from: dateText, to: dateText }).nullable(),
}
const drawnItem = eventRef.extend({ type: text(60), position, amount_fen: fenAmount, stratum: text(200), hits: z.int().min(1) })
const subject: z.ZodType<Subject, Subject> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("item"), sample: paperItem, event: z.uuid() }),
  eventRef.extend({ kind: z.literal("event") }),
  z.object({ kind: z.literal("finding"), finding: paperItem }),
  z.object({ kind: z.literal("free") }),
])
const settled = { finding: paperItem, reason: text(2000), by: auditor }

export const workpaperEvents = {
  EngagementOpened: z.object({ type: z.literal("EngagementOpened"), ...scopeFields, auditor }),
  SampleDrawn: z.object({
    type: z.literal("SampleDrawn"),
    sample: paperItem,
    ...drawFields,
    facts: count,
    amount_fen: fenAmount,
    items: z.array(drawnItem).max(1_000),
    by: auditor,
  }),
  NoteWritten: z.object({
    type: z.literal("NoteWritten"),
    note: paperItem,
    about: subject,
    result: z.enum(["agreed", "exception"]).nullable(),
    text: text(4000),
    by: auditor,
  }),
  FindingRaised: z.object({ type: z.literal("FindingRaised"), finding: paperItem, ...findingFields, by: auditor }),
  FindingResolved: z.object({ type: z.literal("FindingResolved"), ...settled }),
  FindingWithdrawn: z.object({ type: z.literal("FindingWithdrawn"), ...settled }),
  CheckRecorded: z.object({
    type: z.literal("CheckRecorded"),
    job: text(64),
    check: z.enum(["fsck", "verify"]),
    ok: z.boolean(),
    upTo: position.nullable(),
    events: count,
    persons: count,
    first: text(1000).nullable(),
    by: auditor,
  }),
  EngagementReviewed: z.object({ type: z.literal("EngagementReviewed"), opinion: text(2000), by: auditor }),
  EngagementClosed: z.object({
    type: z.literal("EngagementClosed"),
    conclusion: text(4000),
    position,
    checkpoint: text(8000).nullable(),
    by: auditor,
  }),
  EngagementRegistered: z.object({ type: z.literal("EngagementRegistered"), engagement: engagementId }),
} satisfies {
  [T in (WorkpaperEvent | RegisterEvent)["type"]]: z.ZodType<Extract<WorkpaperEvent | RegisterEvent, { type: T }>>
}
