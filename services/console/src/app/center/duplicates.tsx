/** The duplicates monitor: the queue by the money at risk, how good the alarms are, what is held. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link } from "react-router"
import type { paths } from "../../generated/national.js"
import { isEndless, momentInChina, yuan } from "../../view/amounts.js"
import { provinceName, sideNames } from "../../view/places.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"
import "./center.css"
import { Truth } from "./truth.js"
import { CasesByMonth, Verdicts } from "./verdicts.js"
import { useBoardWords } from "./words.js"

export type Quality = paths["/national/overlaps/quality"]["get"]["responses"][200]["content"]["application/json"]
type Queue = paths["/national/overlaps"]["get"]["responses"][200]["content"]["application/json"]

const shortKey = (key: string): string => `${key.slice(0, 8)}…`

const Held = ({ quality }: { readonly quality: Quality }): ReactNode => {
  const { t, language } = useBoardWords()
  const { held, wronglyHeld } = quality
  return (
    <section className="card stack" aria-labelledby="held">
      <h2 id="held">{t("boards.held")}</h2>
      {held.claims === 0 ? (
        <None text={t("boards.heldNone")} />
      ) : (
        <p>{t("boards.heldText", { claims: held.claims, withAmount: held.withAmount, fen: yuan(held.monthly_fen) })}</p>
      )}
      {held.items.length === 0 ? null : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("boards.held")}>
          <table className="data">
            <thead>
              <tr>
                <th scope="col">{t("boards.claim")}</th>
                <th scope="col">{t("province")}</th>
                <th scope="col">{t("boards.reason")}</th>
                <th scope="col" className="right">
                  {t("boards.monthly")}
                </th>
                <th scope="col">{t("boards.since")}</th>
                <th scope="col" className="right">
                  {t("boards.days")}
                </th>
              </tr>
            </thead>
            <tbody>
              {held.items.map((one) => (
                <tr key={`${one.person} ${one.scheme} ${one.claim}`}>
                  <th scope="row">
                    <Link to={`/persons/${one.person}`}>{shortKey(one.person)}</Link> {one.claim}
                  </th>
                  <td>{provinceName(one.province, language)}</td>
                  <td>{t(`boards.reason_${one.reason as "SECOND_BENEFIT"}`)}</td>
                  <td className="right">{one.monthly_fen === null ? "—" : yuan(one.monthly_fen)}</td>
                  <td>{one.since === null ? "—" : momentInChina(one.since)}</td>
                  <td className="right">{one.days ?? "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="quiet">
        {t("boards.wrong", {
          cases: wronglyHeld.cases,
          claims: wronglyHeld.claims,
          days: (wronglyHeld.days ?? 0).toFixed(1),
        })}
      </p>
    </section>
  )
}

const CaseQueue = ({ queue }: { readonly queue: Queue }): ReactNode => {
  const { t, language } = useBoardWords()
  return (
    <section className="card stack" aria-labelledby="queue">
      <h2 id="queue">{t("boards.queue")}</h2>
      {queue.items.length === 0 ? <None text={t("casesEmpty")} /> : null}
      <ul className="plain">
        {queue.items.map((one) => (
          <li key={`${one.person} ${one.case}`} className="queue-line">
            <strong className="right">{yuan(one.atRisk_fen)}</strong>
            <span>
              <Link to={`/persons/${one.person}`}>{t("boards.person", { key: shortKey(one.person) })}</Link>{" "}
              {sideNames(one.sides, language)} ·{" "}
              {isEndless(one.months) ? t("endless") : t("boards.monthsCount", { count: one.months })} ·{" "}
              {t("boards.daysOpen", { days: one.days_open })}
              <span className="quiet leg-last">
                {t("overlapWho", {
                  who: one.provinces.map((code) => provinceName(code, language)).join(language === "zh" ? "、" : ", "),
                })}
              </span>
            </span>
            <Tag color={one.stage === "before" ? "red" : one.stage === "during" ? "gold" : "plain"}>
              {t(`boards.stage_${one.stage}`)}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Latency = ({ quality: { alarms } }: { readonly quality: Quality }): ReactNode => {
  const { t } = useBoardWords()
  const { cases, measured, median_seconds, p95_seconds } = alarms
  return (
    <section className="card stack" aria-labelledby="latency">
      <h2 id="latency">{t("boards.latency")}</h2>
      <p>
        {median_seconds === null || p95_seconds === null
          ? t("boards.latencyNone")
          : t("boards.latencyText", { cases, measured, median: median_seconds.toFixed(1), p95: p95_seconds.toFixed(1) })}
      </p>
    </section>
  )
}

export const DuplicatesMonitor = (): ReactNode => {
  const { t } = useBoardWords()
  const session = useSession()
  const headers = headersOf(session)
  const quality = useQuery({
    queryKey: ["overlaps", "quality"],
    queryFn: () => ask(client.GET("/national/overlaps/quality", { headers })),
  })
  const queue = useQuery({
    queryKey: ["overlaps", "queue"],
    queryFn: () => ask(client.GET("/national/overlaps", { params: { query: { status: "open", limit: 20 } }, headers })),
  })
  const error = quality.error ?? queue.error
  return (
    <section className="page stack">
      <h1>{t("boards.duplicates")}</h1>
      <p className="quiet">{t("boards.duplicatesLead")}</p>
      {error === null ? null : <Failure error={error} />}
      {quality.data === undefined || queue.data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <>
          <Verdicts quality={quality.data} />
          <Truth />
          <CaseQueue queue={queue.data} />
          <Held quality={quality.data} />
          <CasesByMonth quality={quality.data} />
          <Latency quality={quality.data} />
        </>
      )}
    </section>
  )
}
