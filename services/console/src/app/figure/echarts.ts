/** ECharts with only the parts that the figures use; loaded when the first chart is scrolled to. */
import { BarChart, HeatmapChart, LineChart } from "echarts/charts"
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components"
import { type EChartsCoreOption, init, use } from "echarts/core"
import { CanvasRenderer } from "echarts/renderers"
import { palette } from "../../view/figure.js"

use([
  LineChart,
  BarChart,
  HeatmapChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
])

/** What every chart has in common; a chart's own option goes over it, part by part. */
const base: EChartsCoreOption = {
  animation: false,
  color: [...palette],
  textStyle: { color: "#16212c", fontFamily: getComputedStyle(document.documentElement).fontFamily },
  grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
}

export type Drawn = {
  readonly stop: () => void
  /** The chart as it stands, on white, at twice the screen's size. */
  readonly image: () => string
}

/** Draws into `element` and keeps its size. */
export const draw = (element: HTMLElement, option: EChartsCoreOption): Drawn => {
  const chart = init(element)
  chart.setOption({ ...base, ...option })
  const observer = new ResizeObserver(() => chart.resize())
  observer.observe(element)
  return {
    stop: () => {
      observer.disconnect()
      chart.dispose()
    },
    image: () => chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" }),
  }
}
