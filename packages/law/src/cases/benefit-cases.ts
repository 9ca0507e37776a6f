/** Worked cases about two benefits at once: which is kept, what is asked back and how. */
import { monthMax, monthMin, type YearMonth } from "@tongzhang/domain/month"
import type { OverlapKind } from "@tongzhang/domain/overlap"
import { explainKeep, type SideInquiry } from "../rules/overlap-keep.js"
import { recovery, residentRecovery } from "../rules/two-pensions.js"
import type { Amounts, CaseHandler } from "./case.js"
import { sideInquiry, type Sided, sidesOf } from "./overlap-sides.js"
import { type Fields, fieldsOf, pick, textOf, yuanText } from "./read.js"
import { amount, fenOf, monthIn, provinceOf, rangesOf, ruleDateOf, stated, unsupported, wholeOf } from "./relation-input.js"

/** First and last month in which both were paid. */
const bothPaid = (sides: readonly Sided[]): { readonly from: YearMonth; readonly to: YearMonth } | null => {
  const froms = sides.map(({ fields }) => monthIn(pick(fields, "from", "start", "since")) ?? monthMin)
  const tos = sides.map(({ fields }) => monthIn(pick(fields, "to", "end", "until")) ?? monthMax)
  const from = froms.reduce((x, y) => (x > y ? x : y))
  const to = tos.reduce((x, y) => (x < y ? x : y))
  return from === monthMin || to === monthMax || from > to ? null : { from, to }
}

/** Sides as objects or lists, or flat: `employeePension`, `residentPension` with fields that begin with `resident`. */
const benefitSides = (input: Fields): readonly Sided[] => {
  const sides = sidesOf(input, "110")
  if (sides.length > 1) return sides
  const of = (name: "employee" | "resident"): Fields =>
    Object.fromEntries(
      Object.entries(input).flatMap(([key, value]) => {
        const rest = key.startsWith(name) ? key.slice(name.length) : ""
        return rest === ""
          ? []
          : [[rest === "Pension" ? "monthly" : `${rest.charAt(0).toLowerCase()}${rest.slice(1)}`, value] as const]
      }),
    )
  const [employee, resident] = [of("employee"), of("resident")]
  const flat = Object.keys(employee).length > 0 && Object.keys(resident).length > 0
  return flat
    ? [
        { name: "employee", fields: employee, scheme: "110" },
        { name: "resident", fields: resident, scheme: "170" },
      ]
    : sides
}

/** Two benefits at once: which is kept, what is asked back and how. */
export const pensionsCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const [a, b] = benefitSides(input)
  if (a === undefined || b === undefined) return unsupported("needs two benefits")
  const kind: OverlapKind =
    a.scheme === "170" || b.scheme === "170" ? (a.scheme === b.scheme ? "RES-RES" : "PENSION-RES") : "PENSION-PENSION"
  const on = ruleDateOf(input)
  const hukou = stated(provinceOf(input, "hukou"), "code")
  const inquiry = (side: Sided): SideInquiry => sideInquiry(side, rangesOf(side.fields), true)
  const { kept, agreementNeeded } = explainKeep({ on, kind, sides: [inquiry(a), inquiry(b)], hukou })
  const said = textOf(input, "kept", "keep", "agreed")
  const isNamed = (side: Sided): boolean =>
    said !== null && [side.name, textOf(side.fields, "province", "place", "id")].includes(said)
  const stays = said === null ? [a, b].find((side) => inquiry(side).side === kept.value) : [a, b].find(isNamed)
  const ended = stays === undefined ? (kind === "PENSION-RES" ? (a.scheme === "170" ? a : b) : null) : stays === a ? b : a
  const base: Amounts = {
    type: kind,
    duplicate: true,
    kept: kind === "PENSION-RES" ? "employee" : (said ?? (agreementNeeded.value ? "by agreement" : kept.value)),
    ended: kind === "PENSION-RES" ? "resident" : (ended?.name ?? null),
    recommended: kept.value,
    agreementNeeded: agreementNeeded.value,
    needsRuling: kept.needsRuling !== null,
    residentRelationEnded: kind === "PENSION-RES",
  }
  return { got: ended === null ? base : { ...base, ...recovered(input, ended, bothPaid([a, b]), on) } }
}

/** Months in which both were paid, on one amount; a case may give the amount overpaid instead. */
const stretchOf = (input: Fields, ended: Sided, both: ReturnType<typeof bothPaid>) => {
  const resident = ended.scheme === "170"
  const monthly = fenOf(
    ended.fields,
    ...(resident ? ["basic", "basicPension", "monthly"] : ["monthly", "pension", "basic"]),
    "amount",
  )
  const overpaid = fenOf(input, "overpaid", "overpaidTotal") ?? fenOf(ended.fields, "overpaid")
  const said =
    overpaid === null
      ? (wholeOf(input, "overlapMonths", "bothMonths", "months") ?? wholeOf(ended.fields, "months", "monthsPaid"))
      : 1
  const last = both?.to ?? ("2025-12" as YearMonth)
  const paid = overpaid ?? monthly
  const from = said === null ? (both?.from ?? null) : monthBefore(last, said - 1)
  return paid === null || from === null
    ? null
    : { monthly: amount(paid), from: stated<string>(from, "month"), to: stated<string>(last, "month") }
}

const recovered = (input: Fields, ended: Sided, both: ReturnType<typeof bothPaid>, on: string): Amounts => {
  const stretch = stretchOf(input, ended, both)
  if (stretch === null) return {}
  const account = amount(
    fenOf(ended.fields, "account", "accountBalance", "balance") ??
      fenOf(input, "account", "accountBalance", "clearedAccount") ??
      0,
  )
  const subsidy = amount(
    fenOf(ended.fields, "governmentSubsidy", "subsidy", "subsidyInAccount") ?? fenOf(input, "governmentSubsidy") ?? 0,
  )
  const wage = fenOf(input, "minimumWage", "localMinimumWage", "minWage")
  const resident = ended.scheme === "170" ? residentRecovery({ on, stretches: [stretch], account, subsidy }) : null
  const minimumWage = wage === null ? null : amount(wage)
  const employee =
    resident === null
      ? recovery({ on, province: provinceOf(input, "province"), stretches: [stretch], account, minimumWage })
      : null
  const plan = resident ?? employee
  if (plan === null) return {}
  const overpaid = yuanText(plan.overpaid.value)
  const back = yuanText(resident?.balance.value ?? plan.accountBack.value)
  const instalment = employee?.instalment ?? null
  const instalments = employee?.instalments ?? null
  return {
    overpaid,
    recovered: overpaid,
    recover: overpaid,
    toRecover: overpaid,
    basicRecovered: overpaid,
    setOff: yuanText(plan.setOff.value),
    fromAccount: yuanText(plan.setOff.value),
    refundToPerson: back,
    refund: back,
    netRefund: yuanText(plan.accountBack.value),
    accountBack: yuanText(plan.accountBack.value),
    subsidyStays: true,
    owed: yuanText(plan.owed.value),
    remaining: yuanText(plan.owed.value),
    ...(instalment === null ? {} : { instalment: yuanText(instalment.value), monthlyMax: yuanText(instalment.value) }),
    ...(instalments === null ? {} : { instalments: instalments.value, months: instalments.value }),
  }
}

const monthBefore = (month: YearMonth, count: number): YearMonth => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}` as YearMonth
}
