/** A person's history as a film: loaded and folded once by the service, played here without another question. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link, useParams, useSearchParams } from "react-router"
import type { HistoryStep } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import { useSession } from "../../session.js"
import "../auditor.css"
import { SideNote } from "../papers/note.js"
import { Compare } from "./compare.js"
import { Controls } from "./controls.js"
import { Grid } from "./grid.js"
import { EventList } from "./list.js"
import { Moment } from "./moment.js"
import { usePlayer } from "./player.js"
import { Changes, StepCard } from "./step.js"
import { useReplayWords } from "./words.js"

const useValidAt = (): readonly [string | null, (month: string | null) => void] => {
  const [params, setParams] = useSearchParams()
  const set = (month: string | null): void =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      next.delete("step") // another set of facts: its steps are counted anew
      if (month === null) next.delete("validAt")
      else next.set("validAt", month)
      return next
    })
  return [params.get("validAt"), set]
}

export const ReplayPage = (): ReactNode => {
  const { t } = useReplayWords()
  const { key = "" } = useParams()
  const session = useSession()
  const [validAt, setValidAt] = useValidAt()
  const history = useQuery({
    queryKey: ["history", key, validAt],
    queryFn: () => {
      const query = { months: "true" as const, ...(validAt === null ? {} : { validAt }) }
      const headers = headersOf(session)
      return ask(client.GET("/audit/persons/{key}/history", { params: { path: { key }, query }, headers }))
    },
  })
  const steps = history.data?.steps ?? []
  const who = steps.find(({ event }) => event.identity !== undefined)?.event.identity
  return (
    <section className="page stack replay">
      <header className="head">
        <div>
          <h1>{t("replay.title")}</h1>
          <p>
            {who === undefined ? null : (
              <strong>
                {who.name ?? t("erased")} <span className="mono">{who.citizenId ?? ""}</span>
              </strong>
            )}{" "}
            <span className="quiet mono">{key}</span>
          </p>
        </div>
        <div className="row no-print">
          <Link to={`/persons/${key}`}>{t("replay.record")}</Link>
          <Link to={`/audit/bundles?person=${key}`}>{t("replay.bundle")}</Link>
        </div>
      </header>
      <p className="quiet no-print">{t("replay.lead")}</p>
      {history.isPending ? <Loading rows={12} /> : null}
      {history.error === null ? null : <Failure error={history.error} retry={() => void history.refetch()} />}
      {history.data === undefined ? null : (
        <Film key={validAt ?? ""} personKey={key} steps={steps} validAt={validAt} onValidAt={setValidAt} />
      )}
    </section>
  )
}

const Film = ({
  personKey,
  steps,
  validAt,
  onValidAt,
}: {
  readonly personKey: string
  readonly steps: readonly HistoryStep[]
  readonly validAt: string | null
  readonly onValidAt: (month: string | null) => void
}): ReactNode => {
  const { t } = useReplayWords()
  const player = usePlayer(steps)
  const step = steps[player.at - 1]
  return (
    <>
      <Controls steps={steps} player={player} />
      <Moment {...{ steps, player, validAt, onValidAt }} />
      {steps.length === 0 ? <Nothing text={t("replay.empty")} /> : null}
      <div className="replay-columns">
        <div className="stack">
          {step === undefined ? (
            <section className="card">
              <p>{t("replay.before")}</p>
            </section>
          ) : (
            <>
              <StepCard step={step} at={player.at} />
              <Changes step={step} />
              <SideNote event={step.event.id} />
            </>
          )}
          <Grid steps={steps} at={player.at} />
        </div>
        <EventList steps={steps} player={player} />
      </div>
      <Compare personKey={personKey} steps={steps} at={player.at} />
    </>
  )
}
