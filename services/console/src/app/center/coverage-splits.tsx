/** By sex and by channel, always beside the map: an average hides who is left out. */
import { type ReactNode, useMemo } from "react"
import { channels, chosenOf, sexes, sumOf, unknown } from "../../view/coverage.js"
import type { CoverageCell } from "../../view/types.js"
import { Figure } from "../figure/figure.js"
import { counts, type Shown, useAbout } from "./coverage-about.js"
import { useCoverageWords } from "./coverage-words.js"

const useBars = (rows: readonly (readonly [name: string, enrolled: number | null, paid: number | null])[]) => {
  const { t } = useCoverageWords()
  const [enrolled, paid] = [t("coverage.enrolled"), t("coverage.paid")]
  const text = JSON.stringify(rows)
  return useMemo(() => {
    const all = JSON.parse(text) as typeof rows
    return {
      legend: { top: 0 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
      xAxis: { type: "category", data: all.map(([name]) => name), axisLabel: { interval: 0 } },
      yAxis: { type: "value", minInterval: 1 },
      series: [
        { name: enrolled, type: "bar", barMaxWidth: 42, label: { show: true, position: "top" }, data: all.map(([, one]) => one) },
        { name: paid, type: "bar", barMaxWidth: 42, label: { show: true, position: "top" }, data: all.map(([, , one]) => one) },
      ],
    }
  }, [text, enrolled, paid])
}

const Split = ({
  by,
  cells,
  shown,
}: {
  readonly by: "sex" | "channel"
  /** Of the place, of everybody. */
  readonly cells: readonly CoverageCell[]
  readonly shown: Shown
}): ReactNode => {
  const { t } = useCoverageWords()
  const about = useAbout(shown)
  const { chosen } = shown.asked
  // Both sexes always have a row; those not registered or not stated only where there are any.
  const parts =
    by === "sex"
      ? sexes.map((sex) => [sex, { sex, channel: chosen.channel }] as const)
      : channels.map((channel) => [channel, { sex: chosen.sex, channel }] as const)
  const rows = parts.flatMap(([part, wanted]) => {
    const mine = chosenOf(cells, wanted)
    return mine.length === 0 && (part === "unregistered" || part === "unstated") ? [] : [{ part, ...sumOf(mine) }]
  })
  // Of a place of which nothing is known the denominator is not known either.
  const whole = counts(
    cells.length === 0 ? unknown : sumOf(chosenOf(cells, by === "sex" ? { ...chosen, sex: null } : { ...chosen, channel: null })),
  )
  const option = useBars(rows.map(({ part, enrolled, paid }) => [t(`coverage.${part}`), enrolled, paid]))
  const words =
    by === "sex" ? (["coverage.bySex", "coverage.sex"] as const) : (["coverage.byChannel", "coverage.channel"] as const)
  return (
    <Figure
      id={`coverage-${by}`}
      title={t(words[0], { place: about.place, month: about.month })}
      definition={
        by === "sex"
          ? t("coverage.bySexDefinition", { channel: about.channel })
          : t("coverage.byChannelDefinition", { sex: about.sex })
      }
      denominator={t("coverage.denomEnrolled", {
        month: about.month,
        enrolled: whole.enrolled,
        who: by === "sex" ? `${t("coverage.channel")} ${about.channel}` : `${t("coverage.sex")} ${about.sex}`,
      })}
      dataOf={about.dataOf}
      summary={rows
        .map(({ part, ...sum }) => t("coverage.splitSummary", { part: t(`coverage.${part}`), ...counts(sum) }))
        .join("; ")}
      table={{
        columns: [
          { label: t(words[1]) },
          { label: t("coverage.enrolled"), kind: "count" },
          { label: t("coverage.paid"), kind: "count" },
          { label: t("coverage.share"), kind: "share" },
          { label: t("coverage.held"), kind: "count" },
        ],
        rows:
          cells.length === 0
            ? []
            : rows.map(({ part, enrolled, paid, share, held }) => [t(`coverage.${part}`), enrolled, paid, share, held]),
      }}
      chart={{ option, height: "low" }}
      notes={whole.held > 0 ? <p>{t("coverage.heldHere", { held: whole.held })}</p> : undefined}
      pin={about.pin}
    />
  )
}

export const Splits = ({ cells, shown }: { readonly cells: readonly CoverageCell[]; readonly shown: Shown }): ReactNode => (
  <>
    <Split by="sex" cells={cells} shown={shown} />
    <Split by="channel" cells={cells} shown={shown} />
  </>
)
