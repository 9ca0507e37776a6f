/**
 * Pensions assessed from a history of forty years, all 480 months of it with a base of its own, per second of processor time of one core:
 * the figures alone, and with the tree that explains each. Aim: a million persons in ten minutes on two cores.
 */
import { addMonths, month } from "@tongzhang/domain/month"
import { given, type Unit, type Value } from "@tongzhang/law/explain/explained"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import type { Parameter } from "@tongzhang/law/parameters/parameter"
import { tableOf } from "@tongzhang/law/parameters/table"
import { assess, assessFast } from "@tongzhang/law/rules/pension/assess"
import type { PensionQuestion } from "@tongzhang/law/rules/pension/question"
import { type Figure, median } from "./figures.ts"
import { collectGarbage, type Part } from "./setting.ts"

const months = 480
const different = 200

const is = <T extends Value>(value: T, unit: Unit) => given(value, unit, "测量", "benchmark")

const question = (person: number): PensionQuestion => ({
  ruleDate: "2026-06-01",
  province: "33",
  group: is("male", "code"),
  birth: is<string>("1965-06", "month"),
  retirement: is<string>("2025-09", "month"),
  history: Array.from({ length: months }, (_, i) => ({
    month: addMonths(month("1985-09"), i),
    province: "33",
    base: {
      kind: "fact",
      eventId: `event-${i}`,
      stream: "Enrollment-33_110_p",
      field: "base_fen",
      value: 40_000 + ((i * 1_237 + person * 7_919) % 900_000),
      unit: "fen",
    },
  })),
  deemed: [{ province: "33", months: is(12, "months") }],
  account: is(12_000_000 + person, "fen"),
})

/** Wages of before 2020 are not published here: supposed ones, so that no year's index is spared. */
const supposedWage = (year: number): Parameter => ({
  id: `average-wage/33/${year}`,
  family: "average-wage",
  province: "33",
  region: null,
  key: null,
  validFrom: `${year}-01`,
  validTo: `${year}-12`,
  value: 10_000 + (year - 1980) * 14_000,
  unit: "fen",
  document: null,
  source: "benchmark",
  confidence: "constructed",
})

export const assessment: Part = async ({ sizes, say }): Promise<readonly Figure[]> => {
  const supposed = Array.from({ length: 39 }, (_, i) => supposedWage(1980 + i))
  const parameters = tableOf([...builtInParameters.all, ...supposed])
  const questions = Array.from({ length: different }, (_, person) => question(person))
  const rate = (ask: (one: PensionQuestion) => { readonly kind: string }, count: number): number => {
    collectGarbage()
    const start = process.cpuUsage()
    for (let i = 0; i < count; i++) {
      const one = questions[i % different]
      if (one !== undefined && ask(one).kind !== "assessed") throw new Error("an assessment was refused")
    }
    const { user, system } = process.cpuUsage(start)
    return (count * 1e6) / (user + system)
  }
  const rounds = sizes.rounds + 1
  const run = (name: string, count: number, ask: (one: PensionQuestion) => { readonly kind: string }): number => {
    // The first round warms the compiler up; with one round there is no time for that.
    const rates = Array.from({ length: rounds }, () => rate(ask, sizes.rounds === 1 ? different : count)).slice(1)
    say(`${name}: ${Math.round(median(rates))} a second and core`)
    return median(rates)
  }
  const fast = run("figures alone", 4_000, (one) => assessFast(one, parameters))
  const explained = run("explained", 2_000, (one) => assess(one, parameters))
  return [
    {
      name: "assessment.fast",
      label: "pension of a 40-year history, figures",
      value: fast,
      unit: "per s and core",
      aim: { of: "value", kind: "at least", bound: 850 },
      note: `a million persons on two cores in ${Math.round(1e6 / fast / 2)} s`,
    },
    {
      name: "assessment.explained",
      label: "pension of a 40-year history, with its tree",
      value: explained,
      unit: "per s and core",
      note: `${months} months, every base a fact of its own`,
    },
  ]
}
