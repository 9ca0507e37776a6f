/** Move province in one application: the place is proposed, everything is found, one confirmation; then one bar (D1, D3). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Alert, Button } from "antd"
import { type ReactNode, useState } from "react"
import { span, yearsAndMonths, yuan } from "../../view/amounts.js"
import type { Preview } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { useSession } from "../session.js"
import { ApplicationBar } from "./progress.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

const What = ({ preview }: { readonly preview: Preview }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <section aria-labelledby="what">
      <h2 id="what">{t("worker.moveWhat")}</h2>
      <ul className="plain lines">
        {preview.legs.map((leg) => (
          <li key={leg.from.code}>
            <strong>{leg.from[language]}</strong>
            <span>
              {t("worker.moveMonths", {
                months: yearsAndMonths(leg.months_total, language),
                spans: leg.months.map(span).join("、"),
              })}
            </span>
            <span className="quiet">
              {t("worker.moveMoney", { account: yuan(leg.account_fen), pooled: yuan(leg.pooled_fen) })}
            </span>
          </li>
        ))}
      </ul>
      <p className="sum">
        {t("worker.moveTotal", { months: yearsAndMonths(preview.months_total, language), money: yuan(preview.amount_fen) })}
      </p>
      {preview.overlapping === 0 ? null : <p className="notice">{t("worker.moveOverlap", { count: preview.overlapping })}</p>}
      {preview.stays.length === 0 ? null : (
        <p className="quiet">
          {t("worker.moveStays")}: {preview.stays.map((one) => `${one.province[language]} (${one[language]})`).join("; ")}
        </p>
      )}
      {preview.placeOfReceipt === null ? null : (
        <p className="quiet">
          {t("worker.moveReceipt", { province: preview.placeOfReceipt.province[language] })} (
          {t(`worker.receipt_${ruleKey(preview.placeOfReceipt.rule)}`)}, 国办发〔2009〕66号 Art 6)
        </p>
      )}
      <p className="quiet">
        {t("worker.moveLatest")}: {t("worker.moveLatestText", preview.latest)}
      </p>
    </section>
  )
}

const ruleKeys = {
  HUKOU: "HUKOU",
  "CURRENT>=120": "CURRENT",
  "PREVIOUS>=120": "PREVIOUS",
  HUKOU_FALLBACK: "HUKOU_FALLBACK",
} as const
const ruleKey = (rule: string): (typeof ruleKeys)[keyof typeof ruleKeys] | "HUKOU_UNKNOWN" =>
  Object.hasOwn(ruleKeys, rule) ? ruleKeys[rule as keyof typeof ruleKeys] : "HUKOU_UNKNOWN"

const wayOut = (
  rule: string,
):
  | "worker.moveWayTemporary"
  | "worker.moveWayNothing"
  | "worker.moveWayRunning"
  | "worker.moveWayPension"
  | "worker.moveWayOther" => {
  switch (rule) {
    case "TEMPORARY_ACCOUNT_PLACE":
      return "worker.moveWayTemporary"
    case "NOTHING_TO_TRANSFER":
      return "worker.moveWayNothing"
    case "TRANSFER_ALREADY_RUNNING":
      return "worker.moveWayRunning"
    case "PENSION_DRAWN":
      return "worker.moveWayPension"
    default:
      return "worker.moveWayOther"
  }
}

const Refusals = ({ refusals }: { readonly refusals: Preview["refusals"] }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <div className="stack">
      {refusals.map((one) => (
        <Alert
          key={one.rule}
          type={one.rule === "NOTHING_TO_TRANSFER" || one.rule === "TRANSFER_ALREADY_RUNNING" ? "info" : "warning"}
          showIcon
          title={`${t("worker.moveRefused")}: ${language === "zh" ? one.hint_zh : one.hint_en}`}
          description={
            <>
              <p>
                {t("worker.moveWayOut")}: {t(wayOut(one.rule))}
              </p>
              {one.article === null ? null : (
                <p className="quiet">
                  {t("article")} {one.article}
                </p>
              )}
            </>
          }
        />
      ))}
    </div>
  )
}

const Where = (props: { readonly preview: Preview; readonly onPick: (code: string) => void }): ReactNode => {
  const { t, language } = useWorkerWords()
  const { preview, onPick } = props
  const { proposed, to, choices } = preview
  return (
    <section aria-labelledby="to">
      <h2 id="to">
        {t("worker.moveTo")} <span className="place">{to?.[language] ?? "—"}</span>
      </h2>
      {proposed === null || proposed.code !== to?.code ? null : (
        <p>
          {proposed.why[language]} <span className="quiet">({proposed.article})</span>
        </p>
      )}
      {choices.length < 2 ? null : (
        <label className="field">
          <span>{t("worker.movePick")}</span>
          <select value={to?.code ?? ""} onChange={(event) => onPick(event.target.value)}>
            {choices.map((one) => (
              <option key={one.code} value={one.code}>
                {one[language]}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  )
}

const Apply = ({ preview, onApplied }: { readonly preview: Preview; readonly onApplied: (id: string) => void }): ReactNode => {
  const { t } = useWorkerWords()
  const session = useSession()
  const [commandId] = useState(() => crypto.randomUUID())
  const to = preview.to?.code
  const apply = useMutation({
    mutationFn: () => {
      if (to === undefined) throw new Error("no place to move to")
      const body = { to, scheme: "110" as const, commandId: `${commandId}-${to}` }
      return ask(client.POST("/transfer/applications", { headers: headersOf(session), body: body as never }))
    },
    onSuccess: ({ transferId }) => onApplied(transferId),
  })
  return (
    <div className="stack">
      {apply.error === null ? null : <Failure error={apply.error} />}
      <Button type="primary" size="large" block loading={apply.isPending} onClick={() => apply.mutate()}>
        {t("worker.moveConfirm")}
      </Button>
      <p className="quiet center">{t("worker.moveAsked")}</p>
    </div>
  )
}

const usePreview = (to: string | null) => {
  const session = useSession()
  return useQuery({
    queryKey: ["preview", session.caller.person, to],
    queryFn: () => {
      const query = to === null ? {} : { to }
      return ask(client.GET("/transfer/preview", { params: { query: query as never }, headers: headersOf(session) }))
    },
  })
}

const useEnded = (): readonly string[] => {
  const session = useSession()
  const key = session.caller.person ?? ""
  const record = useQuery({
    queryKey: ["record", key],
    queryFn: () => ask(client.GET("/national/persons/{key}/record", { params: { path: { key } }, headers: headersOf(session) })),
  })
  return record.data?.record.cases.transfers.filter((one) => !one.open).map((one) => one.transferId) ?? []
}

export const MovePage = (): ReactNode => {
  const { t } = useWorkerWords()
  const queries = useQueryClient()
  const [picked, setPicked] = useState<string | null>(null)
  const [applied, setApplied] = useState<string | null>(null)
  const preview = usePreview(picked)
  const ended = useEnded()
  const running = applied ?? preview.data?.running ?? null
  const earlier = ended.filter((id) => id !== running)
  const onApplied = (id: string): void => {
    setApplied(id)
    void queries.invalidateQueries({ queryKey: ["record"] })
  }
  return (
    <section className="page phone stack worker">
      <h1>{t("worker.moveTitle")}</h1>
      <p className="quiet">{t("worker.moveLead")}</p>
      {preview.isPending ? <Loading rows={6} /> : null}
      {preview.error === null ? null : <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {running === null ? null : (
        <section aria-labelledby="running">
          <h2 id="running">{t("worker.moveRunning")}</h2>
          <ApplicationBar id={running} />
        </section>
      )}
      {preview.data === undefined || running !== null ? null : (
        <>
          <Where preview={preview.data} onPick={setPicked} />
          <Refusals refusals={preview.data.refusals} />
          {preview.data.legs.length === 0 ? null : <What preview={preview.data} />}
          {preview.data.refusals.length > 0 ? null : <Apply preview={preview.data} onApplied={onApplied} />}
        </>
      )}
      {earlier.length === 0 ? null : (
        <section aria-labelledby="earlier">
          <h2 id="earlier">{t("worker.moveEarlier")}</h2>
          {earlier.map((id) => (
            <ApplicationBar key={id} id={id} />
          ))}
        </section>
      )}
    </section>
  )
}
