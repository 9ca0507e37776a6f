/** What do I have, on paper: printed by the browser, with the newest payment's receipt as QR codes that any phone checks offline (N4). */
import { useMutation } from "@tanstack/react-query"
import { Button, QRCode } from "antd"
import type { ReactNode } from "react"
import { momentInChina } from "../../view/amounts.js"
import type { RecordAnswer } from "../../view/types.js"
import { ask, client, headersOf, Refused } from "../client.js"
import { Failure } from "../feedback.js"
import { useSession } from "../session.js"
import { useWorkerWords } from "./words.js"

const side_px = 260

export const Statement = ({ answer }: { readonly answer: RecordAnswer }): ReactNode => {
  const { t, language } = useWorkerWords()
  const session = useSession()
  const headers = headersOf(session)
  const key = session.caller.person ?? ""
  const receipt = useMutation({
    mutationFn: async () => {
      const paid = await ask(client.GET("/national/persons/{key}/paid", { params: { path: { key } }, headers }))
      const newest = paid.payers
        .flatMap((payer) => payer.months.map((one) => ({ payer, one, event: one.credited?.event })))
        .filter(({ one }) => one.state === "credited" || one.state === "late")
        .toSorted((a, b) => b.one.month.localeCompare(a.one.month))[0]
      if (newest?.event === undefined) return null
      const found = await ask(client.GET("/audit/proof/events/{id}", { params: { path: { id: newest.event } }, headers }))
      return { parts: found.qr, month: newest.one.month, place: newest.payer.province }
    },
  })
  const unsealed = receipt.error instanceof Refused && receipt.error.problem.status === 409
  return (
    <section className="stack" aria-labelledby="statement">
      <h2 id="statement" className="visually-hidden">
        {t("worker.statement")}
      </h2>
      <div className="row no-print">
        <Button onClick={() => window.print()}>{t("worker.statement")}</Button>
        <Button loading={receipt.isPending} onClick={() => receipt.mutate()}>
          {t("worker.statementQrOpen")}
        </Button>
      </div>
      {receipt.error === null ? null : unsealed ? (
        <p className="notice">{t("worker.statementQrWait")}</p>
      ) : (
        <Failure error={receipt.error} />
      )}
      {receipt.data === undefined || receipt.data === null ? null : (
        <figure className="qr" aria-label={t("worker.statementQr")}>
          <div aria-hidden="true" className="row">
            {receipt.data.parts.map((part) => (
              <QRCode
                key={part.slice(0, 20)}
                type="svg"
                value={part}
                size={side_px}
                errorLevel="L"
                bordered={false}
                marginSize={4}
              />
            ))}
          </div>
          <figcaption className="quiet">
            {t("worker.statementQrText", { month: receipt.data.month, place: receipt.data.place[language] })}{" "}
            <a href="/audit/proof/verify.html">{t("worker.verifyPage")}</a>
          </figcaption>
        </figure>
      )}
      <p className="quiet">
        {t("events", { count: answer.record.asOf.events })} ·{" "}
        {t("newest", { at: momentInChina(new Date(answer.record.asOf.recordedAt).toISOString()) })}
      </p>
    </section>
  )
}
