/** The standard's own quality rules (§4.2, 质量标准), checked on every row that is written; a row is written whatever it breaks. */
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import { isLeft } from "fp-ts/lib/Either.js"
import type { Row } from "./xml.js"

type Rule = { readonly id: string; readonly zh: string; readonly broken: (row: Row) => boolean }

const has = (row: Row, name: string): boolean => (row[name] ?? "") !== ""
const number = (row: Row, name: string): number => Number(row[name] ?? "0")
/** Comparable although one is a day and the other a month. */
const before = (row: Row, a: string, b: string): boolean => {
  const [left, right] = [row[a] ?? "", row[b] ?? ""]
  const length = Math.min(left.length, right.length)
  return length > 0 && left.slice(0, length) < right.slice(0, length)
}

export const qualityRules: readonly Rule[] = [
  {
    id: "AAC002",
    zh: "社会保障号码首位为数字的，长度为18位，并符合公民身份号码编码规则",
    broken: (row) => /^\d/u.test(row["AAC002"] ?? "") && isLeft(normaliseCitizenId(row["AAC002"] ?? "")),
  },
  { id: "AAC002-EMPTY", zh: "社会保障号码非空", broken: (row) => "AAC002" in row && !has(row, "AAC002") },
  {
    id: "AAC006",
    zh: "出生日期与社会保障号码第7~14位相匹配",
    broken: (row) => has(row, "AAC006") && has(row, "AAC002") && row["AAC006"] !== row["AAC002"]?.slice(6, 14),
  },
  {
    id: "AAC006-AAC007",
    zh: "出生日期应早于参加工作日期",
    broken: (row) => has(row, "AAC006") && has(row, "AAC007") && !before(row, "AAC006", "AAC007"),
  },
  { id: "AAC049", zh: "首次参保年月不早于参加工作日期", broken: (row) => before(row, "AAC049", "AAC007") },
  { id: "AAC049-EMPTY", zh: "首次参保年月非空", broken: (row) => "AAC049" in row && !has(row, "AAC049") },
  {
    id: "AAE180",
    zh: "参保缴费时缴费基数大于0；暂停缴费、终止缴费时为空",
    broken: (row) => "AAC031" in row && (row["AAC031"] === "1" ? number(row, "AAE180") <= 0 : has(row, "AAE180")),
  },
  { id: "AAE082", zh: "个人实缴金额应小于或等于个人应缴金额", broken: (row) => number(row, "AAE082") > number(row, "AAE022") },
  { id: "AIC162", zh: "离退休日期应晚于参加工作日期", broken: (row) => before(row, "AIC162", "AAC007") },
]

/** Ids of the rules a row breaks. */
export const brokenBy = (row: Row): string[] => qualityRules.filter(({ broken }) => broken(row)).map(({ id }) => id)
