/** The receipt as the ledger holds it, with the QR codes that prove it offline; made to be printed. */
import { useQuery } from "@tanstack/react-query"
import { Button, QRCode } from "antd"
import type { ReactNode } from "react"
import { momentInChina, yuan } from "../../../view/amounts.js"
import { provinceName } from "../../../view/places.js"
import { type Feed, isAgain, type Proof, type Receipt, receiptText, whole } from "../../../view/upload.js"
import { ask, client, headersOf, Refused, saveBlob } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import type { columnWordsZh } from "./column-words.js"
import { useUploadWords } from "./words.js"

const moment = (at: number): string => momentInChina(new Date(at).toISOString())
const sealing_ms = 1_000
/** A checkpoint is at most a second older than the newest event; asking sooner only earns a refusal. */
const unsealed_ms = 2_500

/** The log is a second behind the ledger: asked again until it holds the receipt. Null where there is no log. */
const useProof = ({ stream, revision, issuedAt }: Receipt) => {
  const session = useSession()
  return useQuery({
    queryKey: ["audit", "proof", stream, revision],
    queryFn: async (): Promise<Proof | "none" | "soon"> => {
      const wait_ms = Math.min(unsealed_ms, Math.max(0, issuedAt + unsealed_ms - Date.now()))
      if (wait_ms > 0) await new Promise((resolve) => setTimeout(resolve, wait_ms))
      try {
        const params = { path: { stream, revision } }
        return await ask(client.GET("/audit/proof/streams/{stream}/{revision}", { headers: headersOf(session), params }))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { rule, status } = error.problem
        if (rule === "EVENT_NOT_PROVEN" || rule === "PROOF_NOT_READY") return "soon"
        if (status === 404 || status === 502) return "none"
        throw error
      }
    },
    refetchInterval: ({ state }) => (state.data === "soon" ? sealing_ms : false),
    staleTime: Infinity,
  })
}

/** Three points a module for the 117 modules of a full part (proof/qr.ts): a phone reads it off a screen or paper. */
const sizeOf = (text: string): number => (text.length > 400 ? 351 : 200)

const Codes = ({ texts }: { readonly texts: readonly string[] }): ReactNode => {
  const { t } = useUploadWords()
  return (
    <div className="upload-codes">
      {texts.map((text, i) => {
        const label = t("upload.qr", { n: i + 1, of: texts.length })
        return (
          <figure key={text}>
            <div role="img" aria-label={label} data-qr={text}>
              <div aria-hidden="true">
                <QRCode value={text} type="svg" bordered={false} size={sizeOf(text)} errorLevel="L" color="#000" bgColor="#fff" />
              </div>
            </div>
            <figcaption>{label}</figcaption>
          </figure>
        )
      })}
    </div>
  )
}

const Seal = ({ receipt, proof }: { readonly receipt: Receipt; readonly proof: Proof | "none" | "soon" }): ReactNode => {
  const { t } = useUploadWords()
  if (proof === "soon") return <p role="status">{t("upload.sealing")}</p>
  if (proof === "none")
    return (
      <>
        <Codes texts={[receiptText(receipt)]} />
        <p className="quiet">{t("upload.noProof")}</p>
      </>
    )
  return (
    <div className="stack">
      <Codes texts={proof.qr} />
      <p className="quiet">{t("upload.qrHint")}</p>
      <div className="row no-print">
        <a href="/audit/proof/verify.html" target="_blank" rel="noreferrer">
          {t("upload.verifyPage")}
        </a>
        <Button onClick={() => saveBlob(new Blob([proof.receipt], { type: "text/plain" }), `${receipt.receiptNo}.tlog-proof`)}>
          {t("upload.saveProof")}
        </Button>
      </div>
    </div>
  )
}

const Facts = ({
  receipt,
  proof,
}: {
  readonly receipt: Receipt
  readonly proof: Proof | "none" | "soon" | undefined
}): ReactNode => {
  const { t, language } = useUploadWords()
  const { columns } = receipt
  const mapped = Object.entries(columns).map(
    ([header, key]) => `${header} → ${key === "none" ? t("upload.none") : t(`upload.col_${key}` as keyof typeof columnWordsZh)}`,
  )
  const lines: readonly (readonly [label: string, value: string, mono?: boolean])[] = [
    [t("upload.province"), provinceName(receipt.province, language)],
    [t("upload.file"), receipt.fileName],
    [t("upload.received"), moment(receipt.receivedAt)],
    [t("upload.issued"), moment(receipt.issuedAt)],
    [
      t("upload.rows"),
      t("upload.accepted", {
        accepted: whole(receipt.accepted),
        unchanged: whole(receipt.unchanged),
        refused: whole(receipt.refused),
        rows: whole(receipt.rows),
      }),
    ],
    [t("upload.sum"), yuan(receipt.paid_fen)],
    [t("upload.count_events"), whole(receipt.events)],
    [t("upload.position"), receipt.position.replace(/^0+(?=\d)/u, ""), true],
    [t("upload.fileHash"), receipt.fileHash, true],
    [t("upload.resultHash"), receipt.resultHash, true],
    ...(mapped.length === 0 ? [] : [[t("upload.mapped"), mapped.join("；")] as const]),
    ...(proof === undefined || typeof proof === "string"
      ? []
      : [[t("upload.sealed"), t("upload.sealedAt", { index: whole(proof.index), size: whole(proof.size) })] as const]),
  ]
  return (
    <dl className="facts">
      {lines.map(([label, value, mono]) => (
        <div key={label} className="upload-fact">
          <dt>{label}</dt>
          <dd className={mono === true ? "mono" : ""}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Again = ({ feed, receipt }: { readonly feed: Feed; readonly receipt: Receipt }): ReactNode => {
  const { t } = useUploadWords()
  const { result } = feed
  if (result === null || !isAgain(feed, receipt)) return null
  const { rows, accepted, unchanged, refused } = result
  const said = { rows: whole(rows), accepted: whole(accepted), unchanged: whole(unchanged), refused: whole(refused) }
  return (
    <div className="card upload-again" role="status">
      <strong>{t("upload.againTitle")}</strong>
      <p>{t(accepted === 0 ? "upload.againNone" : "upload.againSome", { ...said, at: moment(receipt.issuedAt) })}</p>
    </div>
  )
}

export const ReceiptCard = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const session = useSession()
  const { feedId } = feed
  const receipt = useQuery({
    queryKey: ["intake", "receipt", feedId],
    queryFn: () =>
      ask(client.GET("/intake/feeds/{feedId}/receipt", { headers: headersOf(session), params: { path: { feedId } } })),
    staleTime: Infinity,
  })
  if (receipt.isPending) return <Loading rows={5} />
  if (receipt.error !== null) return <Failure error={receipt.error} retry={() => void receipt.refetch()} />
  return (
    <>
      <Again feed={feed} receipt={receipt.data} />
      <Proven receipt={receipt.data} />
    </>
  )
}

const Proven = ({ receipt }: { readonly receipt: Receipt }): ReactNode => {
  const { t } = useUploadWords()
  const proof = useProof(receipt)
  return (
    <section className="card upload-receipt" aria-labelledby="receipt">
      <div className="head">
        <h2 id="receipt">{t("upload.receiptTitle", { no: receipt.receiptNo })}</h2>
        <Button className="no-print" onClick={() => print()}>
          {t("upload.print")}
        </Button>
      </div>
      <div className="upload-receipt-in">
        <Facts receipt={receipt} proof={proof.data} />
        {proof.isPending ? <p role="status">{t("upload.sealing")}</p> : null}
        {proof.error === null ? null : <Failure error={proof.error} retry={() => void proof.refetch()} />}
        {proof.data === undefined ? null : <Seal receipt={receipt} proof={proof.data} />}
      </div>
    </section>
  )
}
