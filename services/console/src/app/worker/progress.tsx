/** One application as one bar: every province's step, who acts until when, why it waits, what happened, and the certificate at the end (N15). */
import { useQuery } from "@tanstack/react-query"
import { Button, Progress } from "antd"
import type { ReactNode } from "react"
import { momentInChina, yearsAndMonths, yuan } from "../../view/amounts.js"
import type { Application } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"
import { Doubt } from "./doubt.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

type Leg = Application["legs"][number]

/** The ledger moves without the person: the bar looks again now and then. */
const look_ms = 5_000

const monthsOf = (leg: Leg): number =>
  (leg.statement ?? leg.planned).months.reduce(
    (sum, { from, to }) =>
      sum + (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1,
    0,
  )

const LegLine = ({ leg }: { readonly leg: Leg }): ReactNode => {
  const { t, language } = useWorkerWords()
  const money = leg.statement ?? leg.planned
  return (
    <li className="leg">
      <div className="head">
        <strong>{t("leg", { province: leg.from[language] })}</strong>
        {leg.outcome === "booked" ? <Tag color="green">{t("worker.legDone")}</Tag> : null}
        {leg.outcome === "failed" ? <Tag color="red">{t("worker.legFailed")}</Tag> : null}
        {leg.escalated ? (
          <Tag color="red">{t("escalated")}</Tag>
        ) : leg.reminded ? (
          <Tag color="gold">{t("worker.reminded")}</Tag>
        ) : null}
      </div>
      <meter className="leg-bar" min={0} max={4} value={leg.done} aria-label={t("done", { done: leg.done, of: 4 })} />
      <div className="quiet">
        {t("worker.legMoney", {
          months: yearsAndMonths(monthsOf(leg), language),
          money: yuan(money.account_fen + money.pooled_fen),
        })}
      </div>
      {leg.failure === null ? null : <div className="notice">{leg.failure}</div>}
      {leg.holder === null ? null : <div>{t("whoActs", { who: leg.holder[language] })}</div>}
      {leg.waiting === null ? null : <div className={leg.overdue ? "notice" : "quiet"}>{leg.waiting[language]}</div>}
      {leg.lastMessage === null ? null : (
        <div className="quiet">
          {t("worker.last", { words: leg.lastMessage.words[language] })} ·{" "}
          {momentInChina(new Date(leg.lastMessage.at).toISOString())}
        </div>
      )}
    </li>
  )
}

const Certificate = ({ data }: { readonly data: Application }): ReactNode => {
  const { t, language } = useWorkerWords()
  if (data.state !== "completed") return null
  return (
    <div className="certificate">
      <h3 className="print-only">{t("worker.certificateTitle")}</h3>
      <p>
        {t("worker.moveDone", {
          months: yearsAndMonths(data.months, language),
          money: yuan(data.amount_fen),
          province: data.to[language],
        })}
      </p>
      <p className="quiet">
        {data.requestedOn} – {data.completedOn ?? ""} · <span className="mono">{data.transferId}</span>
      </p>
      <Button className="no-print" onClick={() => window.print()}>
        {t("worker.certificate")}
      </Button>
    </div>
  )
}

export const ApplicationBar = ({ id }: { readonly id: string }): ReactNode => {
  const { t, language } = useWorkerWords()
  const session = useSession()
  const application = useQuery({
    queryKey: ["application", id],
    queryFn: () => ask(client.GET("/transfer/{id}", { params: { path: { id } }, headers: headersOf(session) })),
    refetchInterval: ({ state }) => (state.data?.state === "completed" || state.data?.state === "returned" ? false : look_ms),
  })
  if (application.isPending) return <Loading rows={3} />
  if (application.error !== null) return <Failure error={application.error} retry={() => void application.refetch()} />
  const { data } = application
  const { done, of, percent } = data.progress
  return (
    <div className="card stack bar-card">
      <div className="head">
        <h3>{t("transferTo", { province: data.to[language] })}</h3>
        <Tag color={data.state === "completed" ? "green" : data.state === "returned" ? "red" : "blue"}>
          {data.stateWords[language]}
        </Tag>
      </div>
      <Progress percent={percent} aria-label={t("done", { done, of })} />
      <p aria-live="polite">{data.headline[language]}</p>
      <ul className="plain legs">
        {data.legs.map((leg) => (
          <LegLine key={leg.from.code} leg={leg} />
        ))}
      </ul>
      <Certificate data={data} />
      <details>
        <summary>{t("worker.history")}</summary>
        <ol className="plain steps">
          {data.history.map((line) => (
            <li key={`${line.at}${line.type}${line.leg ?? ""}`}>
              <span className="quiet">{momentInChina(new Date(line.at).toISOString())}</span>
              <div>{line.words[language]}</div>
            </li>
          ))}
        </ol>
      </details>
      <Doubt doubted={{ subject: `transfer:${id}`, shown: data.headline[language].slice(0, 120) }} />
    </div>
  )
}
