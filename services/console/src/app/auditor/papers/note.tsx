/** A note into a paper: on a drawn item with its result, on an event beside its replay, or free. */
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { momentInChina } from "../../../view/amounts.js"
import type { Paper, PaperNote } from "../../../view/types.js"
import { Dialog } from "../../dialog.js"
import { Failure, None } from "../../feedback.js"
import { Tag } from "../../tag.js"
import { type NoteInput, useNote, usePaper, usePapers } from "./paper.js"
import { usePaperWords } from "./words.js"

type About = NoteInput["about"]
type Result = NoteInput["result"]

const NoteForm = ({
  engagement,
  about,
  onDone,
}: {
  readonly engagement: string
  readonly about: About
  readonly onDone: () => void
}): ReactNode => {
  const { t } = usePaperWords()
  const [text, setText] = useState("")
  const [result, setResult] = useState<Result>(about.kind === "item" ? "agreed" : null)
  const note = useNote(engagement)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        note.mutate(
          { about, result, text },
          {
            onSuccess: () => {
              setText("")
              onDone()
            },
          },
        )
      }}
    >
      {about.kind !== "item" ? null : (
        <label className="field">
          <span>{t("papers.result")}</span>
          <select value={result ?? ""} onChange={(event) => setResult(event.target.value as "agreed" | "exception")}>
            <option value="agreed">{t("papers.agreed")}</option>
            <option value="exception">{t("papers.exception")}</option>
          </select>
        </label>
      )}
      <label className="field">
        <span>{t("papers.text")}</span>
        <textarea
          className="text"
          rows={3}
          required
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p className="quiet">{t("papers.noteWarn")}</p>
      <div>
        <Button htmlType="submit" type="primary" loading={note.isPending}>
          {t("papers.write")}
        </Button>
      </div>
      {note.error === null ? null : <Failure error={note.error} />}
    </form>
  )
}

export const NoteDialog = ({
  engagement,
  about,
  onClose,
}: {
  readonly engagement: string
  readonly about: About
  readonly onClose: () => void
}): ReactNode => {
  const { t } = usePaperWords()
  return (
    <Dialog title={t(about.kind === "item" ? "papers.test" : "papers.note")} onClose={onClose}>
      <NoteForm engagement={engagement} about={about} onDone={onClose} />
    </Dialog>
  )
}

export const NoteList = ({ notes }: { readonly notes: readonly PaperNote[] }): ReactNode => {
  const { t } = usePaperWords()
  const subject = ({ about }: PaperNote): string => {
    if (about.kind === "free") return t("papers.about_free")
    if (about.kind === "finding") return t("papers.about_finding", { finding: about.finding })
    const event = `${about.event.slice(0, 8)}…`
    return about.kind === "item" ? t("papers.about_item", { sample: about.sample, event }) : t("papers.about_event", { event })
  }
  return (
    <ul className="plain lines">
      {notes.map((note) => (
        <li key={note.note}>
          <span>
            {note.result === null ? null : (
              <Tag color={note.result === "agreed" ? "green" : "red"}>{t(`papers.${note.result}`)}</Tag>
            )}{" "}
            {note.text}
          </span>
          <span className="quiet">
            {note.note} · {subject(note)} · {note.stamp.by} · {momentInChina(note.stamp.at)}
          </span>
        </li>
      ))}
    </ul>
  )
}

export const Notes = ({ paper }: { readonly paper: Paper }): ReactNode => {
  const { t } = usePaperWords()
  const [writing, write] = useState(false)
  return (
    <section className="card stack" aria-labelledby="paper-notes">
      <div className="head">
        <h2 id="paper-notes">{t("papers.notes")}</h2>
        {paper.status === "open" ? <Button onClick={() => write(true)}>{t("papers.note")}</Button> : null}
      </div>
      {paper.notes.length === 0 ? <None text={t("papers.notesNone")} /> : <NoteList notes={paper.notes} />}
      {writing ? <NoteDialog engagement={paper.engagement} about={{ kind: "free" }} onClose={() => write(false)} /> : null}
    </section>
  )
}

/** Beside a replay: notes on the event that is shown, in the paper of the engagement that is chosen. */
export const SideNote = ({ event }: { readonly event: string }): ReactNode => {
  const { t } = usePaperWords()
  const papers = usePapers()
  const open = papers.data?.engagements.filter(({ status }) => status === "open") ?? []
  const [engagement, choose] = useState("")
  const paper = usePaper(engagement)
  const mine = paper.data?.notes.filter(({ about }) => "event" in about && about.event === event) ?? []
  if (open.length === 0) return null
  return (
    <section className="card stack no-print" aria-labelledby="side-note">
      <h2 id="side-note">{t("papers.side")}</h2>
      <p className="quiet">{t("papers.sideLead")}</p>
      <label className="field">
        <span>{t("papers.choose")}</span>
        <select value={engagement} onChange={(change) => choose(change.target.value)}>
          <option value="">{t("papers.chooseNone")}</option>
          {open.map((one) => (
            <option key={one.engagement} value={one.engagement}>
              {one.engagement} {one.title}
            </option>
          ))}
        </select>
      </label>
      {mine.length === 0 ? null : <NoteList notes={mine} />}
      {engagement === "" ? null : (
        <NoteForm
          key={`${engagement} ${event}`}
          engagement={engagement}
          about={{ kind: "event", event }}
          onDone={() => undefined}
        />
      )}
    </section>
  )
}
