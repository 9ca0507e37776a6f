/** How a personal account grew, fact by fact. The chart's library is loaded when its place is scrolled to. */
import { useQuery } from "@tanstack/react-query"
import { Segmented } from "antd"
import { type ReactNode, useEffect, useRef, useState } from "react"
import { yuan } from "../../view/amounts.js"
import { balanceOf, type BalancePoint } from "../../view/balance.js"
import { relationName } from "../../view/places.js"
import type { UnifiedRecord } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import { useAsOf } from "./as-of.js"

const Chart = ({ points, label }: { readonly points: readonly BalancePoint[]; readonly label: string }): ReactNode => {
  const place = useRef<HTMLDivElement>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    let stop = (): void => {}
    let gone = false
    const load = async (): Promise<void> => {
      const { drawBalance } = await import("./balance-chart.js")
      if (!gone) stop = drawBalance(element, points, label)
    }
    load().catch(setError)
    return () => {
      gone = true
      stop()
    }
  }, [points, label])
  if (error !== null) return <Failure error={error} />
  return (
    <div
      className="chart"
      ref={place}
      role="img"
      aria-label={`${label}: ${points.length}, ${yuan(points.at(-1)?.balance_fen ?? 0)}`}
    />
  )
}

const useSeen = () => {
  const place = useRef<HTMLElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && setSeen(true), {
      rootMargin: "200px",
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { place, seen }
}

export const Balance = ({ record }: { readonly record: UnifiedRecord }): ReactNode => {
  const { t, language } = useLanguage()
  const session = useSession()
  const { knownAt } = useAsOf()
  const { place, seen } = useSeen()
  const [table, setTable] = useState(false)
  const accounts = record.relations.filter((one) => one.family === "pension" && one.account_fen !== 0)
  const names = accounts.map((one) => `${one.province}_${one.scheme}`)
  const [chosen, setChosen] = useState<string | null>(null)
  const relation = chosen !== null && names.includes(chosen) ? chosen : (names[0] ?? "")
  const { key } = record.person
  const points = useQuery({
    queryKey: ["balance", key, relation, knownAt, session.purpose],
    enabled: seen && relation !== "",
    queryFn: async () => {
      const query = { relation, number: "account_fen" as const, ...(knownAt === null ? {} : { knownAt }) }
      const headers = headersOf(session)
      const answer = await ask(client.GET("/national/persons/{key}/explain", { params: { path: { key }, query }, headers }))
      return "parts" in answer ? balanceOf(answer.parts) : []
    },
  })
  return (
    <section aria-labelledby="balance" ref={place}>
      <div className="head">
        <h2 id="balance">{t("balance")}</h2>
        {relation === "" ? null : (
          <div className="row no-print">
            <label className="field">
              <span>{t("relation")}</span>
              <select value={relation} onChange={(event) => setChosen(event.target.value)}>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {relationName(name, language)}
                  </option>
                ))}
              </select>
            </label>
            <Segmented
              aria-label={t("balance")}
              value={table}
              onChange={setTable}
              options={[
                { value: false, label: t("asChart") },
                { value: true, label: t("asTable") },
              ]}
            />
          </div>
        )}
      </div>
      {relation === "" ? <None text={t("balanceEmpty")} /> : <p className="quiet">{t("balanceHint")}</p>}
      {relation !== "" && points.isPending ? <Loading rows={5} /> : null}
      {points.error === null ? null : <Failure error={points.error} retry={() => void points.refetch()} />}
      {points.data === undefined ? null : table ? (
        <PointTable points={points.data} />
      ) : (
        <Chart points={points.data} label={relationName(relation, language)} />
      )}
    </section>
  )
}

const PointTable = ({ points }: { readonly points: readonly BalancePoint[] }): ReactNode => {
  const { t } = useLanguage()
  return (
    <div className="scroll tall" tabIndex={0} role="region" aria-label={t("balance")}>
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t("month")}</th>
            <th scope="col">{t("change")}</th>
            <th scope="col">{t("after")}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point, i) => (
            <tr key={`${i} ${point.at}`}>
              <th scope="row">{point.at}</th>
              <td className="right">{yuan(point.by_fen)}</td>
              <td className="right">{yuan(point.balance_fen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
