/** The way in: a file dropped or chosen, sent with counted bytes. */
import { Button } from "antd"
import { type DragEvent, type ReactNode, useRef, useState } from "react"
import { useNavigate } from "react-router"
import { type Catalogue, fileSize, whole } from "../../../view/upload.js"
import { Failure } from "../../feedback.js"
import { useSession } from "../../session.js"
import { sendFile } from "./send-file.js"
import { useUploadWords } from "./words.js"

type Sending = { readonly file: File; readonly sent_bytes: number; readonly stop: () => void }

const useSending = () => {
  const session = useSession()
  const navigate = useNavigate()
  const [sending, setSending] = useState<Sending | null>(null)
  const [error, setError] = useState<unknown>(null)
  const send = async (file: File): Promise<void> => {
    const abort = new AbortController()
    setError(null)
    setSending({ file, sent_bytes: 0, stop: () => abort.abort() })
    const progress = (sent_bytes: number): void => setSending((now) => (now === null ? null : { ...now, sent_bytes }))
    try {
      const { uploadId } = await sendFile(session, file, progress, abort.signal)
      void navigate(`/uploads/${uploadId}`)
    } catch (problem) {
      if (!abort.signal.aborted) setError(problem)
    } finally {
      setSending(null)
    }
  }
  return { sending, error, send }
}

const Progress = ({ sending: { file, sent_bytes, stop } }: { readonly sending: Sending }): ReactNode => {
  const { t } = useUploadWords()
  const total = Math.max(file.size, 1)
  const all = sent_bytes >= file.size
  return (
    <div className="stack" role="status">
      <strong>{t("upload.sending", { name: file.name })}</strong>
      <progress className="upload-bar" value={Math.min(sent_bytes, total)} max={total} aria-label={file.name} />
      <div className="row">
        <span className="quiet">
          {all ? t("upload.looking") : t("upload.sent", { done: fileSize(sent_bytes), total: fileSize(file.size) })}
        </span>
        <Button size="small" onClick={stop}>
          {t("upload.cancel")}
        </Button>
      </div>
    </div>
  )
}

/** Too large for the ledger: said before a byte is sent. */
const limitOf = (file: File, { limits }: Catalogue): number =>
  /\.xlsx$/iu.test(file.name) ? limits.xlsx_bytes_max : limits.file_bytes_max

export const Drop = ({ catalogue }: { readonly catalogue: Catalogue }): ReactNode => {
  const { t } = useUploadWords()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [notice, setNotice] = useState<string | null>(null)
  const { sending, error, send } = useSending()
  const { limits } = catalogue
  const take = (files: FileList | null): void => {
    const [file, another] = files ?? []
    if (file === undefined || sending !== null) return
    const limit = limitOf(file, catalogue)
    if (file.size > limit)
      return setNotice(t("upload.tooLarge", { name: file.name, size: fileSize(file.size), limit: fileSize(limit) }))
    setNotice(another === undefined ? null : t("upload.oneOnly", { name: file.name }))
    void send(file)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section
      className={over ? "card upload-drop over" : "card upload-drop"}
      aria-labelledby="drop"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {sending === null ? (
        <>
          <h2 id="drop">{t("upload.drop")}</h2>
          <p className="quiet">{t("upload.dropHint")}</p>
          <Button type="primary" size="large" onClick={() => input.current?.click()}>
            {t("upload.choose")}
          </Button>
          <input
            ref={input}
            type="file"
            hidden // the button opens it
            accept=".csv,.txt,.tsv,.xlsx,.ndjson,.jsonl"
            onChange={(event) => {
              take(event.target.files)
              event.target.value = "" // the same file may be chosen again
            }}
          />
          <p className="quiet">
            {t("upload.limits", {
              file: fileSize(limits.file_bytes_max),
              xlsx: fileSize(limits.xlsx_bytes_max),
              rows: whole(limits.rows_max),
            })}
          </p>
        </>
      ) : (
        <Progress sending={sending} />
      )}
      {notice === null ? null : (
        <p className="notice" role="alert">
          {notice}
        </p>
      )}
      {error === null ? null : <Failure error={error} />}
    </section>
  )
}
