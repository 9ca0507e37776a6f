/** The figures as the section of docs/benchmarks.md between two marks; the words around it are people's. */
import { type Figure, ratioOf, reached, shown } from "../figures.ts"
import { type Machine, machineLine } from "../machine.ts"

export type Skipped = { readonly part: string; readonly why: string }
export type EngineReport = {
  /** YYYY-MM-DD */
  readonly date: string
  readonly quick: boolean
  readonly rounds: number
  readonly machine: Machine
  readonly engines: readonly string[]
  readonly figures: readonly Figure[]
  readonly skipped: readonly Skipped[]
}

const begin = "<!-- npm run bench:engines -- --write -->"
const end = "<!-- end of bench:engines -->"

const row = (figure: Figure): string => {
  const { label, value, unit, against, aim } = figure
  const met = reached(figure)
  const cells = [
    label,
    `${shown(value)} ${unit}`,
    against === undefined ? "" : `${shown(against.value)} ${against.unit}, ${against.label}`,
    ratioOf(figure),
    aim === undefined ? "" : `≥ ${aim.bound}`,
    met === null ? "" : met ? "reached" : "**missed**",
  ]
  return `| ${cells.join(" | ")} |`
}

const sectionOf = ({ date, rounds, machine, engines, figures, skipped }: EngineReport): string =>
  [
    begin,
    `${date} · ${machineLine(machine)}.`,
    `Medians of ${rounds} rounds in which ours and the yardstick took turns; in brackets the lowest and highest ratio of a round.`,
    "",
    ...engines.map((engine) => `- ${engine}`),
    ...skipped.map(({ part, why }) => `- ${part}: **not run**, ${why}`),
    "",
    "| What | Figure | Yardstick, same run | Ratio | Aim | |",
    "|---|---|---|---|---|---|",
    ...figures.map(row),
    end,
  ].join("\n")

/** @throws when the page has no place for the section */
export const withSection = (page: string, report: EngineReport): string => {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for the figures: ${begin} … ${end}`)
  return page.slice(0, from) + sectionOf(report) + page.slice(to + end.length)
}
