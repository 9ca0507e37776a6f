/** How a personal account grew, fact by fact. It is asked for, and its chart drawn, when its place is scrolled to. */
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useMemo, useState } from "react"
import { yuan } from "../../view/amounts.js"
import { balanceOf, type BalancePoint } from "../../view/balance.js"
import { relationName } from "../../view/places.js"
import type { UnifiedRecord } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { Figure } from "../figure/figure.js"
import { useSeen } from "../figure/seen.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import { useAsOf } from "./as-of.js"

const optionOf = (points: readonly BalancePoint[], label: string) => ({
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
      areaStyle: { opacity: 0.08 },
    },
  ],
})

const RelationPicker = ({
  names,
  relation,
  choose,
}: {
  readonly names: readonly string[]
  readonly relation: string
  readonly choose: (name: string) => void
}): ReactNode => {
  const { t, language } = useLanguage()
  return (
    <label className="field">
      <span>{t("relation")}</span>
      <select value={relation} onChange={(event) => choose(event.target.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {relationName(name, language)}
          </option>
        ))}
      </select>
    </label>
  )
}

const useBalance = (record: UnifiedRecord, relation: string, enabled: boolean) => {
  const session = useSession()
  const { knownAt } = useAsOf()
  const { key } = record.person
  return useQuery({
    queryKey: ["balance", key, relation, knownAt, session.purpose],
    enabled: enabled && relation !== "",
    queryFn: async () => {
      const query = { relation, number: "account_fen" as const, ...(knownAt === null ? {} : { knownAt }) }
      const headers = headersOf(session)
      const answer = await ask(client.GET("/national/persons/{key}/explain", { params: { path: { key }, query }, headers }))
      return "parts" in answer ? balanceOf(answer.parts) : []
    },
  })
}

export const Balance = ({ record }: { readonly record: UnifiedRecord }): ReactNode => {
  const { t, language } = useLanguage()
  const { place, seen } = useSeen<HTMLDivElement>()
  const accounts = record.relations.filter((one) => one.family === "pension" && one.account_fen !== 0)
  const names = accounts.map((one) => `${one.province}_${one.scheme}`)
  const [chosen, choose] = useState<string | null>(null)
  const relation = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? "")
  const points = useBalance(record, relation, seen)
  const label = relation === "" ? "" : relationName(relation, language)
  const chart = useMemo(() => (points.data === undefined ? null : { option: optionOf(points.data, label) }), [points.data, label])
  const instead =
    relation === "" ? (
      <None text={t("balanceEmpty")} />
    ) : points.error === null ? (
      <Loading rows={5} />
    ) : (
      <Failure error={points.error} retry={() => void points.refetch()} />
    )
  return (
    <div ref={place}>
      <Figure
        id="balance"
        title={t("balance")}
        definition={t("balanceHint")}
        denominator={relation === "" ? t("balanceEmpty") : t("balanceBasis", { relation: label })}
        dataOf={new Date(record.asOf.recordedAt).toISOString()}
        summary={`${label}: ${points.data?.length ?? 0}, ${yuan(points.data?.at(-1)?.balance_fen ?? 0)}`}
        controls={relation === "" ? undefined : <RelationPicker {...{ names, relation, choose }} />}
        table={
          points.data === undefined
            ? null
            : {
                columns: [{ label: t("month") }, { label: t("change"), kind: "fen" }, { label: t("after"), kind: "fen" }],
                rows: points.data.map((point) => [point.at, point.by_fen, point.balance_fen]),
              }
        }
        chart={chart}
        instead={instead}
      />
    </div>
  )
}
