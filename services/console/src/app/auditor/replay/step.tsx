/** One step: the event in words, who, when, why and under which rule; and what it changed, before and after. */
import { Alert, Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link } from "react-router"
import { momentInChina, yuan } from "../../../view/amounts.js"
import { kindName, kindOf } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"
import { None } from "../../feedback.js"
import { Tag, type Tone } from "../../tag.js"
import { useReplayWords } from "./words.js"

const tones: Readonly<Record<ReturnType<typeof kindOf>, Tone>> = {
  identity: "plain",
  relation: "green",
  money: "blue",
  transfer: "gold",
  overlap: "red",
  benefit: "plain",
}

const CopyLink = ({ at }: { readonly at: number }): ReactNode => {
  const { t } = useReplayWords()
  const [said, say] = useState("")
  const link = (): string => {
    const url = new URL(location.href)
    url.searchParams.set("step", String(at))
    return url.href
  }
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          navigator.clipboard.writeText(link()).then(
            () => say(t("replay.copied")),
            () => say(link()), // no clipboard without a secure origin, or refused: it can be copied by hand
          )
        }}
      >
        {t("replay.link")}
      </Button>
      <span className="quiet" role="status">
        {said}
      </span>
    </>
  )
}

export const StepCard = ({ step, at }: { readonly step: HistoryStep; readonly at: number }): ReactNode => {
  const { t, language } = useReplayWords()
  const { event, problem } = step
  const kind = kindOf(event)
  const facts: readonly (readonly [string, string])[] = [
    [t("replay.who"), event.deed?.who[language] ?? "—"],
    [t("replay.when"), `${momentInChina(event.recordedAt)} (+08:00)`],
    [t("replay.why"), event.deed?.why[language] ?? "—"],
    [t("replay.rule"), event.deed?.rule ?? t("replay.noRule")],
  ]
  return (
    <section className="card stack step" aria-labelledby="step">
      <div className="row step-head">
        <Tag color={tones[kind]}>{kindName(kind, language)}</Tag>
        <h2 id="step">{event.words[language]}</h2>
      </div>
      {problem === null ? null : <Alert role="alert" type="error" showIcon title={t("replay.problem", { what: problem })} />}
      <dl className="facts wide-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t("replay.place")}</dt>
          <dd className="mono">
            {event.stream.replace(/[0-9a-f]{32}/u, "…")} #{event.revision} · {event.type} · {event.position}
          </dd>
        </div>
      </dl>
      <details>
        <summary>{t("replay.data")}</summary>
        <pre className="mono data-text" tabIndex={0}>
          {JSON.stringify({ id: event.id, data: event.data, metadata: event.metadata }, null, 2)}
        </pre>
      </details>
      <div className="row no-print">
        <Link to={`/audit/proof?event=${event.id}`}>{t("replay.receipt")}</Link>
        <CopyLink at={at} />
      </div>
    </section>
  )
}

const written = (value: string | number | null, unit: string): string =>
  value === null ? "—" : unit === "fen" && typeof value === "number" ? yuan(value) : String(value)

const by = ({ before, after, unit }: HistoryStep["changes"][number]): string => {
  if (typeof before !== "number" || typeof after !== "number") return ""
  return `${after >= before ? "+" : "−"}${written(Math.abs(after - before), unit)}`
}

export const Changes = ({ step }: { readonly step: HistoryStep }): ReactNode => {
  const { t, language } = useReplayWords()
  return (
    <section className="card" aria-labelledby="changes">
      <h2 id="changes">{t("replay.changes")}</h2>
      {step.changes.length === 0 ? (
        <None text={t("replay.noChanges")} />
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("replay.changes")}>
          <table className="data fit">
            <thead>
              <tr>
                <th scope="col">{t("replay.what")}</th>
                <th scope="col" className="right">
                  {t("replay.was")}
                </th>
                <th scope="col" className="right">
                  {t("replay.is")}
                </th>
                <th scope="col" className="right">
                  {t("replay.by")}
                </th>
              </tr>
            </thead>
            <tbody>
              {step.changes.map((change) => (
                <tr key={`${change.about} ${change.what}`}>
                  <th scope="row">{change.label[language]}</th>
                  <td className="right was">{written(change.before, change.unit)}</td>
                  <td className="right is">{written(change.after, change.unit)}</td>
                  <td className={`right fact-by ${by(change).startsWith("−") ? "minus" : ""}`}>{by(change)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
