/** One province month by month, both sexes apart. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useMemo } from "react"
import { chosenOf, type Measure, sumOf, unknown } from "../../view/coverage.js"
import type { Value } from "../../view/figure.js"
import type { CoverageTrend } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { Figure } from "../figure/figure.js"
import { useSession } from "../session.js"
import { counts, type Shown, useAbout } from "./coverage-about.js"
import { type Address, type Asked, trendLengths } from "./coverage-address.js"
import { Choice } from "./coverage-controls.js"
import { useCoverageWords } from "./coverage-words.js"

const useTrend = ({ scheme, known, months }: Asked, province: ProvinceCode) => {
  const session = useSession()
  return useQuery({
    queryKey: ["coverage-trend", scheme, known, months, province],
    queryFn: () =>
      ask(
        client.GET("/national/statistics/coverage/trend", {
          headers: headersOf(session),
          params: { query: { scheme, months, province, ...(known === "" ? {} : { knownOn: known }) } },
        }),
      ),
  })
}

type Line = {
  readonly month: string
  readonly all: ReturnType<typeof sumOf>
  readonly bySex: readonly ReturnType<typeof sumOf>[]
}

const linesOf = ({ months }: CoverageTrend, { chosen }: Asked, sexes: readonly ("female" | "male")[]): Line[] =>
  months.map(({ month, cells }) => ({
    month,
    all: sumOf(chosenOf(cells, chosen)),
    bySex: sexes.map((sex) => sumOf(chosenOf(cells, { ...chosen, sex }))),
  }))

const lineSeries = (name: string, data: readonly Value[], dashed = false) => ({
  name,
  type: "line",
  showSymbol: data.length <= 12,
  data,
  lineStyle: { width: 2, type: dashed ? "dashed" : "solid" },
})

const useLines = (lines: readonly Line[], measure: Measure, sexes: readonly ("female" | "male")[]) => {
  const { t } = useCoverageWords()
  return useMemo(() => {
    const share = measure === "share"
    const split = share ? "share" : measure
    const shared = (value: Value): Value => (share && typeof value === "number" ? Math.round(value * 1_000) / 10 : value)
    const whole = share ? (["share"] as const) : (["enrolled", "paid"] as const)
    return {
      legend: { top: 0, type: "scroll" },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: lines.map(({ month }) => month) },
      yAxis: share
        ? { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%" } }
        : { type: "value", minInterval: 1 },
      series: [
        ...whole.map((one) =>
          lineSeries(
            t(`coverage.${one}`),
            lines.map(({ all }) => shared(all[one])),
          ),
        ),
        ...(sexes.length < 2 ? [] : sexes).map((sex, i) =>
          lineSeries(
            `${t(`coverage.${split}`)} · ${t(`coverage.${sex}`)}`,
            lines.map(({ bySex }) => shared(bySex[i]?.[split] ?? null)),
            true,
          ),
        ),
      ],
    }
  }, [lines, measure, sexes, t])
}

const both = ["female", "male"] as const
const none: readonly ("female" | "male")[] = []

export const Trend = ({
  shown,
  province,
  address: { asked, set },
}: {
  readonly shown: Shown
  readonly province: ProvinceCode
  readonly address: Address
}): ReactNode => {
  const { t } = useCoverageWords()
  const about = useAbout(shown)
  const query = useTrend(asked, province)
  const sexes = asked.chosen.sex === null ? both : none
  const lines = useMemo(() => (query.data === undefined ? [] : linesOf(query.data, asked, sexes)), [query.data, asked, sexes])
  const option = useLines(lines, asked.measure, sexes)
  const newest = lines.at(-1)
  const last = { last: newest?.month ?? "—", ...counts(newest?.all ?? unknown) }
  const split = sexes.flatMap((sex) => [
    { label: t("coverage.sexEnrolled", { sex: t(`coverage.${sex}`) }), kind: "count" as const },
    { label: t("coverage.sexPaid", { sex: t(`coverage.${sex}`) }), kind: "count" as const },
  ])
  return (
    <Figure
      id="coverage-trend"
      title={t("coverage.trend", { place: about.place })}
      definition={t("coverage.trendDefinition", { who: about.who })}
      denominator={t("coverage.trendDenominator", last)}
      dataOf={about.dataOf}
      summary={t("coverage.trendSummary", { place: about.place, first: lines[0]?.month ?? "—", ...last })}
      table={
        query.data === undefined
          ? null
          : {
              columns: [
                { label: t("coverage.month") },
                { label: t("coverage.enrolled"), kind: "count" },
                { label: t("coverage.paid"), kind: "count" },
                { label: t("coverage.share"), kind: "share" },
                ...split,
                { label: t("coverage.held"), kind: "count" },
              ],
              rows: lines.map(({ month, all, bySex }) => [
                month,
                all.enrolled,
                all.paid,
                all.share,
                ...bySex.flatMap(({ enrolled, paid }) => [enrolled, paid]),
                all.held,
              ]),
            }
      }
      instead={query.error === null ? <Loading /> : <Failure error={query.error} retry={() => void query.refetch()} />}
      chart={{ option }}
      controls={
        <Choice
          label={t("coverage.months")}
          value={String(asked.months)}
          options={trendLengths.map((count) => [String(count), t("coverage.monthsOf", { count })])}
          onChoose={(months) => set({ months })}
        />
      }
      pin={about.pin}
    />
  )
}
