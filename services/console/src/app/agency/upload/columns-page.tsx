/** What each column of the file is: proposed by the ledger, settled by a person, remembered by the agency. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link, useNavigate, useParams } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import { assignment, type Choices, fileSize, mappingFaults, unsettled, type Upload, whole } from "../../../view/upload.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { ColumnList } from "./column-list.js"
import { Steps } from "./steps.js"
import "./upload.css"
import { useUploadWords } from "./words.js"

const moment = (at: number): string => momentInChina(new Date(at).toISOString())

const Facts = ({ upload }: { readonly upload: Upload }): ReactNode => {
  const { t } = useUploadWords()
  const { format, encoding, size_bytes, lines, keptUntil, fileName } = upload
  return (
    <div>
      <strong className="upload-name">{fileName}</strong>
      <p className="quiet">
        {t("upload.facts", { format: format.toUpperCase(), encoding: encoding.toUpperCase(), size: fileSize(size_bytes) })}
        {lines === null ? "" : ` · ${t("upload.lines", { rows: whole(Math.max(lines - 1, 1)) })}`}
        {" · "}
        {t("upload.keptUntil", { at: moment(keptUntil) })}
      </p>
    </div>
  )
}

const Earlier = ({ upload }: { readonly upload: Upload }): ReactNode => {
  const { t } = useUploadWords()
  return upload.earlier.map(({ feedId, receivedAt, receiptNo }) => (
    <div key={feedId} className="card upload-earlier" role="note">
      <strong>{t("upload.earlier")}</strong>
      <p>
        {receiptNo === null
          ? t("upload.earlierNoReceipt", { at: moment(receivedAt) })
          : t("upload.earlierText", { at: moment(receivedAt), receipt: receiptNo })}{" "}
        <Link to={`/feeds/${feedId}`}>{t("upload.earlierOpen")}</Link>
      </p>
    </div>
  ))
}

const Faults = ({ upload, choices }: { readonly upload: Upload; readonly choices: Choices }): ReactNode => {
  const { t } = useUploadWords()
  return (
    <ul className="plain" aria-live="polite">
      {mappingFaults(upload.columns ?? [], choices).map((fault) => (
        <li key={fault.kind === "twice" ? fault.column : fault.kind} className="notice">
          {fault.kind === "twice"
            ? t("upload.fault_twice", { headers: fault.headers.join("、"), column: t(`upload.col_${fault.column}`) })
            : t(`upload.fault_${fault.kind}`)}
        </li>
      ))}
    </ul>
  )
}

const Settle = ({ upload }: { readonly upload: Upload }): ReactNode => {
  const { t } = useUploadWords()
  const session = useSession()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [choices, setChoices] = useState<Choices>({})
  const columns = upload.columns ?? []
  const open = unsettled(columns, choices)
  const rehearsal = useMutation({
    mutationFn: () =>
      ask(
        client.POST("/intake/uploads/{uploadId}/rehearsal", {
          headers: headersOf(session),
          params: { path: { uploadId: upload.uploadId } },
          body: { columns: assignment(columns, choices) },
        }),
      ),
    onSuccess: (feed) => {
      queries.setQueryData(["intake", "feed", feed.feedId], feed)
      void queries.invalidateQueries({ queryKey: ["intake", "upload", upload.uploadId] })
      void navigate(`/feeds/${feed.feedId}`)
    },
  })
  const faulty = upload.columns !== null && mappingFaults(columns, choices).length > 0
  return (
    <>
      {upload.columns === null ? (
        <p>{t("upload.ndjson")}</p>
      ) : (
        <>
          <p role="status">
            {open === 0 ? t("upload.allKnown", { count: columns.length }) : t("upload.lookAt", { count: open })}{" "}
            {upload.remembered === null
              ? ""
              : t("upload.remembered", { by: upload.remembered.by, at: moment(upload.remembered.at) })}
          </p>
          <ColumnList columns={columns} choices={choices} onChoose={setChoices} />
          <Faults upload={upload} choices={choices} />
        </>
      )}
      {rehearsal.error === null ? null : <Failure error={rehearsal.error} />}
      <div className="row">
        <Button type="primary" size="large" disabled={faulty} loading={rehearsal.isPending} onClick={() => rehearsal.mutate()}>
          {t("upload.rehearse")}
        </Button>
        <Link to="/upload">{t("upload.other")}</Link>
        <span className="quiet">{t("upload.rehearseHint")}</span>
      </div>
    </>
  )
}

export const ColumnsPage = (): ReactNode => {
  const { t } = useUploadWords()
  const session = useSession()
  const { uploadId = "" } = useParams()
  const upload = useQuery({
    queryKey: ["intake", "upload", uploadId],
    queryFn: () => ask(client.GET("/intake/uploads/{uploadId}", { headers: headersOf(session), params: { path: { uploadId } } })),
  })
  return (
    <section className="page stack upload">
      <h1>{t("upload.columnsTitle")}</h1>
      <Steps at="columns" />
      <p className="quiet">{t("upload.columnsLead")}</p>
      {upload.isPending ? <Loading rows={8} /> : null}
      {upload.error === null ? null : (
        <>
          <Failure error={upload.error} retry={() => void upload.refetch()} />
          <Link to="/upload">{t("upload.other")}</Link>
        </>
      )}
      {upload.data === undefined ? null : (
        <>
          <Facts upload={upload.data} />
          <Earlier upload={upload.data} />
          <Settle key={upload.data.uploadId} upload={upload.data} />
        </>
      )}
    </section>
  )
}
