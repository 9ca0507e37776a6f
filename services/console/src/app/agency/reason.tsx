/** A reason: one of the usual ones, changed or written anew. It becomes part of the ledger, at most 200 characters. */
import { Button, Input } from "antd"
import { type FormEvent, type ReactNode, useState } from "react"

export const reason_max = 200

export const ReasonForm = ({
  words,
  templates,
  start = "",
  busy,
  danger = false,
  onSay,
}: {
  readonly words: { readonly reason: string; readonly usual: string; readonly pick: string; readonly go: string }
  readonly templates: readonly string[]
  readonly start?: string
  readonly busy: boolean
  readonly danger?: boolean
  readonly onSay: (reason: string) => void
}): ReactNode => {
  const [reason, setReason] = useState(start)
  const said = reason.trim()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (said !== "") onSay(said)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field">
        <span>{words.usual}</span>
        <select value="" onChange={(event) => setReason(event.target.value)}>
          <option value="">{words.pick}</option>
          {templates.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.reason}</span>
        <Input.TextArea rows={2} maxLength={reason_max} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      <Button
        htmlType="submit"
        type={danger ? "default" : "primary"}
        className={danger ? "grave" : ""}
        loading={busy}
        disabled={said === ""}
      >
        {words.go}
      </Button>
    </form>
  )
}
