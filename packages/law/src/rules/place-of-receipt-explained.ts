/** Place of benefit receipt with its reasons: which months counted where, which branch of 66号 Art 6 decided, which province it is. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, doc66, no66, op, taken } from "./describe.js"
import {
  currentIsTemporary,
  ordinaryPlaces,
  placeOfReceipt,
  type ReceiptRule,
  type ReceiptSegment,
  type ReceiptTest,
} from "./place-of-receipt.js"
import { newTransferNotice } from "./relation-questions.js"

const article = "国办发〔2009〕66号 Art 6, Art 12; MOHRSS clarification 2025-04-16"
const years2016 = "人社部规〔2016〕5号: deemed years count at the place where they arose; the hukou province must accept (§8)"

export const placeMonthsRule: Rule = {
  id: "place-of-receipt/segment-months",
  title: { zh: "一段参保计入领取地的月数", en: "months of one stay that count" },
  summary: {
    zh: "临时账户月份不计；无规定文书的三年以上一次性缴费月份不转移、不计；视同缴费年限计入。",
    en: "Months on a temporary account do not count, nor months of a one-off payment of three years or more without the documents asked for; deemed years do.",
  },
  unit: "months",
  operands: {
    months: op("该段月数（含视同）", "months of the stay, deemed ones too", "months"),
    temporary: op("临时账户", "temporary account", "flag"),
    untransferable: op("不得转移月数", "months that do not travel", "months"),
  },
  versions: [
    {
      from: beginning,
      formula: "if(temporary, 0, max(0, months - untransferable))",
      article,
      source: doc66,
      confidence: "official",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { months: 128, temporary: false, untransferable: 40 },
      value: 88,
      basis: "constructed (PLACE-12)",
    },
    {
      version: beginning,
      operands: { months: 126, temporary: true, untransferable: 0 },
      value: 0,
      basis: "constructed (PLACE-07)",
    },
  ],
}

export const provinceMonthsRule: Rule = {
  id: "place-of-receipt/province-months",
  title: { zh: "一省累计月数", en: "months of a province" },
  summary: { zh: "以省为单位，省内各市合并。", en: "The unit is the province: its cities add up." },
  unit: "months",
  operands: { stays: op("各段月数", "months of the stays", "months") },
  versions: [{ from: beginning, formula: "sum(stays)", article, source: doc66, confidence: "official" }],
  examples: [{ version: beginning, operands: { stays: [60, 60] }, value: 120, basis: "constructed" }],
}

const placeOperands = {
  current: op("现参保关系所在省", "province of the current relation", "code"),
  hukou: op("户籍所在省", "hukou province", "code"),
  current_temporary: op("现为临时账户", "the current account is temporary", "flag"),
  current_months: op("现参保地月数", "months at the current place", "months"),
  earlier: op("此前参保地，最近的在前", "earlier places, the latest first", "code"),
  earlier_months: op("此前参保地月数", "months there", "months"),
} as const

const branchFormula =
  'if(current = hukou, "HUKOU", if(not current_temporary and current_months >= 120, "CURRENT>=120", ' +
  'if(first(earlier, earlier_months >= 120) != null, "PREVIOUS>=120", "HUKOU_FALLBACK")))'

export const placeBranchRule: Rule = {
  id: "place-of-receipt/branch",
  title: { zh: "待遇领取地的适用情形", en: "which branch decides the place of receipt" },
  summary: {
    zh: "关系在户籍地的，为户籍地；不在户籍地、在现参保地满10年的，为现参保地；不满10年的，为上一个满10年的参保地；各地均不满10年的，为户籍地。",
    en: "The hukou province when the relation is there; else the current place with ten years; else the latest earlier place with ten years; else the hukou province, which must accept.",
  },
  unit: "code",
  operands: placeOperands,
  versions: [
    { from: beginning, formula: "null", article: no66, source: "from memory, not read", confidence: "memory" },
    {
      from: "2010-01-01",
      formula: branchFormula,
      article,
      source: doc66,
      confidence: "official",
      change_en: "The four branches.",
    },
    {
      from: "2016-11-28",
      formula: branchFormula,
      article: `${article}; ${years2016}`,
      source: doc66,
      confidence: "official",
      change_en: "Deemed years count where they arose; the hukou province has to accept a relation it never had.",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: null, basis: "constructed" },
    ...(["2010-01-01", "2016-11-28"] as const).map((version) => ({
      version,
      operands: {
        current: "44",
        hukou: "51",
        current_temporary: false,
        current_months: 119,
        earlier: ["32", "33"],
        earlier_months: [60, 130],
      },
      value: "PREVIOUS>=120",
      basis: "constructed (PLACE-03, PLACE-09)",
    })),
  ],
  openQuestions: [newTransferNotice],
}

const placeFormula =
  'if(branch = null, null, if(branch = "CURRENT>=120", current, if(branch = "PREVIOUS>=120", first(earlier, earlier_months >= 120), hukou)))'

export const placeRule: Rule = {
  id: "place-of-receipt/province",
  title: { zh: "待遇领取地", en: "place of benefit receipt" },
  summary: { zh: "按适用情形确定领取待遇的省。", en: "The province that will pay the pension, by the branch that applies." },
  unit: "code",
  operands: { ...placeOperands, branch: op("适用情形", "branch", "code") },
  versions: [{ from: beginning, formula: placeFormula, article, source: doc66, confidence: "official" }],
  examples: [
    {
      version: beginning,
      operands: {
        branch: "CURRENT>=120",
        current: "11",
        hukou: "51",
        current_temporary: false,
        current_months: 120,
        earlier: ["51"],
        earlier_months: [240],
      },
      value: "11",
      basis: "published (PUB-005)",
    },
  ],
  openQuestions: [newTransferNotice],
}

/** A stay at one place; `from` and `to` only order the places. */
export type ReceiptStay = {
  readonly province: Valued<ProvinceCode>
  readonly from: YearMonth
  readonly to: YearMonth
  /** Actual and deemed months there, each calendar month once. */
  readonly months: Valued<number>
  readonly temporary: Valued<boolean>
  readonly untransferable?: Valued<number>
}

export type ReceiptInquiry = {
  /** Day of the question: decides the version of the rule. */
  readonly on: string
  readonly hukou: Valued<ProvinceCode>
  readonly current: Valued<ProvinceCode>
  readonly stays: readonly ReceiptStay[]
}

export type ExplainedPlace = {
  readonly place: Explained<ProvinceCode | null>
  readonly branch: Explained<ReceiptRule | null>
  /** The tests in the order of the law, in words. */
  readonly tests: readonly ReceiptTest[]
}

const noMonths = taken(0, "months", "无不得转移月份", "no month that may not travel")

const noStay = taken(false, "flag", "现参保地尚无缴费", "nothing was paid at the current place yet")
const latestHere = (stays: readonly ReceiptStay[], current: ProvinceCode): ReceiptStay | null =>
  stays
    .filter((stay) => stay.province.value === current)
    .reduce<ReceiptStay | null>((best, one) => (best === null || one.to >= best.to ? one : best), null)

const segmentOf = ({ province, from, to, months, temporary, untransferable }: ReceiptStay): ReceiptSegment => ({
  province: province.value,
  from,
  to,
  months: months.value,
  temporary: temporary.value,
  untransferable: untransferable?.value ?? 0,
})

/** Place of receipt, the branch that decided and the tests asked; both null before 2010, when there was no national rule. */
export const explainPlaceOfReceipt = ({ on, hukou, current, stays }: ReceiptInquiry): ExplainedPlace => {
  const segments = stays.map(segmentOf)
  const question = { hukou: hukou.value, current: current.value, segments }
  const answer = placeOfReceipt(question)
  const temporary = currentIsTemporary(question)
  const monthsOf = (province: ProvinceCode): Explained<number> => {
    const counted = stays
      .filter((stay) => stay.province.value === province)
      .map((stay) => {
        const operands = { months: stay.months, temporary: stay.temporary, untransferable: stay.untransferable ?? noMonths }
        const months = stay.temporary.value ? 0 : Math.max(0, stay.months.value - operands.untransferable.value)
        return concluded(placeMonthsRule, on, operands, () => months)
      })
    return concluded(provinceMonthsRule, on, { stays: counted }, () => counted.reduce((sum, one) => sum + one.value, 0))
  }
  const places = ordinaryPlaces(segments).filter((place) => temporary || place.province !== current.value)
  const nameOf = (province: ProvinceCode) => stays.findLast((stay) => stay.province.value === province)?.province ?? current
  const operands = {
    current,
    hukou,
    current_temporary: latestHere(stays, current.value)?.temporary ?? noStay,
    current_months: monthsOf(current.value),
    earlier: places.map((place) => nameOf(place.province)),
    earlier_months: places.map((place) => monthsOf(place.province)),
  }
  const branch = concluded(placeBranchRule, on, operands, (version) => (version === beginning ? null : answer.rule))
  const place = concluded(placeRule, on, { branch, ...operands }, () => (branch.value === null ? null : answer.province))
  return { branch, place, tests: branch.value === null ? [] : answer.tests }
}
