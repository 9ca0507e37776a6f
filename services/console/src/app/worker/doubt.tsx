/** One button on every number: the appeal, filed where the number stands. */
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Alert, Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"
import { Link } from "react-router"
import type { Doubted } from "../../view/appeal.js"
import { ask, client, headersOf } from "../client.js"
import { Dialog } from "../dialog.js"
import { Failure } from "../feedback.js"
import { useSession } from "../session.js"
import { useWorkerWords } from "./words.js"
import "./worker.css"

const text_max = 500

const Filing = ({ doubted, onClose }: { readonly doubted: Doubted; readonly onClose: () => void }): ReactNode => {
  const { t, language } = useWorkerWords()
  const session = useSession()
  const queries = useQueryClient()
  const [text, setText] = useState("")
  // One id for this window: pressed twice, it is one appeal.
  const [commandId] = useState(() => crypto.randomUUID())
  const file = useMutation({
    mutationFn: () =>
      ask(client.POST("/national/appeals", { headers: headersOf(session), body: { ...doubted, text: text.trim(), commandId } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["appeals"] }),
  })
  const send = (event: FormEvent): void => {
    event.preventDefault()
    file.mutate()
  }
  const done = file.data
  return (
    <Dialog title={t("worker.doubtTitle")} onClose={onClose}>
      <p>
        {t("worker.doubtAbout")} <strong>{doubted.shown}</strong>
      </p>
      {done === undefined ? (
        <form className="stack" onSubmit={send}>
          <label className="field">
            <span>{t("worker.doubtText")}</span>
            <Input.TextArea
              value={text}
              rows={4}
              maxLength={text_max}
              required
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <p className="quiet">{t("worker.doubtTextHint")}</p>
          {file.error === null ? null : <Failure error={file.error} />}
          <Button htmlType="submit" type="primary" size="large" block loading={file.isPending} disabled={text.trim() === ""}>
            {t("worker.doubtSend")}
          </Button>
        </form>
      ) : (
        <div className="stack" role="status">
          <Alert type="success" showIcon title={t("worker.doubtSent", { next: done.next[language] })} />
          {done.position === null ? null : <p className="quiet">{t("worker.evidence", { position: done.position })}</p>}
          <Link to={`/me/appeals/${done.id}`}>{t("worker.doubtLook")}</Link>
        </div>
      )}
    </Dialog>
  )
}

/** Small and beside its number; `label` where it is a complaint. */
export const Doubt = ({ doubted, label }: { readonly doubted: Doubted; readonly label?: string }): ReactNode => {
  const { t } = useWorkerWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="doubt no-print"
        aria-label={`${label ?? t("worker.doubt")} ${doubted.shown}`}
        onClick={() => setOpen(true)}
      >
        {label ?? t("worker.doubt")}
      </button>
      {open ? <Filing doubted={doubted} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
