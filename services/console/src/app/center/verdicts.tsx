/** What people decided about the alarms: precision with its denominator, and the cases month by month. */
import { type ReactNode, useMemo } from "react"
import { shown } from "../../view/figure.js"
import { useDuplicateWords } from "../agency/duplicates/words.js"
import { Figure } from "../figure/figure.js"
import type { Quality } from "./duplicates.js"
import { useBoardWords } from "./words.js"

type Kind = "EMP-EMP" | "EMP-PUB" | "EMP-RES" | "RES-RES" | "MED-MED" | "UNEMP-UNEMP" | "PENSION-PENSION" | "PENSION-RES"

export const Verdicts = ({ quality }: { readonly quality: Quality }): ReactNode => {
  const { t, language } = useBoardWords()
  const { t: kindWord } = useDuplicateWords()
  const { all, kinds, dataOf } = quality
  const chart = useMemo(() => {
    const series = (name: string, data: readonly number[], color: string) => ({ name, type: "bar", stack: "cases", data, color })
    return {
      height: "low" as const,
      option: {
        tooltip: { trigger: "axis" },
        legend: { top: 0, right: 0 },
        xAxis: { type: "value", minInterval: 1 },
        yAxis: {
          type: "category",
          inverse: true,
          data: kinds.map(({ kind }) => kindWord(`dup.kind_${kind as Kind}`)),
          axisLabel: { color: "#16212c" },
        },
        series: [
          series(
            t("boards.confirmed"),
            kinds.map(({ confirmed }) => confirmed),
            "#0b5c8c",
          ),
          series(
            t("boards.dismissed"),
            kinds.map(({ dismissed }) => dismissed),
            "#b45309",
          ),
          series(
            t("boards.undecided"),
            kinds.map(({ open }) => open),
            "#9ca3af",
          ),
        ],
      },
    }
    // The words change with the language only.
  }, [kinds, language])
  return (
    <Figure
      id="verdicts"
      title={t("boards.verdicts")}
      definition={t("boards.verdictsDefinition")}
      denominator={t("boards.verdictsBasis", { count: all.confirmed + all.dismissed })}
      dataOf={dataOf}
      summary={t("boards.verdictsSummary", { precision: shown(all.precision, "share"), open: all.open })}
      notes={<p>{t("boards.verdictsSummary", { precision: shown(all.precision, "share"), open: all.open })}</p>}
      table={{
        columns: [
          { label: t("boards.kind") },
          { label: t("boards.confirmed"), kind: "count" },
          { label: t("boards.dismissed"), kind: "count" },
          { label: t("boards.precision"), kind: "share" },
          { label: t("boards.undecided"), kind: "count" },
          { label: t("boards.dissolved"), kind: "count" },
        ],
        rows:
          kinds.length === 0
            ? []
            : [...kinds, { ...all, kind: "" }].map((one) => [
                one.kind === "" ? t("boards.all") : kindWord(`dup.kind_${one.kind as Kind}`),
                one.confirmed,
                one.dismissed,
                one.precision,
                one.open,
                one.dissolved,
              ]),
      }}
      chart={chart}
    />
  )
}

const acts = ["opened", "decided", "cleared", "dismissed", "dissolved"] as const

export const CasesByMonth = ({ quality }: { readonly quality: Quality }): ReactNode => {
  const { t, language } = useBoardWords()
  const { months, dataOf } = quality
  const chart = useMemo(
    () => ({
      option: {
        tooltip: { trigger: "axis" },
        legend: { top: 0, right: 0 },
        xAxis: { type: "category", data: months.map(({ month }) => month), axisLabel: { color: "#16212c" } },
        yAxis: { type: "value", minInterval: 1 },
        series: acts.map((act) => ({ name: t(`boards.${act}`), type: "bar", data: months.map((month) => month[act]) })),
      },
    }),
    // The words change with the language only.
    [months, language],
  )
  return (
    <Figure
      id="months"
      title={t("boards.months")}
      definition={t("boards.monthsDefinition")}
      denominator={t("boards.monthsBasis", { count: months.reduce((sum, { opened }) => sum + opened, 0) })}
      dataOf={dataOf}
      summary={t("boards.monthsBasis", { count: months.reduce((sum, { opened }) => sum + opened, 0) })}
      table={{
        columns: [{ label: t("month") }, ...acts.map((act) => ({ label: t(`boards.${act}`), kind: "count" as const }))],
        rows: months.map((month) => [month.month, ...acts.map((act) => month[act])]),
      }}
      chart={chart}
    />
  )
}
