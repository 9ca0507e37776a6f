/** Ours and the raw client take turns on the same engine, so that whatever else the machine does falls on both. */
import { type Figure, median } from "../figures.ts"

/** Does the work once and tells how much it did in how long: units per second. */
export type Run = () => Promise<number>

/**
 * Rates of each run, round by round. The first round warms up and is dropped, unless it is the only one; every other round goes
 * backwards, so that none always comes after the same one.
 */
export const takeTurns = async <Name extends string>(
  rounds: number,
  runs: Readonly<Record<Name, Run>>,
  say: (text: string) => void,
): Promise<Readonly<Record<Name, readonly number[]>>> => {
  const names = Object.keys(runs) as Name[]
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = rounds === 1 ? 1 : 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const rate = await runs[name]()
      if (round > 0) rates[name].push(rate)
    }
    say(`round ${round}/${rounds}`)
  }
  return rates
}

type Line = Pick<Figure, "name" | "label" | "unit" | "aim" | "note"> & { readonly against: string }

/** The ratio is the median of the rounds' ratios: two that were measured side by side. */
export const figureOf = (line: Line, ours: readonly number[], raw: readonly number[]): Figure => {
  const ratios = ours.map((rate, round) => rate / (raw[round] ?? Number.NaN))
  return {
    ...line,
    value: median(ours),
    against: { label: line.against, value: median(raw), unit: line.unit },
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  }
}

export const atLeast = (bound: number): NonNullable<Figure["aim"]> => ({ of: "ratio", kind: "at least", bound })

/** Units per second of one piece of work. */
export const rateOf = async (units: number, work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (units / (performance.now() - start)) * 1_000
}
