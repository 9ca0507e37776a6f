/** Employee, flexible worker, resident: the same income and retirement three times, as a figure with its table. */
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { type ReactNode, useMemo } from "react"
import { yuan } from "../../view/amounts.js"
import { channelsQuestion, spanOf, tableOf, type Wishes } from "../../view/future.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { Figure } from "../figure/figure.js"
import { useSession } from "../session.js"
import { useWorkerWords } from "./words.js"

const channels = ["employee", "flexible", "resident"] as const

export const Compare = ({ personKey, wishes }: { readonly personKey: string; readonly wishes: Wishes }): ReactNode => {
  const { t } = useWorkerWords()
  const session = useSession()
  const body = JSON.stringify(channelsQuestion(wishes))
  const answer = useQuery({
    queryKey: ["channels", personKey, body],
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(
        client.POST("/national/persons/{key}/simulate", {
          params: { path: { key: personKey } },
          headers: headersOf(session),
          body: JSON.parse(body) as never,
        }),
      ),
  })
  const { data } = answer
  const names = channels.map((name) => ({ name, label: t(`worker.channel_${name}`) }))
  const labels = {
    scenario: t("worker.col_scenario"),
    low: t("worker.col_low"),
    middle: t("worker.col_middle"),
    high: t("worker.col_high"),
    cost: t("worker.col_cost"),
    paid: t("worker.col_paid"),
    months: t("worker.col_months"),
  }
  const middle = (name: string): number => spanOf(data?.scenarios[name], "monthly_fen")?.middle ?? 0
  const drawn = JSON.stringify([names.map(({ label }) => label), channels.map(middle)])
  const chart = useMemo(() => {
    const [shown, values] = JSON.parse(drawn) as [string[], number[]]
    return {
      option: {
        grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
        xAxis: { type: "category", data: shown },
        yAxis: { type: "value" },
        series: [
          {
            type: "bar",
            barMaxWidth: 48,
            itemStyle: { color: "#0b5c8c" },
            label: { show: true, position: "top" },
            data: values.map((fen) => Math.round(fen / 100)),
          },
        ],
      },
      height: "low" as const,
    }
  }, [drawn])
  const summary = t("worker.futureSummary", {
    employee: yuan(middle("employee")),
    flexible: yuan(middle("flexible")),
    resident: yuan(middle("resident")),
  })
  return (
    <Figure
      id="channels"
      title={t("worker.futureCompare")}
      definition={t("worker.futureCompareDefinition")}
      denominator={t("worker.futureDenominator", { events: data?.content.events.count ?? 0 })}
      dataOf={data === undefined ? null : `${data.content.ruleDate}T00:00:00+08:00`}
      summary={summary}
      table={data === undefined ? null : tableOf(data, names, labels)}
      chart={data === undefined ? null : chart}
      instead={answer.error === null ? <Loading rows={4} /> : <Failure error={answer.error} />}
    />
  )
}
