/** What an appeal is about, by the names that the national service knows, and the value as it was shown. */
import { yuan } from "./amounts.js"
import type { Language } from "./places.js"
import type { ExplainedNumber, UnifiedRecord } from "./types.js"

export type Doubted = { readonly subject: string; readonly shown: string }

type NumberOfRecord =
  | { readonly kind: "relation"; readonly relation: string; readonly number: ExplainedNumber; readonly month?: string }
  | { readonly kind: "family"; readonly family: string; readonly number: "account_fen" | "pooled_fen" | "months_standing" }

const months = (count: number, language: Language): string => (language === "zh" ? `${count} 个月` : `${count} months`)

const valueOf = (about: NumberOfRecord, record: UnifiedRecord): number | null => {
  if (about.kind === "family") {
    const found = record.totals.families.find((one) => one.family === about.family)
    if (found === undefined) return null
    return about.number === "months_standing" ? found.months_total : found[about.number]
  }
  return record.relations.find((one) => `${one.province}_${one.scheme}` === about.relation)?.[about.number] ?? null
}

/** The number a button of the record opens, as it is doubted; null where the record does not hold it. */
export const doubtOf = (about: NumberOfRecord, record: UnifiedRecord, language: Language): Doubted | null => {
  const value = valueOf(about, record)
  if (value === null) return null
  const shown = about.number === "months_standing" ? months(value, language) : yuan(value)
  if (about.kind === "family") return { subject: `family:${about.family}:${about.number}`, shown }
  const month = about.month === undefined ? "" : `:${about.month}`
  return {
    subject: `relation:${about.relation}:${about.number}${month}`,
    shown: about.month === undefined ? shown : `${about.month} ${shown}`,
  }
}
