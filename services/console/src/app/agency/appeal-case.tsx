/** One appeal on the desk: three values beside each other, the person's words, the answer or passing on. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { provinceCodes } from "@tongzhang/domain/codes"
import { Alert, Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { Link } from "react-router"
import { momentInChina } from "../../view/amounts.js"
import { provinceName } from "../../view/places.js"
import type { Appeal } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"
import { useAppealWords } from "./appeals-words.js"

const outcomes = ["upheld", "rejected", "more_needed"] as const
const templates = ["appeals.template1", "appeals.template2", "appeals.template3"] as const
/** What an agency rejects with most; it may write another one. */
const usualArticle = "社会保险法 Art 60, 63"

const Values = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t, language } = useAppealWords()
  const { filed, today } = appeal.values
  return (
    <div className="appeal-three">
      <p>
        {t("appeals.shown")} <strong>{appeal.shown}</strong>
      </p>
      <p>
        {t("appeals.then")} <strong>{filed?.[language] ?? t("appeals.notHeld")}</strong>
      </p>
      <p className={filed?.en === today?.en ? "" : "appeal-differs"}>
        {t("appeals.today")} <strong>{today?.[language] ?? t("appeals.notHeld")}</strong>
      </p>
    </div>
  )
}

const History = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t, language } = useAppealWords()
  return (
    <ol className="plain lines">
      {appeal.history.map((line) => (
        <li key={`${line.at}${line.type}`}>
          <span>
            {line.words[language]}
            {line.type === "AppealFiled" || line.type === "AppealSupplemented" ? (
              <>
                <br />
                {t("appeals.words")}: <q>{line.text ?? t("appeals.erased")}</q>
              </>
            ) : null}
          </span>
          <span className="quiet">{momentInChina(line.at)}</span>
        </li>
      ))}
    </ol>
  )
}

const useDone = (): (() => void) => {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: ["appeals"] })
}

const Answer = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useAppealWords()
  const session = useSession()
  const done = useDone()
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>("upheld")
  const [reason, setReason] = useState("")
  const [article, setArticle] = useState(usualArticle)
  const [correction, setCorrection] = useState("")
  const send = useMutation({
    mutationFn: () => {
      const body = {
        outcome,
        reason: reason.trim(),
        article: outcome === "more_needed" || article.trim() === "" ? null : article.trim(),
        correction: outcome === "upheld" && correction.trim() !== "" ? correction.trim() : null,
      }
      return ask(client.POST("/national/appeals/{id}/answer", { params: { path: { id } }, headers: headersOf(session), body }))
    },
    onSuccess: done,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    send.mutate()
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <h3>{t("appeals.answer")}</h3>
      <div className="row" role="radiogroup" aria-label={t("appeals.answer")}>
        {outcomes.map((one) => (
          <label key={one}>
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => setOutcome(one)} />{" "}
            {t(`appeals.outcome_${one}`)}
          </label>
        ))}
      </div>
      <label className="field">
        <span>{t("appeals.reasonTemplate")}</span>
        <select value="" onChange={(event) => setReason(event.target.value)}>
          <option value="" />
          {templates.map((one) => (
            <option key={one}>{t(one)}</option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("appeals.reason")}</span>
        <Input.TextArea rows={3} maxLength={1_000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {outcome !== "upheld" ? null : (
        <label className="field">
          <span>{t("appeals.correction")}</span>
          <Input maxLength={500} value={correction} onChange={(event) => setCorrection(event.target.value)} />
        </label>
      )}
      {outcome === "more_needed" ? null : (
        <label className="field">
          <span>{t("appeals.article")}</span>
          <Input maxLength={200} value={article} onChange={(event) => setArticle(event.target.value)} />
        </label>
      )}
      {send.error === null ? null : <Failure error={send.error} />}
      <div>
        <Button htmlType="submit" type="primary" loading={send.isPending} disabled={reason.trim() === ""}>
          {t("appeals.send")}
        </Button>
      </div>
    </form>
  )
}

const Pass = ({ appeal }: { readonly appeal: Appeal }): ReactNode => {
  const { t, language } = useAppealWords()
  const session = useSession()
  const done = useDone()
  const [to, setTo] = useState("CN")
  const [reason, setReason] = useState("")
  const pass = useMutation({
    mutationFn: () =>
      ask(
        client.POST("/national/appeals/{id}/assign", {
          params: { path: { id: appeal.id } },
          headers: headersOf(session),
          body: { to: to as "CN", reason: reason.trim() },
        }),
      ),
    onSuccess: done,
  })
  return (
    <details>
      <summary>{t("appeals.pass")}</summary>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          pass.mutate()
        }}
      >
        <label className="field">
          <span>{t("appeals.passTo")}</span>
          <select value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="CN">{t("appeals.center")}</option>
            {provinceCodes.map((code) => (
              <option key={code} value={code}>
                {provinceName(code, language)}
              </option>
            ))}
          </select>
        </label>
        <label className="field grow">
          <span>{t("appeals.passReason")}</span>
          <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        <Button htmlType="submit" loading={pass.isPending} disabled={reason.trim() === ""}>
          {t("appeals.pass")}
        </Button>
      </form>
      {pass.error === null ? null : <Failure error={pass.error} />}
    </details>
  )
}

export const AppealCase = ({ id }: { readonly id: string }): ReactNode => {
  const { t, language } = useAppealWords()
  const session = useSession()
  const found = useQuery({
    queryKey: ["appeals", id],
    queryFn: () => ask(client.GET("/national/appeals/{id}", { params: { path: { id } }, headers: headersOf(session) })),
  })
  if (found.isPending) return <Loading rows={6} />
  if (found.error !== null) return <Failure error={found.error} retry={() => void found.refetch()} />
  const appeal = found.data
  const mine = session.caller.kind === "center" || appeal.holder.code === session.caller.province
  const then = appeal.position === null ? "" : `?knownAt=${encodeURIComponent(appeal.position)}`
  return (
    <div className="stack">
      <div className="card stack">
        <div className="head">
          <h2>{appeal.about[language]}</h2>
          <Tag color={appeal.overdue ? "red" : "blue"}>{appeal.statusWords[language]}</Tag>
        </div>
        <p>{appeal.next[language]}</p>
        <Values appeal={appeal} />
        <p className="row">
          <Link to={`/persons/${appeal.person}`}>{t("appeals.record")}</Link>
          <Link to={`/persons/${appeal.person}${then}`}>{t("appeals.recordThen")}</Link>
        </p>
        <h3>{t("appeals.history")}</h3>
        <History appeal={appeal} />
      </div>
      {appeal.answer === null || appeal.status === "open" ? null : <Alert type="success" showIcon title={t("appeals.sent")} />}
      {mine && appeal.status === "open" ? (
        <>
          <Answer id={id} />
          <Pass appeal={appeal} />
        </>
      ) : null}
    </div>
  )
}
