/** Temporary contribution account 临时基本养老保险缴费账户 (国办发〔2009〕66号 Art 5). */
import type { ProvinceCode, Sex } from "@tongzhang/domain/codes"
import { monthsBetween, type YearMonth } from "@tongzhang/domain/month"
import { type Citation, citations } from "../citation.js"

export type TemporaryQuestion = {
  readonly sex: Sex
  readonly birthMonth: YearMonth
  /** First month of work in the new province. */
  readonly from: YearMonth
  readonly province: ProvinceCode
  /** Null when the household register is not known: then an ordinary account is opened. */
  readonly hukou: ProvinceCode | null
  /** 调动 approved by an organisation or HR department of county level or above. */
  readonly officialTransfer?: boolean
  /** An ordinary account exists here already (also: insured here before 2010-01-01, after a break too). */
  readonly ordinaryAccountHere?: boolean
}

export type TemporaryAnswer = { readonly temporary: boolean; readonly reason: string; readonly citation: Citation }

/** Age limit in months: man 50, woman 40. */
export const temporaryAge_months: Readonly<Record<Sex, number>> = { male: 600, female: 480 }

/** True when the new province must open a temporary account: the relation stays where it was. */
export const temporaryAccount = (question: TemporaryQuestion): TemporaryAnswer => {
  const answer = (temporary: boolean, reason: string): TemporaryAnswer => ({
    temporary,
    reason,
    citation: citations.temporaryAccount,
  })
  const age_months = monthsBetween(question.birthMonth, question.from) - 1
  if (question.hukou === null) return answer(false, "hukou province unknown")
  if (question.hukou === question.province) return answer(false, "work in the hukou province")
  if (question.officialTransfer === true) return answer(false, "official transfer 调动")
  if (question.ordinaryAccountHere === true) return answer(false, "continues an ordinary account here")
  const limit_months = temporaryAge_months[question.sex]
  if (age_months < limit_months) return answer(false, `younger than ${limit_months / 12}`)
  return answer(true, `aged ${limit_months / 12} or more, outside the hukou province`)
}
