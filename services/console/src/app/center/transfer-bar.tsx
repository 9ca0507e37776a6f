/** One application: its bar, and every leg with who acts until when, why it waits, and its last message. */
import type { ReactNode } from "react"
import { Link } from "react-router"
import { yuan } from "../../view/amounts.js"
import type { paths } from "../../generated/transfer.js"
import { schemeName } from "../../view/places.js"
import { Tag, type Tone } from "../tag.js"
import { useBoardWords } from "./words.js"

export type BoardAnswer = paths["/transfer/board"]["get"]["responses"][200]["content"]["application/json"]
type Transfer = BoardAnswer["transfers"][number]
type Leg = Transfer["legs"][number]

const toneOf = ({ state, overdue }: Transfer): Tone =>
  overdue
    ? "red"
    : state === "completed"
      ? "green"
      : state === "needs_correction"
        ? "gold"
        : state === "returned"
          ? "plain"
          : "blue"

const LegLine = ({ leg }: { readonly leg: Leg }): ReactNode => {
  const { t, language } = useBoardWords()
  return (
    <li className="leg">
      <span className="leg-name">{leg.from[language]}</span>
      <span className="leg-steps" role="img" aria-label={t("boards.steps", { done: leg.done, of: 4 })}>
        {[1, 2, 3, 4].map((step) => (
          <i key={step} className={step <= leg.done ? (leg.outcome === "failed" ? "bad" : "on") : leg.overdue ? "late" : ""} />
        ))}
      </span>
      <span className="leg-words">
        {leg.waiting === null
          ? leg.outcome === "failed"
            ? t("leg_failed", { why: leg.failure ?? "" })
            : t("leg_booked")
          : leg.waiting[language]}
        {leg.holder === null ? null : <> · {t("boards.holder", { who: leg.holder[language] })}</>}{" "}
        {leg.escalated ? <Tag color="red">{t("escalated")}</Tag> : leg.overdue ? <Tag color="red">{t("overdue")}</Tag> : null}
        {leg.lastMessage === null ? null : (
          <span className="quiet leg-last">{t("boards.last", { words: leg.lastMessage.words[language] })}</span>
        )}
      </span>
    </li>
  )
}

export const TransferBar = ({ transfer }: { readonly transfer: Transfer }): ReactNode => {
  const { t, language } = useBoardWords()
  const { progress } = transfer
  return (
    <li className="card transfer">
      <div className="head">
        <h3>
          <Link to={`/persons/${transfer.person}`}>{t("boards.person", { key: `${transfer.person.slice(0, 8)}…` })}</Link>{" "}
          {t("boards.to", { province: transfer.to[language] })} · {schemeName(transfer.scheme, language)}
        </h3>
        <Tag color={toneOf(transfer)}>{transfer.stateWords[language]}</Tag>
      </div>
      <p>{transfer.headline[language]}</p>
      <div className="row transfer-bar">
        <progress max={100} value={progress.percent} aria-label={t("boards.steps", { done: progress.done, of: progress.of })} />
        <span className="quiet">
          {t("boards.steps", { done: progress.done, of: progress.of })} · {t("boards.asked", { on: transfer.requestedOn })} ·{" "}
          {yuan(transfer.amount_fen)}
        </span>
      </div>
      <ul className="plain">
        {transfer.legs.map((leg) => (
          <LegLine key={leg.from.code} leg={leg} />
        ))}
      </ul>
    </li>
  )
}
