/** Interest of a relation's account, year by year: what was credited, and the statement that the published rates give. */
import type { Explained } from "@tongzhang/law/explain/explained"
import { given, type Valued } from "@tongzhang/law/explain/explained"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import { type AccountStatement, accountStatements, type Deposit } from "@tongzhang/law/rules/pension/interest"
import { amountLeaf, leaf } from "./leaves.js"
import { interestOf } from "./record/relation.js"
import { type RelationFacts, standingLines } from "./relation-facts.js"

const nothing = given(0, "fen", "单位部分不入账户", "the employer's part is not booked")

/** Payments of a year; a line for several months is booked in its last one. */
const depositsOf = (relation: RelationFacts): ReadonlyMap<number, readonly Deposit[]> => {
  const years = new Map<number, Deposit[]>()
  for (const { recorded, current } of standingLines(relation)) {
    const { to } = recorded.event
    const month: Valued<string> = { ...leaf(recorded, "to", to, "month"), value: to }
    const deposit: Deposit = { month, employer: nothing, personal: amountLeaf(current, "account_fen") }
    const year = Number(to.slice(0, 4))
    years.set(year, [...(years.get(year) ?? []), deposit])
  }
  return new Map([...years].sort(([a], [b]) => a - b))
}

/** Statements of all years from the first payment to the year before the date of the rules; for pension relations that hold an account. */
export const statementsOf = (relation: RelationFacts, parameters: Parameters, on: string): readonly AccountStatement[] => {
  const deposits = depositsOf(relation)
  const first = [...deposits.keys()][0]
  if (first === undefined) return []
  const years = Array.from({ length: Math.max(0, Number(on.slice(0, 4)) - first) }, (_, i) => first + i)
  return accountStatements(
    years.map((year) => ({ ruleDate: on, province: relation.province, year, deposits: deposits.get(year) ?? [] })),
    given(0, "fen", "开户余额", "balance at the opening"),
    parameters,
  )
}

export const explainInterest = (
  relation: RelationFacts,
  key: string,
  parameters: Parameters,
  on: string,
): readonly (readonly [string, Explained])[] => [
  [`${key}.credited_fen`, interestOf(relation, on)],
  ...statementsOf(relation, parameters, on).map(
    (statement) => [`${key}.${statement.year}.closing_fen`, statement.closing] as const,
  ),
]
