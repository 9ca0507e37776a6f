/** The person's appeals: which, who answers until when. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link } from "react-router"
import type { AppealSummary } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag, type Tone } from "../tag.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

export const toneOf = ({ status, overdue }: Pick<AppealSummary, "status" | "overdue">): Tone => {
  if (overdue) return "red"
  switch (status) {
    case "open":
      return "blue"
    case "waiting":
      return "gold"
    case "upheld":
      return "green"
    case "rejected":
    case "withdrawn":
      return "plain"
  }
}

const Line = ({ one }: { readonly one: AppealSummary }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <li>
      <Link className="card appeal-line" to={`/me/appeals/${one.id}`}>
        <span className="head">
          <strong>{one.about[language]}</strong>
          <Tag color={toneOf(one)}>{one.statusWords[language]}</Tag>
        </span>
        <span>
          {t("worker.shownThen")} {one.shown}
        </span>
        <span className={one.overdue ? "notice" : "quiet"}>{one.next[language]}</span>
        <span className="quiet">{t("worker.filedOn", { on: one.filedOn })}</span>
      </Link>
    </li>
  )
}

export const AppealsPage = (): ReactNode => {
  const { t } = useWorkerWords()
  const session = useSession()
  const appeals = useQuery({
    queryKey: ["appeals", "mine"],
    queryFn: () => ask(client.GET("/national/appeals", { params: { query: { state: "all" } }, headers: headersOf(session) })),
  })
  return (
    <section className="page phone stack worker">
      <h1>{t("worker.appealsTitle")}</h1>
      <p className="quiet">{t("worker.appealsLead")}</p>
      {appeals.isPending ? <Loading rows={4} /> : null}
      {appeals.error === null ? null : <Failure error={appeals.error} retry={() => void appeals.refetch()} />}
      {appeals.data?.appeals.length === 0 ? <None text={t("worker.appealsNone")} /> : null}
      <ul className="plain stack">
        {appeals.data?.appeals.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
    </section>
  )
}
