/** One duplicate: why it is one, both sides, what each decision would do, the decision, its time to be taken back, its history. */
import { useQuery } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { Link, useParams } from "react-router"
import { momentInChina, span } from "../../../view/amounts.js"
import { provinceName, sideNames } from "../../../view/places.js"
import type { Duplicate } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { ExplainProvider } from "../../record/explain-context.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { type CaseId, useCase } from "./case.js"
import { Decide, PersonsChoice } from "./decide.js"
import { Decided } from "./decided.js"
import { Options } from "./options.js"
import { OverlapMonths, Sides } from "./sides.js"
import { useDuplicateWords } from "./words.js"
import "../cases.css"

const Why = ({ found }: { readonly found: Duplicate }): ReactNode => {
  const { t, language } = useDuplicateWords()
  const ranges = found.months.map(span).join(", ")
  const legal = found.options[0]?.legal ?? "—"
  const provinces = [...new Set(found.sides.map((side) => provinceName(side.slice(0, 2), language)))]
  return (
    <section className="card stack" aria-labelledby="why">
      <h2 id="why">{t("dup.why")}</h2>
      <p>
        {found.family === "benefit"
          ? t("dup.whyBenefit", { ranges, legal })
          : t("dup.whyText", { count: found.months_total, ranges, legal })}
      </p>
      <p className="quiet">
        {t("dup.names")} {found.status === "open" ? t("dup.who", { who: provinces.join(language === "zh" ? "、" : ", ") }) : ""}
      </p>
    </section>
  )
}

const History = ({ found }: { readonly found: Duplicate }): ReactNode => {
  const { t, language } = useDuplicateWords()
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">{t("dup.history")}</h2>
      <ol className="plain lines">
        {found.history.map((one) => (
          <li key={one.id}>
            <span>{one.what[language]}</span>
            <span className="quiet">
              {one.who[language]} · {momentInChina(one.at)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Body = ({ which, found }: { readonly which: CaseId; readonly found: Duplicate }): ReactNode => {
  const session = useSession()
  const [picked, setPicked] = useState<string | null>(null)
  const record = useQuery({
    queryKey: ["record", which.person, "duplicate-check"],
    queryFn: () =>
      ask(
        client.GET("/national/persons/{key}/record", {
          params: { path: { key: which.person } },
          headers: headersOf(session, "duplicate-check"),
        }),
      ),
  })
  const { t, language } = useDuplicateWords()
  if (record.isPending) return <Loading rows={10} />
  if (record.error !== null) return <Failure error={record.error} retry={() => void record.refetch()} />
  const { identity } = record.data
  const open = found.status === "open"
  return (
    <ExplainProvider personKey={which.person} knownAt={null} record={record.data.record}>
      <div className="head">
        <h1>
          <Link to={`/persons/${which.person}`}>{identity.name ?? which.person.slice(0, 8)}</Link>{" "}
          <span className="mono quiet">{identity.citizenId ?? ""}</span>
        </h1>
        <Tag color={open ? "red" : found.status === "decided" ? "gold" : "plain"}>
          {t(`dup.status_${found.status as "open"}`)}
        </Tag>
      </div>
      <p>
        {t(`dup.kind_${found.kind as "EMP-EMP"}`)} · {sideNames(found.sides, language)}
      </p>
      <Decided which={which} found={found} />
      <Why found={found} />
      <OverlapMonths found={found} record={record.data.record} />
      <Sides found={found} record={record.data.record} />
      <Options found={found} picked={open ? picked : found.keep} onPick={open ? setPicked : null} />
      <PersonsChoice which={which} found={found} />
      {open ? <Decide which={which} found={found} picked={picked} /> : null}
      <History found={found} />
    </ExplainProvider>
  )
}

export const DuplicatePage = (): ReactNode => {
  const { person = "", family = "", id = "" } = useParams()
  const which = { person, family, id }
  const { t } = useDuplicateWords()
  const found = useCase(which)
  const { kind } = useSession().caller
  return (
    <section className="page stack">
      {kind === "agency" ? (
        <Link className="no-print" to="/duplicates">
          {t("dup.back")}
        </Link>
      ) : null}
      {found.isPending ? <Loading rows={8} /> : null}
      {found.error === null ? null : <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined ? null : <Body key={`${person} ${id}`} which={which} found={found.data} />}
    </section>
  )
}
