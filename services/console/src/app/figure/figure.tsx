/**
 * A figure that says what it is: a title, one line of definition, the denominator and the date of the data; chart or table; CSV, XLSX and
 * PNG; a link that shows the same figures again. In print both chart and table.
 *
 *     <Figure
 *       id="transfer-funnel" // its place on the page, in file names, and `?transfer-funnel=table` in the address
 *       title={t("boards.funnel")}
 *       definition={t("boards.funnelDefinition")}
 *       denominator={t("boards.funnelDenominator", { count: total })}
 *       dataOf={answer.dataOf} // ISO 8601, or null
 *       summary={t("boards.funnelSummary", { ... })} // the chart in a sentence, for who does not see it
 *       table={{ columns: [{ label: t("step") }, { label: t("legs"), kind: "count" }], rows: [["letter", 12]] }}
 *       chart={{ option: { xAxis: ..., series: [{ type: "bar", ... }] } }} // ECharts: line, bar, heatmap; make it with useMemo
 *       pin={{ knownAt: answer.knownAt }} // what the address leaves to "now"
 *     />
 *
 * A picture of one's own is given as `chart={{ drawing: <svg viewBox=...> }}`: draw it by attributes, not classes, for its PNG. While
 * there is no data, `table={null}` and `instead={<Loading />}`.
 */
import { Segmented } from "antd"
import type { EChartsCoreOption } from "echarts/core"
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react"
import { useSearchParams } from "react-router"
import { momentInChina } from "../../view/amounts.js"
import type { FigureTable } from "../../view/figure.js"
import { Failure, None } from "../feedback.js"
import type { Drawn } from "./echarts.js"
import "./figure.css"
import { svgSource } from "./save.js"
import { useSeen } from "./seen.js"
import { DataTable } from "./table.js"
import { Tools } from "./tools.js"
import { useFigureWords } from "./words.js"

export type FigureChart =
  { readonly option: EChartsCoreOption; readonly height?: "low" | "usual" | "tall" } | { readonly drawing: ReactNode }

export type FigureProps = {
  readonly id: string
  readonly title: string
  readonly definition: string
  readonly denominator: string
  readonly dataOf: string | null
  readonly summary: string
  readonly table: FigureTable | null
  readonly chart: FigureChart | null
  /** Shown in place of chart and table while there are none. */
  readonly instead?: ReactNode
  readonly controls?: ReactNode
  readonly notes?: ReactNode
  readonly pin?: Readonly<Record<string, string>>
}

const Drawing = ({
  option,
  height = "usual",
  summary,
  drawn,
}: {
  readonly option: EChartsCoreOption
  readonly height?: "low" | "usual" | "tall"
  readonly summary: string
  readonly drawn: RefObject<Drawn | null>
}): ReactNode => {
  const place = useRef<HTMLDivElement>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    let gone = false
    const load = async (): Promise<void> => {
      const { draw } = await import("./echarts.js")
      if (!gone) drawn.current = draw(element, option)
    }
    load().catch(setError)
    return () => {
      gone = true
      drawn.current?.stop()
      drawn.current = null
    }
  }, [option, drawn])
  if (error !== null) return <Failure error={error} />
  return <div className={`chart chart-${height}`} ref={place} role="img" aria-label={summary} />
}

const useShownAs = (id: string): readonly [asTable: boolean, show: (table: boolean) => void] => {
  const [params, setParams] = useSearchParams()
  const show = (table: boolean): void =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        if (table) next.set(id, "table")
        else next.delete(id)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  return [params.get(id) === "table", show]
}

const Both = ({
  figure,
  table,
  asTable,
  seen,
  place,
  drawn,
}: {
  readonly figure: FigureProps
  readonly table: FigureTable
  readonly asTable: boolean
  readonly seen: boolean
  readonly place: RefObject<HTMLDivElement | null>
  readonly drawn: RefObject<Drawn | null>
}): ReactNode => {
  const { t } = useFigureWords()
  const { title, chart, summary } = figure
  if (table.rows.length === 0) return <None text={t("figure.empty")} />
  return (
    <>
      <div className={asTable ? "figure-away" : "figure-chart"} inert={asTable} ref={place}>
        {chart === null || !seen ? (
          <div className="chart" />
        ) : "option" in chart ? (
          <Drawing option={chart.option} height={chart.height} summary={summary} drawn={drawn} />
        ) : (
          chart.drawing
        )}
      </div>
      <div className={asTable ? "figure-table" : "figure-print"}>
        <DataTable table={table} caption={title} />
      </div>
    </>
  )
}

export const Figure = (figure: FigureProps): ReactNode => {
  const { t } = useFigureWords()
  const { id, title, definition, denominator, dataOf, table, controls, notes, instead } = figure
  const { place: section, seen } = useSeen<HTMLElement>()
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawn | null>(null)
  const [asTable, show] = useShownAs(id)
  const [said, say] = useState("")
  const image = (): string | null => {
    const svg = place.current?.querySelector("svg")
    return drawn.current?.image() ?? (svg === null || svg === undefined ? null : svgSource(svg))
  }
  return (
    <section className="figure" aria-labelledby={id} ref={section}>
      <div className="head">
        <h2 id={id}>{title}</h2>
        {table === null || table.rows.length === 0 ? null : (
          <div className="row no-print">
            <Segmented
              size="small"
              aria-label={t("figure.view", { title })}
              value={asTable}
              onChange={(next) => {
                show(next)
                say(next ? t("figure.shownAsTable", { rows: table.rows.length }) : t("figure.shownAsChart"))
              }}
              options={[
                { value: false, label: t("asChart") },
                { value: true, label: t("asTable") },
              ]}
            />
            <Tools figure={{ ...figure, table }} image={image} say={say} />
          </div>
        )}
      </div>
      <p className="quiet">{definition}</p>
      <p className="quiet figure-basis">
        <span>{t("figure.denominator", { what: denominator })}</span>
        <span>{dataOf === null ? t("figure.dataOfNone") : t("figure.dataOf", { at: momentInChina(dataOf) })}</span>
      </p>
      {controls === undefined ? null : <div className="row figure-controls no-print">{controls}</div>}
      {table === null ? instead : <Both {...{ figure, table, asTable, seen, place, drawn }} />}
      {notes === undefined ? null : <div className="quiet figure-notes">{notes}</div>}
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </section>
  )
}
