/** The words and codes a cell may name a thing by: schemes, provinces, capacities, kinds of payment, acts. */
import { type Act, acts } from "@tongzhang/contracts/commands"
import { actWords, capacityWords } from "@tongzhang/contracts/feed-columns"
import { capacities, type Capacity, provinces, type ProvinceCode, schemes, type SchemeCode } from "@tongzhang/domain/codes"
import type { ContributionKind } from "@tongzhang/domain/enrollment"

const schemeWords = new Map<string, SchemeCode>()
for (const [code, { zh, en }] of Object.entries(schemes)) {
  for (const word of [code, zh, en]) schemeWords.set(word, code as SchemeCode)
}
for (const [word, code] of [
  ["城镇职工基本养老保险", "110"],
  ["职工养老保险", "110"],
  ["职工基本养老保险", "110"],
  ["企业养老保险", "110"],
  ["机关事业单位养老保险", "120"],
  ["居民养老保险", "170"],
  ["城乡居民养老保险", "170"],
  ["职工医疗保险", "310"],
  ["基本医疗保险", "310"],
  ["居民医疗保险", "390"],
  ["城乡居民医疗保险", "390"],
] as const)
  schemeWords.set(word, code)

export const schemeOf = (text: string): SchemeCode | undefined => schemeWords.get(text)

const provinceWords = new Map<string, ProvinceCode>()
for (const [code, { zh, en }] of Object.entries(provinces)) {
  for (const word of [code, `${code}0000`, zh, `${zh}省`, `${zh}市`, `${zh}自治区`, en])
    provinceWords.set(word, code as ProvinceCode)
}
for (const [word, code] of [
  ["广西壮族自治区", "45"],
  ["宁夏回族自治区", "64"],
  ["新疆维吾尔自治区", "65"],
  ["新疆生产建设兵团", "66"],
] as const)
  provinceWords.set(word, code)

/** By two- or six-digit division code, by name. A county's code counts as its province. */
export const provinceOf = (text: string): ProvinceCode | undefined =>
  provinceWords.get(text) ?? (/^\d{6}$/.test(text) ? provinceWords.get(text.slice(0, 2)) : undefined)

const capacityOfWord = new Map<string, Capacity>([
  ...Object.entries(capacityWords),
  ...capacities.map((capacity) => [capacity, capacity] as const),
])
export const capacityOf = (text: string): Capacity | undefined => capacityOfWord.get(text)

/** AAA115 应缴类型 (GB/T 31594-2015 A.3). 20 退收 is no payment: the act becomes a reversal. */
const kinds = new Map<string, ContributionKind>([
  ["10", "regular"],
  ["正常", "regular"],
  ["正常应缴", "regular"],
  ["正常缴费", "regular"],
  ["regular", "regular"],
  ["31", "late"],
  ["32", "late"],
  ["33", "late"],
  ["34", "late"],
  ["35", "late"],
  ["补缴", "late"],
  ["补收", "late"],
  ["中断补收", "late"],
  ["中断补缴", "late"],
  ["late", "late"],
  ["40", "lump_sum"],
  ["一次性", "lump_sum"],
  ["一次性缴费", "lump_sum"],
  ["趸缴", "lump_sum"],
  ["lump_sum", "lump_sum"],
])
export const kindOf = (text: string): ContributionKind | undefined => kinds.get(text)
export const isTakenBack = (kind: string): boolean => kind === "20" || kind === "退收"

const actOfWord = new Map<string, Act>([
  ...(Object.entries(actWords) as [string, Act][]),
  ...acts.map((act) => [act, act] as const),
])
export const actOf = (text: string): Act | undefined => actOfWord.get(text)
/** 补缴 in the act column says what kind of payment it is. */
export const actSaysLate = (text: string): boolean => text === "补缴"

/** AAC031 个人缴费状态 and its codes: states, not acts. */
const statusWords = new Set(["0", "1", "2", "3", "4", "未缴费", "未参保", "参保缴费", "暂停缴费(中断)", "终止缴费"])
export const isStatusWord = (text: string): boolean => statusWords.has(text)
