/** What the letter expected, what the ledger says now, what was stated and what has arrived; and the facts that make them differ. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { momentInChina, span, yuan } from "../../../view/amounts.js"
import { type Compared, comparedOf } from "../../../view/tasks.js"
import type { Application, Leg, StatementDraft } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { useTaskWords } from "./words.js"

const shown = (row: Compared, value: number | null): string =>
  value === null ? "—" : row.field === "months" ? String(value) : yuan(value)

/** Facts of the relation that the letter could not know. */
const WhyDiffer = ({ application, leg }: { readonly application: Application; readonly leg: Leg }): ReactNode => {
  const { t, language } = useTaskWords()
  const session = useSession()
  const knownAt = application.explainedBy?.knownAt
  const since = useQuery({
    queryKey: ["diff", application.person, knownAt],
    enabled: knownAt !== undefined,
    queryFn: () =>
      ask(
        client.GET("/national/persons/{key}/diff", {
          params: { path: { key: application.person }, query: knownAt === undefined ? {} : { knownAt } },
          headers: headersOf(session, "transfer"),
        }),
      ),
  })
  const mine = `Enrollment-${leg.from.code}_${application.scheme}_`
  const facts = since.data?.events.filter((one) => one.stream.startsWith(mine)) ?? []
  return (
    <div className="stack">
      <h3>{t("tasks.why")}</h3>
      {since.isPending && knownAt !== undefined ? <Loading rows={2} /> : null}
      {since.error === null ? null : <Failure error={since.error} retry={() => void since.refetch()} />}
      {since.data === undefined ? null : <p>{facts.length === 0 ? t("tasks.whyNone") : t("tasks.whyLead")}</p>}
      <ul className="plain lines">
        {facts.map((one) => (
          <li key={one.id}>
            <span>{one.what[language]}</span>
            <span className="quiet">
              {one.who[language]} · {momentInChina(one.recordedAt)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const Form = ({ draft }: { readonly draft: StatementDraft }): ReactNode => {
  const { t } = useTaskWords()
  return (
    <details>
      <summary>{t("tasks.form")}</summary>
      <ul className="plain lines">
        {draft.controlSums.map((one) => (
          <li key={one.rule}>
            <span className="mono">{one.rule}</span>
            <Tag color={one.holds ? "green" : "red"}>{one.holds ? t("tasks.holds") : t("tasks.broken")}</Tag>
          </li>
        ))}
        {Object.entries(draft.form).map(([code, value]) => (
          <li key={code}>
            <span className="mono">{code}</span>
            <span className="mono">
              {code.startsWith("AIC") && typeof value === "number" ? yuan(value) : String(value ?? "—")}
            </span>
          </li>
        ))}
      </ul>
      <p className="quiet">
        {draft.citation.article} · {draft.citation.version}
      </p>
    </details>
  )
}

export const Amounts = ({
  application,
  leg,
  draft,
}: {
  readonly application: Application
  readonly leg: Leg
  readonly draft: StatementDraft | null
}): ReactNode => {
  const { t } = useTaskWords()
  const rows = comparedOf(leg, draft)
  const differs = rows.some((row) => row.differs)
  const periods = (draft?.moved ?? leg.statement ?? leg.planned).months.map(span).join(", ")
  const columns = [t("tasks.letter"), t("tasks.ledger"), t("tasks.stated"), t("tasks.received")]
  return (
    <section className="card stack" aria-labelledby="amounts">
      <h2 id="amounts">{t("tasks.amounts")}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-labelledby="amounts">
        <table className="data compare">
          <thead>
            <tr>
              <td />
              {columns.map((column) => (
                <th key={column} scope="col" className="right">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field} className={row.differs ? "differs" : ""}>
                <th scope="row">{t(`tasks.field_${row.field}`)}</th>
                <td className="right">{shown(row, row.letter)}</td>
                <td className="right">{shown(row, row.ledger)}</td>
                <td className="right">{shown(row, row.stated)}</td>
                <td className="right">{shown(row, row.received)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">{t("tasks.periods", { ranges: periods })}</p>
      {differs ? <WhyDiffer application={application} leg={leg} /> : <p>{t("tasks.same")}</p>}
      {draft === null ? null : <Form draft={draft} />}
    </section>
  )
}
