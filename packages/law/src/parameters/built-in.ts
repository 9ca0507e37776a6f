/** Everything known when this version was built, each number with its source and how well it is known. */
import type { Unit } from "../explain/explained.js"
import { accountInterest } from "./data/account-interest.js"
import { averageWages } from "./data/average-wage.js"
import { baseCeilings } from "./data/contribution-base-ceiling.js"
import { baseFloors } from "./data/contribution-base-floor.js"
import { contributionRates } from "./data/contribution-rate.js"
import { deadlines } from "./data/deadline.js"
import { minimumMonths } from "./data/minimum-months.js"
import { injuryCoverage, injuryPerOrder } from "./data/occupational-injury.js"
import { medicalFlexible, unemploymentMonths, unemploymentRates } from "./data/other-schemes.js"
import { payoutMonthsBetween, payoutMonthsByAge, payoutMonthsSeen } from "./data/payout-months.js"
import { pensionBases } from "./data/pension-base.js"
import { pensionPractices } from "./data/pension-practice.js"
import {
  residentAccountInterest,
  residentBasic,
  residentBasicMinimum,
  residentSubsidies,
  residentTiers,
} from "./data/resident-pension.js"
import { transitionalRates } from "./data/transitional-rate.js"
import type { ParameterFamily } from "./parameter.js"
import { parameterOf, type Row } from "./row.js"
import { type ParameterTable, tableOf } from "./table.js"

/** The key of a divisor is the age in whole months; to the month only from 2025, when ages stopped being whole. */
const payoutMonths: readonly Row[] = [
  ...Object.entries(payoutMonthsByAge).map(([age, value]): Row => ({
    key: String(Number(age) * 12),
    from: "2006-01",
    to: null,
    value,
    document: "国发〔2005〕38号",
    source: "国发〔2005〕38号 附件; 沪人社规〔2021〕32号 附件2",
    confidence: "official",
  })),
  ...Object.entries(payoutMonthsBetween).flatMap(([age, values]) =>
    values.map((value, i): Row => ({
      key: String(Number(age) * 12 + i + 1),
      from: "2025-01",
      to: null,
      value,
      source: "linear inside the year of age; jinan.gov.cn art_23076_5018027, determination forms of 2025-2026",
      confidence: "secondary",
    })),
  ),
  ...payoutMonthsSeen,
]

const families: Readonly<Record<ParameterFamily, readonly [Unit, readonly Row[]]>> = {
  "base-floor": ["fen", baseFloors],
  "base-ceiling": ["fen", baseCeilings],
  "average-wage": ["fen", averageWages],
  "pension-base": ["fen", pensionBases],
  "contribution-rate": ["rate", contributionRates],
  "account-interest": ["rate", accountInterest],
  "payout-months": ["months", payoutMonths],
  "transitional-rate": ["rate", transitionalRates],
  "resident-basic": ["fen", [...residentBasicMinimum, ...residentBasic]],
  "resident-account-interest": ["rate", residentAccountInterest],
  "resident-subsidy": ["fen", residentSubsidies],
  "resident-tiers": ["fen", residentTiers],
  "pension-practice": ["text", pensionPractices],
  "minimum-months": ["months", minimumMonths],
  "unemployment-months": ["months", unemploymentMonths],
  "unemployment-rate": ["rate", unemploymentRates],
  "medical-flexible-rate": ["rate", medicalFlexible],
  "injury-per-order": ["fen", injuryPerOrder],
  "injury-coverage": ["flag", injuryCoverage],
  deadline: ["text", deadlines],
}

const expanded = (Object.entries(families) as [ParameterFamily, readonly [Unit, readonly Row[]]][]).flatMap(
  ([family, [unit, rows]]) => rows.map((row) => parameterOf(family, unit, row)),
)

export const builtInParameters: ParameterTable = tableOf(expanded)
