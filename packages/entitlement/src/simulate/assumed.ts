/** Parameters of a future: what is published, and where nothing is, the last published amount grown at the assumed rate. */
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import type { Valued } from "@tongzhang/law/explain/explained"
import {
  type Parameter,
  type ParameterFamily,
  parameterOperand,
  type ParameterQuestion,
  type Parameters,
} from "@tongzhang/law/parameters/parameter"
import { grown } from "@tongzhang/law/rules/simulation/future"
import type { Rates } from "./scenario.js"

const growthOf: Partial<Readonly<Record<ParameterFamily, keyof Rates>>> = {
  "average-wage": "wageGrowth",
  "base-floor": "wageGrowth",
  "base-ceiling": "wageGrowth",
  "pension-base": "pensionBaseGrowth",
  "resident-basic": "residentBasicGrowth",
}

/** How far back a last published amount is looked for. */
const back_years = 10

const lastKnown = (known: Parameters, question: ParameterQuestion, horizon: YearMonth) => {
  for (let back = 0; back <= back_years; back++) {
    const on = addMonths(horizon, -12 * back)
    const found = known.find({ ...question, on })
    if (found !== null) return { found, on }
  }
  return null
}

/** Published for that time, and not only until somebody publishes the next one. */
const isOfThatTime = ({ validFrom, validTo }: Parameter, year: string): boolean => validTo !== null || validFrom.startsWith(year)

/** @param horizon last month for which the published numbers are taken as they are */
export const assumedParameters = (known: Parameters, horizon: YearMonth, rates: Rates): Parameters => {
  const made = new Map<string, Parameter | null>()
  const suppose = (question: ParameterQuestion, growth: Valued<string>): Parameter | null => {
    const last = lastKnown(known, question, horizon)
    if (last === null || typeof last.found.value !== "number") return null
    const year = question.on.slice(0, 4)
    const amount = parameterOperand(last.found) as Valued<number>
    const assumed = grown(amount, growth, last.on, `${year}-01` as YearMonth)
    return { ...last.found, id: `assumed/${last.found.id}/${year}`, value: assumed.value, confidence: "constructed", assumed }
  }
  return {
    find: (question) => {
      const name = growthOf[question.family]
      if (name === undefined || question.on.slice(0, 7) <= horizon) return known.find(question)
      const year = question.on.slice(0, 4)
      const key = [question.family, question.province, question.key, question.region, year].join("/")
      const before = made.get(key)
      if (before !== undefined) return before
      const published = known.find(question)
      const found = published !== null && isOfThatTime(published, year) ? published : suppose(question, rates[name])
      made.set(key, found)
      return found
    },
  }
}

/** Rate of interest of a year: the published one, else the assumed one. */
export const interestIn = (known: Parameters, year: number, rates: Rates): Valued<string> => {
  const found = known.find({ family: "account-interest", province: null, on: `${year}-12` })
  return found === null ? rates.accountInterest : (parameterOperand(found) as Valued<string>)
}
