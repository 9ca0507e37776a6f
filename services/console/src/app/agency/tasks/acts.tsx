/** What this agency may do with the leg now: reply, ask back, return, record money, settle. Everything else says whose turn it is. */
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { yuan } from "../../../view/amounts.js"
import type { Application, Leg, StatementDraft } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { ReasonForm } from "../reason.js"
import { MoneyForm } from "./money.js"
import { Reply } from "./statement.js"
import { useTaskWords } from "./words.js"

/** `draft`: null once the statement has been sent, undefined while it is asked for. */
type Props = { readonly application: Application; readonly leg: Leg; readonly draft: StatementDraft | null | undefined }
export type Saying = "dispute" | "settle" | "fail"

/** Says something about the leg; what is shown afterwards is asked anew. */
export const useSay = (id: string, province: string) => {
  const session = useSession()
  const queries = useQueryClient()
  const params = { path: { id, province } as never }
  return useMutation({
    mutationFn: ({ what, text }: { readonly what: Saying; readonly text: string }): Promise<unknown> => {
      const headers = headersOf(session)
      if (what === "settle")
        return ask(client.POST("/transfer/{id}/legs/{province}/settle", { params, headers, body: { note: text } }))
      const body = { reason: text }
      return what === "fail"
        ? ask(client.POST("/transfer/{id}/legs/{province}/fail", { params, headers, body }))
        : ask(client.POST("/transfer/{id}/legs/{province}/dispute", { params, headers, body }))
    },
    onSuccess: () => afterwards(queries, id),
  })
}

export const afterwards = async (queries: ReturnType<typeof useQueryClient>, id: string): Promise<void> => {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["application", id] }),
    queries.invalidateQueries({ queryKey: ["tasks"] }),
  ])
}

const Say = ({
  application,
  leg,
  what,
  lead,
}: Omit<Props, "draft"> & { readonly what: Saying; readonly lead: string | null }) => {
  const { t } = useTaskWords()
  const say = useSay(application.transferId, leg.from.code)
  const templates =
    what === "settle"
      ? [t("tasks.settle_1"), t("tasks.settle_2")]
      : what === "fail"
        ? [t("tasks.fail_1"), t("tasks.fail_2"), t("tasks.fail_3")]
        : [t("tasks.ask_1"), t("tasks.ask_2"), t("tasks.ask_3"), t("tasks.ask_4")]
  const go = what === "settle" ? t("tasks.settleGo") : what === "fail" ? t("tasks.returnGo") : t("tasks.askBackGo")
  return (
    <div className="stack">
      {lead === null ? null : <p className="quiet">{lead}</p>}
      <ReasonForm
        words={{ reason: t("tasks.reason"), usual: t("tasks.template"), pick: t("tasks.templatePick"), go }}
        templates={templates}
        busy={say.isPending}
        danger={what === "fail"}
        onSay={(text) => say.mutate({ what, text })}
      />
      {say.error === null ? null : <Failure error={say.error} />}
    </div>
  )
}

const SendMoney = ({ application, leg }: Omit<Props, "draft">): ReactNode => {
  const { t, language } = useTaskWords()
  if (leg.statement === null) return null
  const { account_fen, pooled_fen } = leg.statement
  return (
    <div className="stack">
      <h3>{t("tasks.sendMoney")}</h3>
      <p>
        {t("tasks.sendMoneyText", {
          to: application.to[language],
          sum: yuan(account_fen + pooled_fen),
          account: yuan(account_fen),
          pooled: yuan(pooled_fen),
          letterNo: leg.letterNo ?? "",
        })}
      </p>
    </div>
  )
}

const Main = ({ application, leg, draft }: Props): ReactNode => {
  const { t } = useTaskWords()
  const { province } = useSession().caller
  const [isOrigin, isReceiver] = [province === leg.from.code, province === application.to.code]
  if (leg.outcome !== "open") return <p>{t("tasks.overLeg")}</p>
  if (leg.disputed !== null)
    return (
      <>
        <h3>{t("tasks.settle")}</h3>
        <p>{leg.disputed}</p>
        <Say application={application} leg={leg} what="settle" lead={null} />
      </>
    )
  if (isOrigin && leg.step === "statement")
    return draft === undefined ? (
      <Loading rows={3} />
    ) : draft === null ? (
      <p role="status">{t("tasks.entering")}</p>
    ) : (
      <Reply application={application} leg={leg} draft={draft} />
    )
  if (isReceiver && leg.step === "money") return <MoneyForm application={application} leg={leg} />
  if (isOrigin && leg.step === "money") return <SendMoney application={application} leg={leg} />
  return (
    <>
      <h3>{t("tasks.wait")}</h3>
      <p className="quiet">{leg.waiting?.zh === undefined ? t("tasks.overLeg") : t("tasks.waitText")}</p>
    </>
  )
}

export const Acts = (props: Props): ReactNode => {
  const { t } = useTaskWords()
  const { province } = useSession().caller
  const [asking, setAsking] = useState(false)
  const [returning, setReturning] = useState(false)
  const { application, leg } = props
  const isOrigin = province === leg.from.code
  const mayAsk = leg.outcome === "open" && leg.disputed === null && (isOrigin || province === application.to.code)
  return (
    <section className="card stack no-print" id="act" aria-labelledby="act-title">
      <h2 id="act-title">{t("tasks.act")}</h2>
      <Main {...props} />
      {mayAsk ? (
        <details open={asking} onToggle={(event) => setAsking(event.currentTarget.open)}>
          <summary>{t("tasks.askBack")}</summary>
          {asking ? <Say application={application} leg={leg} what="dispute" lead={t("tasks.askBackLead")} /> : null}
        </details>
      ) : null}
      {mayAsk && isOrigin && leg.statement === null ? (
        <details open={returning} onToggle={(event) => setReturning(event.currentTarget.open)}>
          <summary>{t("tasks.return")}</summary>
          {returning ? <Say application={application} leg={leg} what="fail" lead={t("tasks.returnLead")} /> : null}
        </details>
      ) : null}
    </section>
  )
}
