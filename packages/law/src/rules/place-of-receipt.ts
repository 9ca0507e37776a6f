/**
 * Place of benefit receipt 待遇领取地 (国办发〔2009〕66号 Art 6): the province, as unit, that will pay the pension. Years include
 * deemed years (Art 12); a temporary account never makes a place of receipt.
 */
import { type ProvinceCode, provinces } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import { type Citation, citations } from "../citation.js"

export type ReceiptSegment = {
  readonly province: ProvinceCode
  /** Months counted there, actual and deemed (视同), each calendar month once. */
  readonly months: number
  readonly from: YearMonth
  readonly to: YearMonth
  readonly temporary: boolean
  /** Months of one-off payments without the documents of 人社厅发〔2019〕94号: they do not travel and do not count. */
  readonly untransferable?: number
}

export type ReceiptRule = "HUKOU" | "CURRENT>=120" | "PREVIOUS>=120" | "HUKOU_FALLBACK"
export type ReceiptTest = { readonly text_zh: string; readonly text_en: string; readonly holds: boolean }

export type PlaceOfReceipt = {
  readonly province: ProvinceCode
  readonly rule: ReceiptRule
  /** The tests in the order the law asks them, up to the one that decided. */
  readonly tests: readonly ReceiptTest[]
  readonly citation: Citation
}

export type ReceiptQuestion = {
  readonly hukou: ProvinceCode
  readonly segments: readonly ReceiptSegment[]
  /** Where the relation is now. */
  readonly current: ProvinceCode
}

/** Ten years, exactly 120 months included. */
export const receiptThreshold_months = 120

type Place = { readonly province: ProvinceCode; readonly months: number; readonly to: YearMonth }

/** Ordinary months per province, latest place first. */
export const ordinaryPlaces = (segments: readonly ReceiptSegment[]): readonly Place[] => {
  const places = new Map<ProvinceCode, Place>()
  for (const segment of segments) {
    if (segment.temporary) continue
    const months = Math.max(0, segment.months - (segment.untransferable ?? 0))
    const old = places.get(segment.province)
    places.set(segment.province, {
      province: segment.province,
      months: (old?.months ?? 0) + months,
      to: old !== undefined && old.to > segment.to ? old.to : segment.to,
    })
  }
  return [...places.values()].sort((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : a.province < b.province ? -1 : 1))
}

export const currentIsTemporary = ({ segments, current }: Pick<ReceiptQuestion, "segments" | "current">): boolean => {
  const here = segments.filter((segment) => segment.province === current)
  const latest = here.reduce<ReceiptSegment | null>((best, one) => (best === null || one.to >= best.to ? one : best), null)
  return latest?.temporary ?? false
}

export const placeOfReceipt = (question: ReceiptQuestion): PlaceOfReceipt => {
  const { hukou, current } = question
  const tests: ReceiptTest[] = []
  const holds = (text_zh: string, text_en: string, answer: boolean): boolean => {
    tests.push({ text_zh, text_en, holds: answer })
    return answer
  }
  const decided = (province: ProvinceCode, rule: ReceiptRule): PlaceOfReceipt => ({
    province,
    rule,
    tests,
    citation: citations.placeOfReceipt,
  })
  const here = provinces[current]
  if (holds(`现关系在户籍地${here.zh}`, `the relation is in the hukou province`, current === hukou))
    return decided(hukou, "HUKOU")

  const places = ordinaryPlaces(question.segments)
  const temporary = currentIsTemporary(question)
  const months = temporary ? 0 : (places.find((place) => place.province === current)?.months ?? 0)
  const enough = months >= receiptThreshold_months
  const note = temporary ? { zh: "（临时账户不计）", en: " (temporary account: not counted)" } : { zh: "", en: "" }
  if (holds(`${here.zh}缴费满120个月：${months}个月${note.zh}`, `${here.en} has 120 months: ${months}${note.en}`, enough))
    return decided(current, "CURRENT>=120")

  // A temporary account leaves an older ordinary relation in the same province standing as an earlier place.
  const earlier = places.filter((place) => temporary || place.province !== current)
  const previous = earlier.find((place) => place.months >= receiptThreshold_months)
  const listed = earlier.map((place) => ({ ...place, ...provinces[place.province] }))
  const zh = listed.map((place) => `${place.zh}${place.months}个月`).join("、")
  const en = listed.map((place) => `${place.en} ${place.months}`).join(", ")
  if (holds(`此前有满120个月的参保地：${zh || "无"}`, `an earlier place has 120 months: ${en || "none"}`, previous !== undefined))
    return decided(previous?.province ?? hukou, "PREVIOUS>=120")

  holds(`各地均不满120个月，归集到户籍地${provinces[hukou].zh}`, `no place has 120 months: the hukou province collects all`, true)
  return decided(hukou, "HUKOU_FALLBACK")
}
