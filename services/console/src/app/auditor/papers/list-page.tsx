/** All engagements, newest first, and the way to open one. */
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { isProvince, provinceCodes } from "@tongzhang/domain/codes"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link, useNavigate } from "react-router"
import { momentInChina, yuan } from "../../../view/amounts.js"
import { provinceName } from "../../../view/places.js"
import type { PaperSummary } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import "../auditor.css"
import { usePapers } from "./paper.js"
import { usePaperWords } from "./words.js"

const empty = { engagement: "", title: "", scope: "", province: "", from: "", to: "" }
type Draft = typeof empty

const OpenForm = (): ReactNode => {
  const { t, language } = usePaperWords()
  const session = useSession()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>(empty)
  const open = useMutation({
    mutationFn: () =>
      ask(
        client.POST("/audit/workpapers", {
          headers: headersOf(session),
          body: { ...draft, province: isProvince(draft.province) ? draft.province : null, scheme: null },
        }),
      ),
    onSuccess: async ({ engagement }) => {
      await queries.invalidateQueries({ queryKey: ["papers"] })
      void navigate(`/audit/papers/${engagement}`)
    },
  })
  const field = (name: keyof Draft, label: string, type = "text", pattern?: string): ReactNode => (
    <label className={type === "text" ? "field grow" : "field"}>
      <span>{label}</span>
      <input
        className={type === "text" ? "text" : ""}
        type={type}
        required
        {...(pattern === undefined ? {} : { pattern, title: t("papers.idHint") })}
        value={draft[name]}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  )
  return (
    <details className="card">
      <summary>{t("papers.open")}</summary>
      <form
        className="row form-in"
        onSubmit={(event) => {
          event.preventDefault()
          open.mutate()
        }}
      >
        {field("engagement", t("papers.id"), "text", "[A-Z0-9][A-Za-z0-9.]{0,39}")}
        {field("title", t("papers.name"))}
        {field("scope", t("papers.scope"))}
        {field("from", t("papers.from"), "date")}
        {field("to", t("papers.to"), "date")}
        <label className="field">
          <span>{t("papers.province")}</span>
          <select value={draft.province} onChange={(event) => setDraft({ ...draft, province: event.target.value })}>
            <option value="">{t("papers.nation")}</option>
            {provinceCodes.map((code) => (
              <option key={code} value={code}>
                {provinceName(code, language)}
              </option>
            ))}
          </select>
        </label>
        <Button htmlType="submit" type="primary" loading={open.isPending}>
          {t("papers.create")}
        </Button>
        <p className="quiet">{t("papers.idHint")}</p>
      </form>
      {open.error === null ? null : <Failure error={open.error} />}
    </details>
  )
}

const One = ({ paper }: { readonly paper: PaperSummary }): ReactNode => {
  const { t, language } = usePaperWords()
  const { engagement, title, status, auditor, province, from, to, stamp } = paper
  return (
    <li className="card stack">
      <div className="head">
        <Link to={`/audit/papers/${engagement}`}>
          <strong className="mono">{engagement}</strong> {title}
        </Link>
        <Tag color={status === "open" ? "blue" : "green"}>{t(`papers.status_${status}`, { who: auditor })}</Tag>
      </div>
      <p className="quiet">
        {province === null ? t("papers.nation") : provinceName(province, language)} · {from} – {to} · {momentInChina(stamp.at)}
      </p>
      <p>
        {t("papers.counts", {
          samples: paper.samples,
          tested: paper.tested,
          items: paper.items,
          findings: paper.findings,
          open: paper.findings_open,
          amount: yuan(paper.amount_fen),
        })}
      </p>
    </li>
  )
}

export const PapersPage = (): ReactNode => {
  const { t } = usePaperWords()
  const papers = usePapers()
  return (
    <section className="page stack">
      <h1>{t("papers.title")}</h1>
      <p className="quiet">{t("papers.lead")}</p>
      <OpenForm />
      {papers.isPending ? <Loading rows={4} /> : null}
      {papers.error === null ? null : <Failure error={papers.error} retry={() => void papers.refetch()} />}
      {papers.data?.engagements.length === 0 ? <Nothing text={t("papers.none")} /> : null}
      <ul className="plain stack">
        {papers.data?.engagements.map((paper) => (
          <One key={paper.engagement} paper={paper} />
        ))}
      </ul>
    </section>
  )
}
