/** The unified record of one person: the heart of the center's desk. The address keeps the person and the moment, nothing else. */
import { useQuery } from "@tanstack/react-query"
import { Alert } from "antd"
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react"
import { useParams } from "react-router"
import type { Purpose } from "../../view/caller.js"
import { provincesInOrder } from "../../view/matrix.js"
import type { RecordAnswer } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import { AsOfBar, useAsOf } from "./as-of.js"
import { Cases } from "./cases.js"
import { ExplainProvider } from "./explain-context.js"
import { FreshnessTags } from "./freshness.js"
import { Identity } from "./identity.js"
import { Months } from "./months.js"
import { Gaps, Relations, Segments } from "./tables.js"
import { Totals } from "./totals.js"

const Balance = lazy(async () => ({ default: (await import("./balance.js")).Balance }))

/** From the answer's arrival to the frame that shows it; read by the browser test (`performance.getEntriesByName`). */
const useRenderMeasure = (data: RecordAnswer | undefined): void => {
  useEffect(() => {
    if (data === undefined) return
    const frame = requestAnimationFrame(() => performance.measure("record-render", "record-data"))
    return () => cancelAnimationFrame(frame)
  }, [data])
}

export const RecordPage = (): ReactNode => {
  const { t } = useLanguage()
  const { key = "" } = useParams()
  const session = useSession()
  const asOf = useAsOf()
  const [revealFor, setRevealFor] = useState<Purpose | null>(null)
  const { validAt, knownAt } = asOf
  const purpose = revealFor ?? session.purpose
  const record = useQuery({
    queryKey: ["record", key, validAt, knownAt, purpose, revealFor !== null],
    queryFn: async () => {
      const reveal = revealFor === null ? ("false" as const) : ("true" as const)
      const query = { ...(validAt === null ? {} : { validAt }), ...(knownAt === null ? {} : { knownAt }), reveal }
      const headers = headersOf(session, purpose)
      const answer = await ask(client.GET("/national/persons/{key}/record", { params: { path: { key }, query }, headers }))
      performance.mark("record-data")
      return answer
    },
  })
  useRenderMeasure(record.data)
  return (
    <section className="page stack record">
      <h1 className="visually-hidden">{t("recordTitle")}</h1>
      {record.data === undefined ? null : (
        <Identity answer={record.data} revealFor={revealFor} onReveal={setRevealFor} personKey={key} />
      )}
      <AsOfBar asOf={asOf} answer={record.data} personKey={key} />
      {record.isPending ? <Loading rows={12} /> : null}
      {record.error === null ? null : <Failure error={record.error} retry={() => void record.refetch()} />}
      {record.data === undefined ? null : (
        <ExplainProvider personKey={key} knownAt={knownAt} record={record.data.record}>
          <Body answer={record.data} />
        </ExplainProvider>
      )}
    </section>
  )
}

const Body = ({ answer }: { readonly answer: RecordAnswer }): ReactNode => {
  const { t } = useLanguage()
  const { record, quarantine, freshness } = answer
  const provinces = provincesInOrder(record)
  return (
    <>
      {quarantine === null ? null : (
        <Alert
          role="alert"
          type="warning"
          showIcon
          title={t("quarantine", { stream: quarantine.stream, revision: quarantine.revision })}
        />
      )}
      <Totals record={record} />
      <Months record={record} provinces={provinces} />
      <FreshnessTags freshness={freshness} />
      <Cases cases={record.cases} person={record.person.key} />
      <Segments segments={record.segments} />
      <Gaps gaps={record.gaps} />
      <Relations relations={record.relations} />
      <Suspense fallback={<Loading rows={4} />}>
        <Balance record={record} />
      </Suspense>
    </>
  )
}
