/** Did my employer pay: a grid of months for each payer, each month with what is known of it, and what is missing with who should act. */
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { momentInChina, span, yuan } from "../../view/amounts.js"
import { amountsOf, countsOf, yearsOf } from "../../view/paid.js"
import type { PaidAnswer, PaidMonth, Payer } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Dialog } from "../dialog.js"
import { Failure, Loading, None } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"
import { Doubt } from "./doubt.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

const marks: Readonly<Record<PaidMonth["state"], string>> = {
  credited: "✓",
  late: "补",
  missing: "✗",
  unreported: "?",
  waiting: "·",
  reversed: "↩",
  refunded: "退",
  elsewhere: "–",
}
const years_shown = 3

/** The four stages of a payment; of two of them the ledger has no facts, and says so. */
const Stages = ({ one, stages }: { readonly one: PaidMonth; readonly stages: PaidAnswer["stages"] }): ReactNode => {
  const { t, language } = useWorkerWords()
  const known = (stage: PaidAnswer["stages"][number]["stage"]): string | null => {
    if (stage === "remitted") return one.remitted === null ? null : `${one.remitted.on} · ${one.remitted.by[language]}`
    if (stage !== "credited" || one.credited === null) return null
    const row = one.credited.row === null ? "" : ` · ${t("source", { row: one.credited.row })}`
    return `${momentInChina(one.credited.at)}${row}`
  }
  return (
    <ol className="plain steps">
      {stages.map((stage) => (
        <li key={stage.stage} className={known(stage.stage) === null ? "stage-none" : "stage-done"}>
          <strong>{t(`worker.stage_${stage.stage}`)}</strong>
          <div className={stage.known ? "" : "quiet"}>
            {stage.known ? (known(stage.stage) ?? t("worker.stageNone")) : t("worker.stageUnknown")}
          </div>
        </li>
      ))}
    </ol>
  )
}

const OneMonth = (props: {
  readonly payer: Payer
  readonly one: PaidMonth
  readonly stages: PaidAnswer["stages"]
  readonly onClose: () => void
}): ReactNode => {
  const { t, language } = useWorkerWords()
  const { payer, one, stages, onClose } = props
  const amounts = amountsOf(one)
  const shown = `${one.month} ${t(`worker.state_${one.state}`)}`
  const owed = one.state === "missing" || one.state === "reversed"
  return (
    <Dialog title={`${one.month} · ${payer.province[language]}`} onClose={onClose}>
      <p>
        <Tag color={owed ? "red" : one.state === "credited" || one.state === "late" ? "green" : "gold"}>
          {t(`worker.state_${one.state}`)}
        </Tag>{" "}
        {one.note ?? ""}
      </p>
      {amounts === null ? null : (
        <dl className="facts">
          <dt>{t("worker.paidEmployerPart")}</dt>
          <dd>{yuan(amounts.employer_fen)}</dd>
          <dt>{t("worker.paidOwnPart")}</dt>
          <dd>{yuan(amounts.personal_fen)}</dd>
          {amounts.subsidy_fen === 0 ? null : (
            <>
              <dt>{t("worker.paidSubsidyPart")}</dt>
              <dd>{yuan(amounts.subsidy_fen)}</dd>
            </>
          )}
        </dl>
      )}
      {one.months_of_line === 1 ? null : <p className="quiet">{t("worker.paidPartOf", { months: one.months_of_line })}</p>}
      <Stages one={one} stages={stages} />
      <Doubt
        doubted={{ subject: `paid:${payer.relation}:${one.month}`, shown }}
        {...(owed ? { label: t("worker.complain") } : {})}
      />
    </Dialog>
  )
}

const PayerGrid = ({ payer, stages }: { readonly payer: Payer; readonly stages: PaidAnswer["stages"] }): ReactNode => {
  const { t, language } = useWorkerWords()
  const [opened, setOpened] = useState<PaidMonth | null>(null)
  const [all, setAll] = useState(false)
  const years = yearsOf(payer)
  const { paid, missing } = countsOf(payer)
  const id = `payer-${payer.relation}-${payer.employer ?? "own"}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {payer.kind === "employer" ? t("worker.paidPayer_employer", { id: payer.employer ?? "" }) : t("worker.paidPayer_own")}
      </h2>
      <p className="quiet">
        {payer.province[language]} · {payer.scheme[language]} · {t(payer.open ? "worker.paidOpen" : "worker.paidEnded")}
      </p>
      <p>
        {t("worker.paidCount", { paid })} {missing === 0 ? null : <Tag color="red">{t("worker.paidMissing", { missing })}</Tag>}
      </p>
      {years.slice(0, all ? years.length : years_shown).map(({ year, cells }) => (
        <div key={year} role="group" aria-label={year}>
          <strong>{year}</strong>
          <div className="paid-cells">
            {cells.map((one, i) =>
              one === null ? (
                <span key={i} />
              ) : (
                <button
                  key={i}
                  type="button"
                  className={`paid paid-${one.state}`}
                  aria-label={`${one.month} ${t(`worker.state_${one.state}`)}`}
                  data-month={i + 1}
                  data-mark={marks[one.state]}
                  onClick={() => setOpened(one)}
                />
              ),
            )}
          </div>
        </div>
      ))}
      {all || years.length <= years_shown ? null : (
        <button type="button" className="num no-print" onClick={() => setAll(true)}>
          {t("worker.paidEarlier")}
        </button>
      )}
      {opened === null ? null : <OneMonth payer={payer} one={opened} stages={stages} onClose={() => setOpened(null)} />}
    </section>
  )
}

const Alerts = ({ alerts }: { readonly alerts: PaidAnswer["alerts"] }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">{t("worker.paidAlerts")}</h2>
      {alerts.length === 0 ? <None text={t("worker.paidNoAlerts")} /> : null}
      <ul className="plain stack">
        {alerts.map((one) => (
          <li key={`${one.relation}${one.from}`} className={one.state === "unreported" ? "alarm soft" : "alarm"}>
            <strong>{one[language]}</strong>
            <p>{one.acts[language]}</p>
            {one.state === "unreported" ? null : (
              <Doubt
                doubted={{ subject: `paid:${one.relation}:${one.from}`, shown: `${span(one)} ${t(`worker.state_${one.state}`)}` }}
                label={t("worker.complain")}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

export const PaidPage = (): ReactNode => {
  const { t, language } = useWorkerWords()
  const session = useSession()
  const key = session.caller.person ?? ""
  const paid = useQuery({
    queryKey: ["paid", key],
    queryFn: () => ask(client.GET("/national/persons/{key}/paid", { params: { path: { key } }, headers: headersOf(session) })),
  })
  return (
    <section className="page phone stack worker">
      <h1>{t("worker.paidTitle")}</h1>
      <p className="quiet">{t("worker.paidLead")}</p>
      {paid.isPending ? <Loading rows={8} /> : null}
      {paid.error === null ? null : <Failure error={paid.error} retry={() => void paid.refetch()} />}
      {paid.data === undefined ? null : (
        <>
          <Alerts alerts={paid.data.alerts} />
          {paid.data.payers.map((payer) => (
            <PayerGrid key={`${payer.relation}${payer.employer ?? ""}`} payer={payer} stages={paid.data.stages} />
          ))}
          <section aria-labelledby="stages">
            <h2 id="stages">{t("worker.stagesTitle")}</h2>
            <ul className="plain lines">
              {paid.data.stages.map((stage) => (
                <li key={stage.stage}>{stage[language]}</li>
              ))}
            </ul>
            <p className="quiet">{t("worker.platformNote")}</p>
          </section>
        </>
      )}
    </section>
  )
}
