/** One appeal of the person's: what was said, what the ledger holds, the letter of outcome, and what one can still do. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { Link, useParams } from "react-router"
import { momentInChina } from "../../view/amounts.js"
import type { Appeal } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"
import { toneOf } from "./appeals.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

/** The three values that may differ: as shown, as the ledger held it then, as it holds it today. */
export const Values = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <dl className="facts plain-facts">
      <dt>{t("worker.shownThen")}</dt>
      <dd>{appeal.shown}</dd>
      <dt>{t("worker.ledgerThen")}</dt>
      <dd>{appeal.values.filed?.[language] ?? t("worker.notHeld")}</dd>
      <dt>{t("worker.ledgerToday")}</dt>
      <dd>{appeal.values.today?.[language] ?? t("worker.notHeld")}</dd>
    </dl>
  )
}

export const History = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <ol className="plain steps">
      {appeal.history.map((line) => (
        <li key={`${line.at}${line.type}`}>
          <span className="quiet">{momentInChina(line.at)}</span>
          <div>{line.words[language]}</div>
          {line.type === "AppealFiled" || line.type === "AppealSupplemented" ? (
            <blockquote>{line.text ?? t("worker.wordsErased")}</blockquote>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

const Letter = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t, language } = useWorkerWords()
  const { answer } = appeal
  if (answer === null || answer.outcome === "more_needed") return null
  return (
    <section className="letter" aria-labelledby="letter">
      <div className="head">
        <h2 id="letter">{t("worker.letter")}</h2>
        <Button className="no-print" size="small" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <dl className="facts plain-facts">
        <dt>{t("worker.outcome")}</dt>
        <dd>
          <strong>{appeal.statusWords[language]}</strong>
        </dd>
        <dt>{t("worker.reason")}</dt>
        <dd>{answer.reason}</dd>
        {answer.correction === null ? null : (
          <>
            <dt>{t("worker.correction")}</dt>
            <dd>{answer.correction}</dd>
          </>
        )}
        {answer.article === null ? null : (
          <>
            <dt>{t("worker.article")}</dt>
            <dd>{answer.article}</dd>
          </>
        )}
        <dt>{t("worker.letterNo")}</dt>
        <dd className="mono">{appeal.id.split("_")[1]}</dd>
      </dl>
      <p>{t("worker.answeredBy", { who: answer.by[language], on: answer.on })}</p>
      {appeal.further === null ? null : <p className="quiet">{appeal.further[language]}</p>}
    </section>
  )
}

const Acts = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t } = useWorkerWords()
  const session = useSession()
  const queries = useQueryClient()
  const [text, setText] = useState("")
  const [sure, setSure] = useState(false)
  const params = { path: { id: appeal.id } }
  const headers = headersOf(session)
  const settled = { onSuccess: () => void queries.invalidateQueries({ queryKey: ["appeals"] }) }
  const more = useMutation({
    mutationFn: () => ask(client.POST("/national/appeals/{id}/supplement", { params, headers, body: { text: text.trim() } })),
    ...settled,
  })
  const withdraw = useMutation({
    mutationFn: () => ask(client.POST("/national/appeals/{id}/withdraw", { params, headers })),
    ...settled,
  })
  if (appeal.status !== "open" && appeal.status !== "waiting") return null
  const send = (event: FormEvent): void => {
    event.preventDefault()
    more.mutate()
  }
  return (
    <div className="stack no-print">
      {appeal.status !== "waiting" ? null : (
        <form className="stack" onSubmit={send}>
          <label className="field">
            <span>{t("worker.supplement")}</span>
            <Input.TextArea value={text} rows={3} maxLength={500} onChange={(event) => setText(event.target.value)} />
          </label>
          <Button htmlType="submit" type="primary" loading={more.isPending} disabled={text.trim() === ""}>
            {t("worker.supplementSend")}
          </Button>
        </form>
      )}
      {[more.error, withdraw.error].map((error, i) => (error === null ? null : <Failure key={i} error={error} />))}
      <Button loading={withdraw.isPending} danger={sure} onClick={() => (sure ? withdraw.mutate() : setSure(true))}>
        {t(sure ? "worker.withdrawSure" : "worker.withdraw")}
      </Button>
    </div>
  )
}

export const LetterPage = (): ReactNode => {
  const { t, language } = useWorkerWords()
  const session = useSession()
  const { id = "" } = useParams()
  const found = useQuery({
    queryKey: ["appeals", id],
    queryFn: () => ask(client.GET("/national/appeals/{id}", { params: { path: { id } }, headers: headersOf(session) })),
  })
  const appeal = found.data
  return (
    <section className="page phone stack worker">
      <Link className="no-print" to="/me/appeals">
        {t("worker.myAppeals")}
      </Link>
      {found.isPending ? <Loading rows={6} /> : null}
      {found.error === null ? null : <Failure error={found.error} retry={() => void found.refetch()} />}
      {appeal === undefined ? null : (
        <>
          <h1>{appeal.about[language]}</h1>
          <p>
            <Tag color={toneOf(appeal)}>{appeal.statusWords[language]}</Tag> {appeal.next[language]}
          </p>
          <Letter appeal={appeal} />
          <section>
            <Values appeal={appeal} />
          </section>
          <section aria-labelledby="happened">
            <h2 id="happened">{t("worker.whatHappened")}</h2>
            <History appeal={appeal} />
          </section>
          <Acts appeal={appeal} />
          <p className="quiet">{t("worker.limitNote", { days: appeal.limit.days, article: appeal.limit.article })}</p>
        </>
      )}
    </section>
  )
}
