/** The one chart of the record: only the parts of ECharts it needs. */
import { LineChart } from "echarts/charts"
import { GridComponent, TooltipComponent } from "echarts/components"
import { init, use } from "echarts/core"
import { CanvasRenderer } from "echarts/renderers"
import { yuan } from "../../view/amounts.js"
import type { BalancePoint } from "../../view/balance.js"

use([LineChart, GridComponent, TooltipComponent, CanvasRenderer])

/** Draws into `element` and keeps its size; returns what takes it away. */
export const drawBalance = (element: HTMLElement, points: readonly BalancePoint[], label: string): (() => void) => {
  const chart = init(element)
  chart.setOption({
    animation: false,
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", valueFormatter: (value: unknown) => yuan(Math.round(Number(value) * 100)) },
    xAxis: { type: "category", data: points.map((point) => point.at), axisLabel: { color: "#4b5563" } },
    yAxis: { type: "value", axisLabel: { color: "#4b5563", formatter: (value: number) => `¥${value.toLocaleString("en")}` } },
    series: [
      {
        name: label,
        type: "line",
        step: "end",
        symbol: points.length > 40 ? "none" : "circle",
        data: points.map((point) => point.balance_fen / 100),
        lineStyle: { color: "#0b5c8c" },
        itemStyle: { color: "#0b5c8c" },
        areaStyle: { color: "#0b5c8c", opacity: 0.08 },
      },
    ],
  })
  const observer = new ResizeObserver(() => chart.resize())
  observer.observe(element)
  return () => {
    observer.disconnect()
    chart.dispose()
  }
}
