/**
 * The clock of an appeal 申诉 about a number. 社会保险法 Art 83 gives the person administrative reconsideration or a suit; how long an
 * agency may take over a plain complaint about a record no text read says. The sixty days of reconsideration are taken for it.
 */
import type { DateText } from "@tongzhang/domain/ids"
import type { Citation } from "../citation.js"

/** Calendar days, counted from the day after filing. */
export const appealLimit_days = 60

export const appealCitation: Citation = {
  rule: "appeal-limit",
  version: "2024-01-01",
  article: "行政复议法（2023 年修订）Art 62: 60 日；社会保险法 Art 83",
  source: "assumed: the limit of reconsideration, from memory of the law; no limit for complaints about a record was found",
  confidence: "memory",
}

const day_ms = 86_400_000

/** Last day on which an answer is in time, when the appeal or its supplement came on `from`. */
export const appealDue = (from: DateText): DateText =>
  new Date(Date.parse(`${from}T00:00:00Z`) + appealLimit_days * day_ms).toISOString().slice(0, 10) as DateText
