/** The worker's page, phone first: what do I have, what is under way and who acts, who has seen my data. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Link } from "react-router"
import { momentInChina, yearsAndMonths, yuan } from "../../view/amounts.js"
import { provincesInOrder } from "../../view/matrix.js"
import { doubtOf } from "../../view/appeal.js"
import { openFirst } from "../../view/cases.js"
import { provinceName, schemeName } from "../../view/places.js"
import { seenWhat } from "../../view/seen.js"
import type { UnifiedRecord } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { ExplainProvider, Num, type Subject } from "../record/explain-context.js"
import { FreshnessTags } from "../record/freshness.js"
import { Months } from "../record/months.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"
import { Doubt } from "./doubt.js"
import { Gaps } from "./gaps.js"
import { ApplicationBar } from "./progress.js"
import { Statement } from "./statement.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

const Seen = ({ personKey }: { readonly personKey: string }): ReactNode => {
  const { t, language } = useLanguage()
  const session = useSession()
  const seen = useQuery({
    queryKey: ["accesses", personKey],
    queryFn: () =>
      ask(client.GET("/national/persons/{key}/accesses", { params: { path: { key: personKey } }, headers: headersOf(session) })),
  })
  const others = seen.data?.accesses.filter((one) => one.caller.kind !== "person") ?? []
  return (
    <section aria-labelledby="seen">
      <h2 id="seen">{t("meSeen")}</h2>
      {seen.isPending ? <Loading rows={2} /> : null}
      {seen.error === null ? null : <Failure error={seen.error} retry={() => void seen.refetch()} />}
      {seen.data !== undefined && others.length === 0 ? <p>{t("meSeenNone")}</p> : null}
      <ul className="plain lines">
        {others.slice(0, 20).map((one) => (
          <li key={one.id}>
            <span>
              {t(`desk_${one.caller.kind as "center"}`)}
              {one.caller.province === null ? "" : ` · ${provinceName(one.caller.province, language)}`} ·{" "}
              {t(`seenWhat_${seenWhat(one.what)}`)}
            </span>
            <span className="quiet">
              {momentInChina(one.at)} · {t(`purpose_${one.purpose as "service"}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const DoubtOf = ({ about, record }: { readonly about: Subject; readonly record: UnifiedRecord }): ReactNode => {
  const { language } = useLanguage()
  const doubted = doubtOf(about, record, language)
  return doubted === null ? null : <Doubt doubted={doubted} />
}

const months = { kind: "family", family: "pension", number: "months_standing" } as const
const money = { kind: "family", family: "pension", number: "account_fen" } as const

const Have = ({ record }: { readonly record: UnifiedRecord }): ReactNode => {
  const { t, language } = useLanguage()
  const pension = record.totals.families.find((one) => one.family === "pension")
  const others = record.totals.families.filter((one) => one.family !== "pension")
  const relations = record.relations.filter((one) => one.family === "pension")
  return (
    <>
      <div className="hero">
        <p>
          <span>{t("meMonths")}</span>
          <Num subject={months}>{yearsAndMonths(pension?.months_total ?? 0, language)}</Num>
          <DoubtOf about={months} record={record} />
        </p>
        <p>
          <span>{t("meMoney")}</span>
          <Num subject={money}>{yuan(pension?.account_fen ?? 0)}</Num>
          <DoubtOf about={money} record={record} />
        </p>
      </div>
      <section aria-labelledby="where">
        <h2 id="where">{t("meProvinces")}</h2>
        <ul className="plain lines">
          {relations.map((one) => (
            <li key={`${one.province}_${one.scheme}`}>
              <span>
                {provinceName(one.province, language)} · {schemeName(one.scheme, language)} <Tag>{t(`status_${one.status}`)}</Tag>
              </span>
              <Num subject={{ kind: "relation", relation: `${one.province}_${one.scheme}`, number: "months_standing" }}>
                {yearsAndMonths(one.months_standing, language)}
              </Num>
            </li>
          ))}
        </ul>
      </section>
      <Gaps record={record} />
      {others.length === 0 ? null : (
        <section aria-labelledby="other">
          <h2 id="other">{t("meOther")}</h2>
          <ul className="plain lines">
            {others.map((one) => (
              <li key={one.family}>
                <span>{t(`family_${one.family}`)}</span>
                <Num subject={{ kind: "family", family: one.family, number: "months_standing" }}>
                  {yearsAndMonths(one.months_total, language)}
                </Num>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

export const Me = (): ReactNode => {
  const { t } = useWorkerWords()
  const session = useSession()
  const key = session.caller.person ?? ""
  const record = useQuery({
    queryKey: ["record", key],
    queryFn: () => ask(client.GET("/national/persons/{key}/record", { params: { path: { key } }, headers: headersOf(session) })),
  })
  const open = openFirst(record.data?.record.cases.transfers ?? []).filter((one) => one.open)
  return (
    <section className="page phone stack worker">
      <h1>{t("meTitle")}</h1>
      <p className="quiet">
        {record.data?.identity.name ?? ""} <span className="mono">{record.data?.identity.citizenId ?? ""}</span> {t("meLead")}
      </p>
      {record.isPending ? <Loading rows={8} /> : null}
      {record.error === null ? null : <Failure error={record.error} retry={() => void record.refetch()} />}
      {record.data === undefined ? null : (
        <ExplainProvider
          personKey={key}
          knownAt={null}
          record={record.data.record}
          below={(about) => <DoubtOf about={about} record={record.data.record} />}
        >
          <Have record={record.data.record} />
          <section aria-labelledby="applications">
            <h2 id="applications">{t("meApplications")}</h2>
            {open.length === 0 ? <p>{t("meApplicationsNone")}</p> : null}
            {open.map((one) => (
              <ApplicationBar key={one.transferId} id={one.transferId} />
            ))}
            <Link to="/me/move">{t("worker.moveTitle")}</Link>
          </section>
          <Months record={record.data.record} provinces={provincesInOrder(record.data.record)} />
          <FreshnessTags freshness={record.data.freshness} />
          <Seen personKey={key} />
          <Statement answer={record.data} />
        </ExplainProvider>
      )}
    </section>
  )
}
