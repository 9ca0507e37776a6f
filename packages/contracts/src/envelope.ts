/**
 * What surrounds every event. All of it exists from the first day, because it cannot be added to facts later
 * (architecture §2). Absent fields are left out of the bytes.
 */
import { z } from "zod"
import { monthRange, province, yearMonth } from "./primitives.js"

export const actorKinds = ["agency", "center", "auditor", "platform", "person", "system"] as const

export const actor = z.object({
  kind: z.enum(actorKinds),
  id: z.string().min(1).max(64),
  province: province.optional(),
})

export const metadata = z.object({
  actor,
  channel: z.enum(["batch", "api", "process", "console"]),
  /** Why it was done; readers of personal data must give one too (I6). */
  purpose: z.string().min(1).max(64),
  commandId: z.string().min(1).max(200),
  correlationId: z.string().min(1).max(200),
  causationId: z.string().max(200).optional(),
  /** The row of the province's file this came from. */
  source: z.object({ feedId: z.string(), row: z.int(), fileHash: z.string() }).optional(),
  /** Version of the rule set that was applied. */
  ruleVersion: z.string().optional(),
  /**
   * Which published parameters the checks knew: `Policy-31@117` is everything up to that revision of the stream. Absent: none was
   * published, the tables of `ruleVersion` applied.
   */
  policy: z.string().max(40).optional(),
  /** The person key that sealed the private fields. */
  keyId: z.string().optional(),
  /** Business time: the month or months the fact is about. */
  period: monthRange.optional(),
  validFrom: yearMonth.optional(),
})

export type Actor = z.infer<typeof actor>
export type Metadata = z.infer<typeof metadata>
