/** How the legs fare: the funnel of steps, and the map of provinces. */
import { useQuery } from "@tanstack/react-query"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { type ReactNode, useMemo } from "react"
import { useSearchParams } from "react-router"
import type { paths } from "../../generated/transfer.js"
import { provinceName } from "../../view/places.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { Figure } from "../figure/figure.js"
import { useSession } from "../session.js"
import { useBoardWords } from "./words.js"

type Answer = paths["/transfer/performance"]["get"]["responses"][200]["content"]["application/json"]
const measures = ["legs", "overdue", "median_wd"] as const

const Funnel = ({ answer }: { readonly answer: Answer }): ReactNode => {
  const { t } = useBoardWords()
  const { steps, legs, applications, dataOf } = answer
  const names = steps.map(({ step }) => t(`boards.step_${step}`))
  const words = [t("boards.reached"), t("boards.waiting"), t("boards.overdueLegs")]
  const chart = useMemo(
    () => ({
      option: {
        tooltip: { trigger: "axis" },
        legend: { top: 0, right: 0 },
        xAxis: { type: "value", minInterval: 1 },
        yAxis: { type: "category", inverse: true, data: names, axisLabel: { color: "#16212c" } },
        series: [
          {
            name: words[0],
            type: "bar",
            data: steps.map(({ reached }) => reached),
            label: { show: true, position: "insideLeft", color: "#fff" },
          },
          { name: words[1], type: "bar", data: steps.map(({ waiting }) => waiting) },
          { name: words[2], type: "bar", data: steps.map(({ overdue }) => overdue), color: "#b91c1c" },
        ],
      },
    }),
    // Names and words change with the language, which changes the title they stand beside.
    [steps, names.join(), words.join()],
  )
  return (
    <Figure
      id="funnel"
      title={t("boards.funnel")}
      definition={t("boards.funnelDefinition")}
      denominator={t("boards.funnelBasis", { legs, applications })}
      dataOf={dataOf}
      summary={t("boards.funnelSummary", { first: steps[0]?.reached ?? 0, last: steps.at(-1)?.reached ?? 0 })}
      table={{
        columns: [
          { label: t("boards.step") },
          { label: t("boards.reached"), kind: "count" },
          { label: t("boards.waiting"), kind: "count" },
          { label: t("boards.overdueLegs"), kind: "count" },
          { label: t("boards.failed"), kind: "count" },
          { label: t("boards.median"), kind: "days" },
          { label: t("boards.p95"), kind: "days" },
        ],
        rows:
          legs === 0
            ? []
            : steps.map((one, i) => [
                names[i] ?? one.step,
                one.reached,
                one.waiting,
                one.overdue,
                one.failed,
                one.median_wd,
                one.p95_wd,
              ]),
      }}
      chart={chart}
    />
  )
}

const heatOption = (answer: Answer, measure: (typeof measures)[number], nameOf: (code: string) => string, label: string) => {
  const from = [...new Set(answer.pairs.map((pair) => pair.from))].sort()
  const to = [...new Set(answer.pairs.map((pair) => pair.to))].sort()
  const cells = answer.pairs.flatMap((pair) => {
    const value = pair[measure]
    return value === null ? [] : [[to.indexOf(pair.to), from.indexOf(pair.from), value]]
  })
  return {
    tooltip: { position: "top" },
    grid: { left: 8, right: 16, top: 8, bottom: 56, containLabel: true },
    xAxis: { type: "category", data: to.map(nameOf), axisLabel: { color: "#16212c" } },
    yAxis: { type: "category", data: from.map(nameOf), axisLabel: { color: "#16212c" }, inverse: true },
    visualMap: {
      min: 0,
      max: Math.max(1, ...cells.map(([, , value]) => value ?? 0)),
      orient: "horizontal",
      left: "center",
      bottom: 0,
      text: [label, ""],
      inRange: { color: ["#e9f4fb", "#8cc3e3"] },
    },
    series: [
      {
        name: label,
        type: "heatmap",
        data: cells,
        label: { show: true, color: "#16212c" },
        itemStyle: { borderColor: "#fff", borderWidth: 2 },
      },
    ],
  }
}

const HeatMap = ({ answer }: { readonly answer: Answer }): ReactNode => {
  const { t, language } = useBoardWords()
  const [params, setParams] = useSearchParams()
  const measure = measures.find((one) => one === params.get("measure")) ?? "legs"
  const label = t(`boards.measure_${measure}`)
  const chart = useMemo(
    () => ({ option: heatOption(answer, measure, (code) => provinceName(code, language), label) }),
    [answer, measure, language, label],
  )
  const choose = (value: string): void =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        if (value === "legs") next.delete("measure")
        else next.set("measure", value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  const name = (code: ProvinceCode): string => provinceName(code, language)
  return (
    <Figure
      id="provinces"
      title={t("boards.map")}
      definition={`${t("boards.mapDefinition")} ${label}`}
      denominator={t("boards.funnelBasis", { legs: answer.legs, applications: answer.applications })}
      dataOf={answer.dataOf}
      summary={t("boards.mapSummary", { pairs: answer.pairs.length })}
      controls={
        <label className="field">
          <span>{t("boards.measure")}</span>
          <select value={measure} onChange={(event) => choose(event.target.value)}>
            {measures.map((one) => (
              <option key={one} value={one}>
                {t(`boards.measure_${one}`)}
              </option>
            ))}
          </select>
        </label>
      }
      table={{
        columns: [
          { label: t("boards.from") },
          { label: t("boards.toShort") },
          { label: t("boards.measure_legs"), kind: "count" },
          { label: t("boards.open"), kind: "count" },
          { label: t("boards.overdueLegs"), kind: "count" },
          { label: t("boards.booked"), kind: "count" },
          { label: t("boards.median"), kind: "days" },
          { label: t("boards.p95"), kind: "days" },
        ],
        rows: answer.pairs.map((one) => [
          name(one.from),
          name(one.to),
          one.legs,
          one.open,
          one.overdue,
          one.booked,
          one.median_wd,
          one.p95_wd,
        ]),
      }}
      chart={chart}
    />
  )
}

export const Performance = (): ReactNode => {
  const session = useSession()
  const [params] = useSearchParams()
  const province = params.get("province")
  const found = useQuery({
    queryKey: ["performance", province],
    queryFn: () =>
      ask(
        client.GET("/transfer/performance", {
          params: { query: province === null ? {} : { province: province as ProvinceCode } },
          headers: headersOf(session),
        }),
      ),
  })
  if (found.error !== null) return <Failure error={found.error} retry={() => void found.refetch()} />
  if (found.data === undefined) return <Loading />
  return (
    <>
      <Funnel answer={found.data} />
      <HeatMap answer={found.data} />
    </>
  )
}
