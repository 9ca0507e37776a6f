/** Temporary contribution account 临时基本养老保险缴费账户 (国办发〔2009〕66号 Art 5). */
import type { ProvinceCode, Sex } from "@tongzhang/domain/codes"
import { monthsBetween, type YearMonth } from "@tongzhang/domain/month"
import { type Citation, citations } from "../citation.js"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, doc66, no66, op, taken, unknown } from "./describe.js"
import { newTransferNotice } from "./relation-questions.js"

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
  /** An ordinary account exists here already. */
  readonly ordinaryAccountHere?: boolean
  /** First month ever insured here: before 2010-01 the account stays an ordinary one, after a break too. */
  readonly insuredHereSince?: YearMonth | null
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
  if ((question.insuredHereSince ?? "2010-01") < "2010-01") return answer(false, "insured here before 2010")
  const limit_months = temporaryAge_months[question.sex]
  if (age_months < limit_months) return answer(false, `younger than ${limit_months / 12}`)
  return answer(true, `aged ${limit_months / 12} or more, outside the hukou province`)
}

export const temporaryAccountRule: Rule = {
  id: "temporary-account/opened",
  title: { zh: "是否建立临时缴费账户", en: "is a temporary account opened" },
  summary: {
    zh: "男年满50周岁、女年满40周岁到非户籍地参保的，原关系保留，新参保地建立临时账户；首次参保亦同。组织调动、回户籍地、在该地2010年前已参保或已有一般账户的除外。",
    en: "A man from 50 or a woman from 40 who starts paying outside the hukou province (for the first time ever, too) keeps the old relation and gets a temporary account there, unless moved officially, or with an ordinary account there, or insured there before 2010.",
  },
  unit: "flag",
  operands: {
    sex: op("性别", "sex", "code"),
    birth_month: op("出生年月", "month of birth", "month"),
    from: op("在该地起始月", "first month there", "month"),
    province: op("新参保地", "new province", "code"),
    hukou: op("户籍地", "hukou province", "code"),
    official_transfer: op("经批准的调动", "approved official transfer", "flag"),
    ordinary_account_here: op("该地已有一般账户", "ordinary account there", "flag"),
    insured_here_since: op("该地首次参保月", "first month ever insured there", "month"),
  },
  versions: [
    { from: beginning, formula: "false", article: no66, source: "from memory, not read", confidence: "memory" },
    {
      from: "2010-01-01",
      formula:
        "if(hukou = null or hukou = province or official_transfer or ordinary_account_here, false, " +
        'if(insured_here_since != null and insured_here_since < "2010-01", false, ' +
        'months_between(birth_month, from) - 1 >= if(sex = "male", 600, 480)))',
      article: "国办发〔2009〕66号 Art 5; 人社部规〔2016〕5号; 甘肃 implementing rules Arts 10-11 (insured before 2010)",
      source: doc66,
      confidence: "official",
      change_en: "Temporary accounts begin.",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: false, basis: "constructed" },
    ...(
      [
        ["2020-02", null, false],
        ["2020-03", null, true],
        ["2020-03", "2009-05", false],
      ] as const
    ).map(([from, insuredHereSince, value]) => ({
      version: "2010-01-01",
      operands: {
        sex: "male",
        birth_month: "1970-03",
        from,
        province: "31",
        hukou: "51",
        official_transfer: false,
        ordinary_account_here: false,
        insured_here_since: insuredHereSince,
      },
      value,
      basis: "constructed",
    })),
  ],
  openQuestions: [newTransferNotice],
}

export type TemporaryInquiry = {
  /** Day of the question: decides the version. */
  readonly on: string
  readonly sex: Valued<Sex>
  readonly birthMonth: Valued<YearMonth>
  readonly from: Valued<YearMonth>
  readonly province: Valued<ProvinceCode>
  readonly hukou: Valued<ProvinceCode | null>
  readonly officialTransfer?: Valued<boolean>
  readonly ordinaryAccountHere?: Valued<boolean>
  readonly insuredHereSince?: Valued<YearMonth | null>
}

const noTransfer = taken(false, "flag", "无调动记载", "no official transfer on record")
const noAccount = taken(false, "flag", "该地无一般账户", "no ordinary account there")

export const explainTemporaryAccount = (inquiry: TemporaryInquiry): Explained<boolean> => {
  const { on, sex, birthMonth, from, province, hukou } = inquiry
  const { officialTransfer = noTransfer, ordinaryAccountHere = noAccount } = inquiry
  const { insuredHereSince = unknown("month", "该地2010年前的参保", "cover there before 2010") } = inquiry
  const operands = {
    sex,
    birth_month: birthMonth,
    from,
    province,
    hukou,
    official_transfer: officialTransfer,
    ordinary_account_here: ordinaryAccountHere,
    insured_here_since: insuredHereSince,
  }
  const { temporary } = temporaryAccount({
    sex: sex.value,
    birthMonth: birthMonth.value,
    from: from.value,
    province: province.value,
    hukou: hukou.value,
    officialTransfer: officialTransfer.value,
    ordinaryAccountHere: ordinaryAccountHere.value,
    insuredHereSince: insuredHereSince.value,
  })
  return concluded(temporaryAccountRule, on, operands, (version) => version !== beginning && temporary)
}
