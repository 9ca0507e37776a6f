/** Money that arrived, by the bank's slip: remittance number and the two parts. Sent again it is booked once. */
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { fenOf, typedYuan } from "../../../view/tasks.js"
import type { Application, Leg } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure } from "../../feedback.js"
import { useSession } from "../../session.js"
import { afterwards } from "./acts.js"
import { useTaskWords } from "./words.js"

export const MoneyForm = ({ application, leg }: { readonly application: Application; readonly leg: Leg }): ReactNode => {
  const { t } = useTaskWords()
  const session = useSession()
  const queries = useQueryClient()
  const expected = leg.statement ?? leg.planned
  const missing = (field: "account_fen" | "pooled_fen"): string => typedYuan(Math.max(0, expected[field] - leg.received[field]))
  const [remittance, setRemittance] = useState("")
  const [account, setAccount] = useState(missing("account_fen"))
  const [pooled, setPooled] = useState(missing("pooled_fen"))
  const [account_fen, pooled_fen] = [fenOf(account), fenOf(pooled)]
  const ready = remittance.trim() !== "" && account_fen !== null && pooled_fen !== null
  const record = useMutation({
    mutationFn: () =>
      ask(
        client.POST("/transfer/{id}/legs/{province}/money", {
          params: { path: { id: application.transferId, province: leg.from.code } as never },
          headers: headersOf(session),
          body: { remittance: remittance.trim(), account_fen: account_fen ?? 0, pooled_fen: pooled_fen ?? 0 } as never,
        }),
      ),
    onSuccess: () => afterwards(queries, application.transferId),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready) record.mutate()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <h3>{t("tasks.money")}</h3>
      <p className="quiet">{t("tasks.moneyLead")}</p>
      <div className="row">
        <label className="field">
          <span>{t("tasks.remittance")}</span>
          <Input maxLength={64} value={remittance} onChange={(event) => setRemittance(event.target.value)} />
        </label>
        <label className="field">
          <span>{t("tasks.field_account_fen")}</span>
          <Input inputMode="decimal" value={account} onChange={(event) => setAccount(event.target.value)} />
        </label>
        <label className="field">
          <span>{t("tasks.field_pooled_fen")}</span>
          <Input inputMode="decimal" value={pooled} onChange={(event) => setPooled(event.target.value)} />
        </label>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={record.isPending}>
          {t("tasks.moneyGo")}
        </Button>
      </div>
      {ready ? null : <p className="quiet">{t("tasks.moneyBad")}</p>}
      {record.error === null ? null : <Failure error={record.error} />}
    </form>
  )
}
