/** What the workpaper's routes take and answer. */
import { dateText, engagementId, fenPositive, province, scheme, text } from "@tongzhang/contracts/primitives"
import { fen } from "@tongzhang/domain/money"
import { severities } from "@tongzhang/domain/workpaper"
import { redactIds } from "@tongzhang/service-kit/redact"
import { z } from "zod"
import { sampleLimits } from "../sample/population.js"

/** What is written here cannot be erased: a person is named by their key, never by their ID number. */
const words = (max: number): z.ZodType<string, string> =>
  text(max).refine((value) => redactIds(value) === value, "holds an ID number: name a person by the person key")

export const params = z.object({ engagement: engagementId })
export const findingParams = params.extend({ finding: z.string().regex(/^F\d{1,6}$/u) })
export const sampleParams = params.extend({ sample: z.string().regex(/^S\d{1,6}$/u) })

export const openBody = z.object({
  engagement: engagementId,
  title: words(200),
  scope: words(2000),
  province: province.nullable().default(null).describe("null: all of them"),
  scheme: scheme.nullable().default(null),
  from: dateText.describe("first day of the period that is audited"),
  to: dateText,
})
export const drawBody = z.object({
  seed: words(100).describe("same seed, same position: the same sample, for everybody"),
  size: z.int().min(1).max(sampleLimits.size_max).default(25),
  method: z.enum(["stratified", "monetary"]).default("stratified"),
  upTo: z
    .string()
    .regex(/^[\w.:-]{1,80}$/u)
    .optional()
    .describe("log position, inclusive; absent: the newest, or that of the same draw before"),
  province: province.nullable().optional().describe("absent: the engagement's"),
  scheme: scheme.nullable().optional(),
  recorded: z
    .object({ from: dateText, to: dateText })
    .nullable()
    .default(null)
    .describe("only what the ledger was told on these days of China; null: whenever"),
})
const evidenceText = z.string().min(1).max(220).describe("event id, or STREAM@REVISION")
export const noteBody = z.object({
  about: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("item"), sample: z.string().max(8), event: z.uuid() }),
      z.object({ kind: z.literal("event"), event: evidenceText }),
      z.object({ kind: z.literal("finding"), finding: z.string().max(8) }),
      z.object({ kind: z.literal("free") }),
    ])
    .default({ kind: "free" }),
  result: z.enum(["agreed", "exception"]).nullable().default(null),
  text: words(4000),
})
export const findingBody = z.object({
  severity: z.enum(severities),
  title: words(200),
  rule: words(200).describe("rule or article that is broken"),
  evidence: z.array(evidenceText).min(1).max(200),
  amount_fen: fenPositive.default(fen(0)).describe("money at stake"),
  recommendation: words(2000),
})
export const reasonBody = z.object({ reason: words(2000) })
export const reviewBody = z.object({ opinion: words(2000) })
export const closeBody = z.object({ conclusion: words(4000) })
export const checkBody = z.object({ job: z.string().max(64).describe("id of a finished fsck or verify job") })

const stamp = z.object({ by: z.string(), at: z.string(), event: z.string(), revision: z.int(), position: z.string() })
const ref = z.object({ event: z.string(), stream: z.string(), revision: z.int() })
const result = z.enum(["agreed", "exception"]).nullable()
const item = ref.extend({
  type: z.string(),
  position: z.string(),
  amount_fen: z.int(),
  stratum: z.string(),
  hits: z.int(),
  result,
})
const draw = {
  seed: z.string(),
  method: z.enum(["stratified", "monetary"]),
  size: z.int(),
  upTo: z.string(),
  province: z.string().nullable(),
  scheme: z.string().nullable(),
  recorded: z.object({ from: z.string(), to: z.string() }).nullable(),
}
const sample = z.object({
  sample: z.string(),
  ...draw,
  facts: z.int(),
  amount_fen: z.int(),
  tested: z.int(),
  exceptions: z.int(),
  items: z.array(item).readonly(),
  stamp,
})
const about = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("item"), sample: z.string(), event: z.string() }),
  ref.extend({ kind: z.literal("event") }),
  z.object({ kind: z.literal("finding"), finding: z.string() }),
  z.object({ kind: z.literal("free") }),
])
const finding = z.object({
  finding: z.string(),
  severity: z.enum(severities),
  title: z.string(),
  rule: z.string(),
  evidence: z.array(ref).readonly(),
  amount_fen: z.int(),
  recommendation: z.string(),
  status: z.enum(["open", "resolved", "withdrawn"]),
  reason: z.string().nullable(),
  stamp,
  settled: stamp.nullable(),
})
const check = z.object({
  check: z.enum(["fsck", "verify"]),
  ok: z.boolean(),
  upTo: z.string().nullable(),
  events: z.int(),
  persons: z.int(),
  first: z.string().nullable(),
  stamp,
})
const head = {
  engagement: z.string(),
  title: z.string(),
  scope: z.string(),
  province: z.string().nullable(),
  scheme: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  auditor: z.string(),
  status: z.enum(["open", "closed"]),
  stamp,
}
export const paper = z.object({
  ...head,
  samples: z.array(sample).readonly(),
  notes: z.array(z.object({ note: z.string(), about, result, text: z.string(), stamp })).readonly(),
  findings: z.array(finding).readonly(),
  checks: z.array(check).readonly(),
  reviews: z.array(z.object({ opinion: z.string(), stamp })).readonly(),
  closing: z.object({ conclusion: z.string(), position: z.string(), checkpoint: z.string().nullable(), stamp }).nullable(),
})
export const summary = z.object({
  ...head,
  samples: z.int(),
  items: z.int(),
  tested: z.int(),
  notes: z.int(),
  findings: z.int(),
  findings_open: z.int(),
  amount_fen: z.int().describe("at stake in findings that were not withdrawn"),
})
export const redrawn = z.object({
  sample: z.string(),
  equal: z.boolean(),
  first: z.string().nullable().describe("the first difference"),
  facts: z.int(),
  amount_fen: z.int(),
  items: z.int(),
})
