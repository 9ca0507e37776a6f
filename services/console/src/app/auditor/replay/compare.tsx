/** Two moments of one person, along what was known and what was valid, in words; both stand in the address. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { useSearchParams } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import type { DiffAnswer, HistoryStep } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, None } from "../../feedback.js"
import { useSession } from "../../session.js"
import { MomentField } from "../../moment-field.js"
import { useReplayWords } from "./words.js"

/** Day or log position, and month; "": now, all months. */
type Moment = { readonly known: string; readonly valid: string }
type Both = { readonly a: Moment; readonly b: Moment }

const names = { a: ["a", "av"], b: ["b", "bv"] } as const

const useMoments = (): readonly [both: Both | null, show: (both: Both) => void] => {
  const [params, setParams] = useSearchParams()
  const of = (side: "a" | "b"): Moment => ({ known: params.get(names[side][0]) ?? "", valid: params.get(names[side][1]) ?? "" })
  const show = ({ a, b }: Both): void =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        next.set("compare", "1")
        const values = [
          ["a", a.known],
          ["av", a.valid],
          ["b", b.known],
          ["bv", b.valid],
        ] as const
        for (const [name, value] of values) {
          if (value === "") next.delete(name)
          else next.set(name, value)
        }
        return next
      },
      { preventScrollReset: true },
    )
  return [params.get("compare") === null ? null : { a: of("a"), b: of("b") }, show]
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/u.test(text)

const Side = ({
  title,
  moment,
  steps,
  at,
  onChange,
}: {
  readonly title: string
  readonly moment: Moment
  readonly steps: readonly HistoryStep[]
  readonly at: number
  readonly onChange: (moment: Moment) => void
}): ReactNode => {
  const { t } = useReplayWords()
  const step = steps.find(({ event }) => event.position === moment.known)
  return (
    <fieldset className="side-moment">
      <legend>
        {title}
        {": "}
        <strong>
          {moment.known === "" ? t("replay.now") : step === undefined ? moment.known : t("replay.asStep", { n: step.n })}
          {moment.valid === "" ? "" : ` · ${moment.valid}`}
        </strong>
      </legend>
      <div className="row">
        <MomentField
          kind="day"
          label={t("replay.known")}
          value={isDay(moment.known) ? moment.known : ""}
          onChange={(known) => onChange({ ...moment, known })}
        />
        <MomentField
          kind="month"
          label={t("replay.valid")}
          value={moment.valid}
          onChange={(valid) => onChange({ ...moment, valid })}
        />
        <Button
          disabled={steps[at - 1] === undefined}
          onClick={() => onChange({ ...moment, known: steps[at - 1]?.event.position ?? "" })}
        >
          {t("replay.useStep")}
        </Button>
        <Button onClick={() => onChange({ known: "", valid: "" })}>{t("replay.now")}</Button>
      </div>
    </fieldset>
  )
}

const events_shown_max = 100

const Found = ({ diff }: { readonly diff: DiffAnswer }): ReactNode => {
  const { t, language } = useReplayWords()
  const { changes, events } = diff
  return (
    <div className="stack" role="status">
      <p>
        <strong>{t("replay.differences", { changes: changes.length, events: events.length })}</strong>
      </p>
      {changes.length === 0 ? <None text={t("replay.same")} /> : null}
      <ul className="plain lines">
        {changes.map((change) => (
          <li key={`${change.about} ${change.what}`}>{change[language]}</li>
        ))}
      </ul>
      {events.length === 0 ? null : (
        <details>
          <summary>{t("replay.between")}</summary>
          <ol className="plain lines">
            {events.slice(0, events_shown_max).map((event) => (
              <li key={event.id}>
                <span>{event.what[language]}</span>
                <span className="quiet">
                  {momentInChina(event.recordedAt)} · {event.who[language]} · {event.why[language]} · {event.rule ?? ""}
                </span>
              </li>
            ))}
          </ol>
          {events.length > events_shown_max ? (
            <p className="quiet">{t("replay.more", { count: events.length - events_shown_max })}</p>
          ) : null}
        </details>
      )}
    </div>
  )
}

export const Compare = ({
  personKey,
  steps,
  at,
}: {
  readonly personKey: string
  readonly steps: readonly HistoryStep[]
  readonly at: number
}): ReactNode => {
  const { t } = useReplayWords()
  const session = useSession()
  const [shown, show] = useMoments()
  const [draft, setDraft] = useState<Both>(shown ?? { a: { known: "", valid: "" }, b: { known: "", valid: "" } })
  const diff = useQuery({
    queryKey: ["diff", personKey, shown],
    enabled: shown !== null,
    queryFn: () => {
      const { a, b } = shown ?? draft
      const query = {
        ...(a.known === "" ? {} : { knownAt: a.known }),
        ...(a.valid === "" ? {} : { validAt: a.valid }),
        ...(b.known === "" ? {} : { and: b.known }),
        ...(b.valid === "" ? {} : { andValidAt: b.valid }),
      }
      const headers = headersOf(session)
      return ask(client.GET("/national/persons/{key}/diff", { params: { path: { key: personKey }, query }, headers }))
    },
  })
  return (
    <section className="card stack" aria-labelledby="compare">
      <h2 id="compare">{t("replay.compare")}</h2>
      <p className="quiet">{t("replay.compareLead")}</p>
      <form
        className="row compare-form"
        onSubmit={(event) => {
          event.preventDefault()
          show(draft)
        }}
      >
        <Side {...{ steps, at }} title={t("replay.a")} moment={draft.a} onChange={(a) => setDraft({ ...draft, a })} />
        <Side {...{ steps, at }} title={t("replay.b")} moment={draft.b} onChange={(b) => setDraft({ ...draft, b })} />
        <Button htmlType="submit" type="primary">
          {t("replay.show")}
        </Button>
      </form>
      {shown !== null && diff.isPending ? <Loading rows={4} /> : null}
      {diff.error === null ? null : <Failure error={diff.error} retry={() => void diff.refetch()} />}
      {diff.data === undefined ? null : <Found diff={diff.data} />}
    </section>
  )
}
