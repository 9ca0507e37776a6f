/** The statement 信息表: filled in from the ledger, compared field by field with one's own books before anything is sent. */
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { yuan } from "../../../view/amounts.js"
import { amountsOf, differencesOf, type Field, fenOf, fields, typedYuan } from "../../../view/tasks.js"
import type { Application, Leg, StatementDraft } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Dialog } from "../../dialog.js"
import { Failure } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { beginHere } from "../walk.js"
import { afterwards, useSay } from "./acts.js"
import { useTaskWords } from "./words.js"

type Typed = Readonly<Record<Field, string>>

const valueOf = (field: Field, typed: string): number | null =>
  field === "months" ? (/^\d{1,4}$/u.test(typed.trim()) ? Number(typed) : null) : fenOf(typed)
const shown = (field: Field, value: number): string => (field === "months" ? String(value) : yuan(value))

const Row = ({
  field,
  ledger,
  typed,
  onType,
}: {
  readonly field: Field
  readonly ledger: number
  readonly typed: string
  readonly onType: (text: string) => void
}): ReactNode => {
  const { t } = useTaskWords()
  const own = valueOf(field, typed)
  return (
    <tr className={own === ledger ? "" : "differs"}>
      <th scope="row">{t(`tasks.field_${field}`)}</th>
      <td className="right">{shown(field, ledger)}</td>
      <td>
        <Input
          className="amount"
          inputMode="decimal"
          aria-label={`${t("tasks.own")} ${t(`tasks.field_${field}`)}`}
          aria-invalid={own !== ledger}
          value={typed}
          onChange={(event) => onType(event.target.value)}
        />
      </td>
      <td className="right" aria-live="polite">
        {own === null ? (
          <Tag color="red">{t("tasks.unreadable")}</Tag>
        ) : own === ledger ? (
          <Tag color="green">{t("tasks.noDifference")}</Tag>
        ) : (
          <Tag color="red">
            {own > ledger ? "+" : "−"}
            {shown(field, Math.abs(own - ledger))}
          </Tag>
        )}
      </td>
    </tr>
  )
}

/** Sends what was looked at: the service refuses it should the ledger have moved on since. */
const useSend = (application: Application, leg: Leg, draft: StatementDraft) => {
  const session = useSession()
  const queries = useQueryClient()
  const path = { id: application.transferId, province: leg.from.code }
  return useMutation({
    mutationFn: () => {
      const { months, account_fen, pooled_fen, bases_fen } = draft.moved
      return ask(
        client.POST("/transfer/{id}/legs/{province}/statement", {
          params: { path: path as never },
          headers: headersOf(session),
          body: { months, account_fen, pooled_fen, bases_fen },
        }),
      )
    },
    onSuccess: () => {
      queries.setQueryData(["draft", path.id, path.province], null)
      return afterwards(queries, path.id)
    },
  })
}

type Props = { readonly application: Application; readonly leg: Leg; readonly draft: StatementDraft }

const Differs = ({
  application,
  leg,
  differing,
  typed,
  draft,
}: Props & { readonly differing: readonly Field[]; readonly typed: Typed }) => {
  const { t } = useTaskWords()
  const say = useSay(application.transferId, leg.from.code)
  const ledger = amountsOf(draft.moved)
  const reason = differing
    .map(
      (field) =>
        `${t(`tasks.field_${field}`)}: ${t("tasks.own")} ${typed[field]}, ${t("tasks.ledger")} ${shown(field, ledger[field])}`,
    )
    .join("; ")
    .slice(0, 200)
  return (
    <div className="stack">
      <p className="notice" role="alert">
        {t("tasks.differs", { count: differing.length })}
      </p>
      <Button loading={say.isPending} onClick={() => say.mutate({ what: "dispute", text: reason })}>
        {t("tasks.askBack")}
      </Button>{" "}
      <span className="quiet">{reason}</span>
      {say.error === null ? null : <Failure error={say.error} />}
    </div>
  )
}

export const Reply = ({ application, leg, draft }: Props): ReactNode => {
  const { t, language } = useTaskWords()
  const ledger = amountsOf(draft.moved)
  const [typed, setTyped] = useState<Typed>({
    months: String(ledger.months),
    account_fen: typedYuan(ledger.account_fen),
    pooled_fen: typedYuan(ledger.pooled_fen),
    bases_fen: typedYuan(ledger.bases_fen),
  })
  const [confirming, setConfirming] = useState(false)
  const send = useSend(application, leg, draft)
  const own = Object.fromEntries(fields.map((field) => [field, valueOf(field, typed[field])])) as Record<Field, number | null>
  const differing = differencesOf(ledger, own)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (differing.length === 0) setConfirming(true)
  }
  const sum = yuan(ledger.account_fen + ledger.pooled_fen)
  return (
    <form className="stack" onSubmit={submit}>
      <h3>{t("tasks.reply")}</h3>
      <p className="quiet">{t("tasks.replyLead")}</p>
      <div className="scroll">
        <table className="data compare">
          <thead>
            <tr>
              <td />
              <th scope="col" className="right">
                {t("tasks.ledger")}
              </th>
              <th scope="col">{t("tasks.own")}</th>
              <th scope="col" className="right">
                {t("tasks.difference")}
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <Row
                key={field}
                field={field}
                ledger={ledger[field]}
                typed={typed[field]}
                onType={(text) => setTyped((now) => ({ ...now, [field]: text }))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {differing.length > 0 ? (
        <Differs application={application} leg={leg} draft={draft} differing={differing} typed={typed} />
      ) : (
        <Button type="primary" htmlType="submit">
          {t("tasks.send")}
        </Button>
      )}
      {confirming ? (
        <Dialog
          title={t("tasks.confirm")}
          onClose={() => setConfirming(false)}
          footer={
            <>
              <Button type="primary" ref={beginHere} loading={send.isPending} onClick={() => send.mutate()}>
                {t("tasks.confirmGo")}
              </Button>
              <Button onClick={() => setConfirming(false)}>{t("cancel")}</Button>
            </>
          }
        >
          <p>{t("tasks.confirmText", { to: application.to[language], months: ledger.months, sum })}</p>
          {send.error === null ? null : <Failure error={send.error} />}
        </Dialog>
      ) : null}
    </form>
  )
}
