/** Sliders to a question, and an answer to a table: what a pension may become. */
import type { Column, Value } from "./figure.js"
import type { SimulateAnswer, SimulateBody } from "./types.js"

export type Channel = "employee" | "flexible" | "resident"
export type BaseChoice = "last" | "floor" | "ceiling" | "own"
export type Wishes = {
  /** `YYYY-MM`; null: the statutory month. */
  readonly retire: string | null
  readonly base: BaseChoice
  /** Yuan a month, for `own`. */
  readonly base_yuan: number
  readonly channel: Channel | null
  readonly post: "female55" | "female50" | null
}

const monthIndex = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
const monthAt = (index: number): string => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`

/** Months one can choose, the first and last included; at least one. */
export const windowOf = (earliest: string, latest: string): readonly string[] => {
  const [from, to] = [monthIndex(earliest), monthIndex(latest)]
  return Array.from({ length: Math.max(to - from, 0) + 1 }, (_none, i) => monthAt(from + i))
}

export const monthsBefore = (month: string, count: number): string => monthAt(monthIndex(month) - count)

type Scenario = NonNullable<SimulateBody["scenarios"]>[number]

const scenarioOf = (name: string, { retire, base, base_yuan, channel }: Wishes): Scenario => ({
  name,
  ...(retire === null ? {} : { retire }),
  ...(base === "last" ? {} : { base: base === "own" ? { amount_fen: base_yuan * 100 } : base }),
  ...(channel === null ? {} : { channel }),
})

/** As now, as wished, and as wished but a year of payments less: what that year is worth. `fewer` is the month from which that one stops. */
export const questionOf = (wishes: Wishes, fewer: string | null): SimulateBody => ({
  scenarios: [
    { name: "now" },
    scenarioOf("asked", wishes),
    ...(fewer === null ? [] : [{ ...scenarioOf("less", wishes), stop: fewer }]),
  ],
  ...(wishes.post === null ? {} : { post: wishes.post }),
})

/** The same wishes in each of the three channels. */
export const channelsQuestion = (wishes: Wishes): SimulateBody => ({
  scenarios: [scenarioOf("asked", { ...wishes, channel: null })],
  compare: "channels",
  ...(wishes.post === null ? {} : { post: wishes.post }),
})

type Variants = SimulateAnswer["scenarios"][string]
type Numbers = Readonly<Record<string, number | string | boolean | null>>

export const isRefused = (result: Variants["middle"]): result is Extract<Variants["middle"], { refused: string }> =>
  "refused" in result && typeof result["refused"] === "string" && "zh" in result

const numbersOf = (result: Variants["middle"]): Numbers => (isRefused(result) ? {} : (result as Numbers))

export type Span = { readonly low: number; readonly middle: number; readonly high: number }

/** A number as a range; null where the service gave none. */
export const spanOf = (variants: Variants | undefined, name: string): Span | null => {
  if (variants === undefined) return null
  const [low, middle, high] = [variants.low, variants.middle, variants.high].map((one) => numbersOf(one)[name])
  return typeof low === "number" && typeof middle === "number" && typeof high === "number" ? { low, middle, high } : null
}

export const numberOf = (variants: Variants | undefined, name: string): number | null => {
  const value = variants === undefined ? undefined : numbersOf(variants.middle)[name]
  return typeof value === "number" ? value : null
}

export const textOf = (variants: Variants | undefined, name: string): string | null => {
  const value = variants === undefined ? undefined : numbersOf(variants.middle)[name]
  return typeof value === "string" ? value : null
}

/** Age in whole years in a month. */
export const ageAt = (birthMonth: string, month: string): number => Math.floor((monthIndex(month) - monthIndex(birthMonth)) / 12)

/** One row per scenario, in the order given: low, middle, high a month, cost a month, paid in all, months. */
export const tableOf = (
  answer: SimulateAnswer,
  names: readonly { readonly name: string; readonly label: string }[],
  labels: { readonly [Key in "scenario" | "low" | "middle" | "high" | "cost" | "paid" | "months"]: string },
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly Value[])[] } => ({
  columns: [
    { label: labels.scenario },
    { label: labels.low, kind: "fen" },
    { label: labels.middle, kind: "fen" },
    { label: labels.high, kind: "fen" },
    { label: labels.cost, kind: "fen" },
    { label: labels.paid, kind: "fen" },
    { label: labels.months, kind: "count" },
  ],
  rows: names.map(({ name, label }) => {
    const found = answer.scenarios[name]
    const span = spanOf(found, "monthly_fen")
    return [
      label,
      span?.low ?? null,
      span?.middle ?? null,
      span?.high ?? null,
      numberOf(found, "cost_fen"),
      numberOf(found, "paid_fen"),
      numberOf(found, "months"),
    ]
  }),
})
