/** The receipt of one event: fetched, checked in the browser, to take away as a file or as QR codes. */
import { useQuery } from "@tanstack/react-query"
import { qrParts } from "@tongzhang/proof/qr"
import { Button, Input } from "antd"
import QRCode from "qrcode"
import { type ReactNode, useState } from "react"
import { useSearchParams } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import { type ReceiptVerdict, verifyReceipt } from "../../../view/proof.js"
import type { ProofLogAnswer } from "../../../view/types.js"
import { ask, client, headersOf, saveBlob } from "../../client.js"
import { Failure } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Verdict } from "./verdict.js"
import { useProofWords } from "./words.js"

type Got = { readonly text: string; readonly verdict: ReceiptVerdict; readonly codes: readonly string[] }

const codesOf = (text: string): Promise<string[]> =>
  Promise.all(
    qrParts(text).map(async (part) => {
      const svg = await QRCode.toString(part, { type: "svg", errorCorrectionLevel: "L", margin: 2 })
      return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
    }),
  )

/** Fetched once for every event that is asked for; each fetch is a read that the person sees. */
const useReceipt = (log: ProofLogAnswer, id: string) => {
  const session = useSession()
  return useQuery({
    queryKey: ["receipt", id],
    enabled: id !== "",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async (): Promise<Got> => {
      const headers = headersOf(session)
      const { receipt: text } = await ask(client.GET("/audit/proof/events/{id}", { params: { path: { id } }, headers }))
      return { text, verdict: await verifyReceipt(text, log.vkey, log.witnesses), codes: await codesOf(text) }
    },
  })
}

const Taken = ({ got }: { readonly got: Got }): ReactNode => {
  const { t } = useProofWords()
  const { verdict, text, codes } = got
  if (!verdict.ok) return <Verdict good={false}>{t("proof.receiptBad", { problem: verdict.problem })}</Verdict>
  const at = momentInChina(new Date(verdict.recordedAt).toISOString())
  return (
    <>
      <Verdict good>{t("proof.receiptGood", { index: verdict.index, size: verdict.size, at })}</Verdict>
      <dl className="facts wide-facts">
        <div>
          <dt>{t("event")}</dt>
          <dd className="mono">
            {verdict.type} {verdict.id}
          </dd>
        </div>
        <div>
          <dt>{t("proof.receiptSigned")}</dt>
          <dd className="mono">{verdict.signed.map(({ name }) => name).join(", ")}</dd>
        </div>
      </dl>
      <div className="row no-print">
        <Button onClick={() => saveBlob(new Blob([text], { type: "text/plain" }), `${verdict.id}.tlog-proof`)}>
          {t("proof.receiptSave")}
        </Button>
        <a href="/audit/proof/verify.html" target="_blank" rel="noreferrer">
          {t("proof.receiptPage")}
        </a>
      </div>
      <details>
        <summary>{t("proof.receiptCodes")}</summary>
        <div className="codes">
          {codes.map((code, i) => (
            <img key={code} src={code} alt={t("proof.receiptCode", { n: i + 1, of: codes.length })} />
          ))}
        </div>
      </details>
    </>
  )
}

export const ReceiptOf = ({ log }: { readonly log: ProofLogAnswer }): ReactNode => {
  const { t } = useProofWords()
  const [params] = useSearchParams()
  const wanted = params.get("event") ?? ""
  const [id, setId] = useState(wanted)
  const [asked, setAsked] = useState(wanted)
  const receipt = useReceipt(log, asked)
  return (
    <section className="card stack" aria-labelledby="proof-receipt">
      <h2 id="proof-receipt">{t("proof.receipt")}</h2>
      <p className="quiet">{t("proof.receiptLead")}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (asked === id.trim()) void receipt.refetch()
          else setAsked(id.trim())
        }}
      >
        <label className="field grow">
          <span>{t("proof.eventId")}</span>
          <Input className="mono" value={id} onChange={(event) => setId(event.target.value)} spellCheck={false} />
        </label>
        <Button htmlType="submit" loading={receipt.isFetching} disabled={!/^[0-9a-f-]{36}$/u.test(id.trim())}>
          {t("proof.getReceipt")}
        </Button>
      </form>
      {receipt.error === null ? null : <Failure error={receipt.error} />}
      {receipt.data === undefined ? null : <Taken got={receipt.data} />}
    </section>
  )
}
