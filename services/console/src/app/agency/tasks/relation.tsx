/** The record behind the leg: the relation's periods, and duplicates in it. The read is entered in the person's list. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link } from "react-router"
import { span } from "../../../view/amounts.js"
import { sideNames } from "../../../view/places.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { ExplainProvider } from "../../record/explain-context.js"
import { Segments } from "../../record/tables.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { useTaskWords } from "./words.js"

export const duplicatePath = (person: string, family: string, id: string): string =>
  `/duplicates/${person}/${family}/${encodeURIComponent(id)}`

export const RelationRecord = ({ person, relation }: { readonly person: string; readonly relation: string }): ReactNode => {
  const { t, language } = useTaskWords()
  const session = useSession()
  const record = useQuery({
    queryKey: ["record", person, "transfer"],
    queryFn: () =>
      ask(
        client.GET("/national/persons/{key}/record", {
          params: { path: { key: person } },
          headers: headersOf(session, "transfer"),
        }),
      ),
  })
  if (record.isPending) return <Loading rows={4} />
  if (record.error !== null) return <Failure error={record.error} retry={() => void record.refetch()} />
  const { segments, cases } = record.data.record
  const mine = segments.filter((one) => `${one.paidIn ?? one.province}_${one.scheme}` === relation)
  const overlaps = cases.overlaps.filter((one) => one.open && one.sides.includes(relation))
  return (
    <ExplainProvider personKey={person} knownAt={null} record={record.data.record}>
      <section className="card stack" aria-labelledby="overlaps">
        <h2 id="overlaps">{t("tasks.overlaps")}</h2>
        <p className="quiet">{overlaps.length === 0 ? t("tasks.overlapsNone") : t("tasks.overlapsHint")}</p>
        <ul className="plain lines">
          {overlaps.map((one) => (
            <li key={one.case}>
              <span>
                {sideNames(one.sides, language)} ·{" "}
                {t("overlapMonths", { count: one.months, ranges: one.ranges.map(span).join(", ") })}{" "}
                <Tag color="gold">{t(`overlapStatus_${one.status}`)}</Tag>
              </span>
              <Link to={duplicatePath(person, one.family, one.case)}>{t("tasks.openCase")}</Link>
            </li>
          ))}
        </ul>
      </section>
      <div className="card">
        <Segments segments={mine} />
      </div>
    </ExplainProvider>
  )
}
