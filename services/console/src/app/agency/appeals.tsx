/** The desk on which appeals are answered: the queue by limit, the number then and now, the answer with its article. */
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import type { AppealSummary } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { useSession } from "../session.js"
import { AppealCase } from "./appeal-case.js"
import "./appeals.css"
import { useAppealWords } from "./appeals-words.js"

const Clock = ({ one }: { readonly one: AppealSummary }): ReactNode => {
  const { t } = useAppealWords()
  if (one.daysLeft === null)
    return <span className="quiet">{t(one.status === "waiting" ? "appeals.paused" : "appeals.ended")}</span>
  return one.daysLeft < 0 ? (
    <span className="notice">{t("appeals.late", { days: -one.daysLeft })}</span>
  ) : (
    <span className="quiet">{t("appeals.days", { days: one.daysLeft })}</span>
  )
}

const Queue = (props: {
  readonly appeals: readonly AppealSummary[]
  readonly picked: string | null
  readonly onPick: (id: string) => void
}): ReactNode => {
  const { language } = useAppealWords()
  return (
    <ul className="plain appeal-queue">
      {props.appeals.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className={one.overdue ? "late" : ""}
            aria-current={props.picked === one.id}
            onClick={() => props.onPick(one.id)}
          >
            <strong>{one.about[language]}</strong>
            <span>
              {one.shown} · {one.holder[language]}
            </span>
            <Clock one={one} />
          </button>
        </li>
      ))}
    </ul>
  )
}

export const AppealDesk = (): ReactNode => {
  const { t } = useAppealWords()
  const session = useSession()
  const [state, setState] = useState<"open" | "ended">("open")
  const [picked, setPicked] = useState<string | null>(null)
  const queue = useQuery({
    queryKey: ["appeals", "queue", state],
    queryFn: () => ask(client.GET("/national/appeals", { params: { query: { state } }, headers: headersOf(session) })),
  })
  const { data } = queue
  return (
    <section className="page stack">
      <h1>{t("appeals.title")}</h1>
      <p className="quiet">{t(session.caller.kind === "center" ? "appeals.leadCenter" : "appeals.lead")}</p>
      <div className="row">
        <label className="field">
          <span>{t("appeals.show")}</span>
          <select value={state} onChange={(event) => setState(event.target.value as "open" | "ended")}>
            <option value="open">{t("appeals.open")}</option>
            <option value="ended">{t("appeals.ended")}</option>
          </select>
        </label>
        {data === undefined || state === "ended" ? null : (
          <p>{t("appeals.counts", { open: data.open, overdue: data.overdue })}</p>
        )}
      </div>
      {queue.isPending ? <Loading rows={4} /> : null}
      {queue.error === null ? null : <Failure error={queue.error} retry={() => void queue.refetch()} />}
      {data === undefined ? null : (
        <div className="appeal-desk">
          {data.appeals.length === 0 ? (
            <None text={t("appeals.none")} />
          ) : (
            <Queue appeals={data.appeals} picked={picked} onPick={setPicked} />
          )}
          {picked === null ? (
            <None text={data.appeals.length === 0 ? "" : t("appeals.pick")} />
          ) : (
            <AppealCase key={picked} id={picked} />
          )}
        </div>
      )}
    </section>
  )
}
