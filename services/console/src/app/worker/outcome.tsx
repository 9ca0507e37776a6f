/** What the wishes come to: a big range, what it costs, when it is even, and everything that was assumed. */
import type { ReactNode } from "react"
import { yuan } from "../../view/amounts.js"
import { ageAt, isRefused, numberOf, spanOf, textOf } from "../../view/future.js"
import { provinceName } from "../../view/places.js"
import type { SimulateAnswer } from "../../view/types.js"
import { Doubt } from "./doubt.js"
import { useWorkerWords } from "./words.js"

type Variants = SimulateAnswer["scenarios"][string]

const Even = ({ asked, birthMonth }: { readonly asked: Variants; readonly birthMonth: string | null }): ReactNode => {
  const { t } = useWorkerWords()
  const month = textOf(asked, "compared_break_even_month")
  const more = numberOf(asked, "compared_to_make_up_fen") ?? 0
  if (more <= 0) return <>{t("worker.futureEvenNone")}</>
  if (month === null) return <>{t("worker.futureEvenNever")}</>
  return <>{t("worker.futureEven", { age: birthMonth === null ? "—" : ageAt(birthMonth, month), month })}</>
}

const Costs = ({ asked, birthMonth }: { readonly asked: Variants; readonly birthMonth: string | null }): ReactNode => {
  const { t } = useWorkerWords()
  const money = (name: string): string => {
    const value = numberOf(asked, name)
    return value === null ? "—" : yuan(value)
  }
  const gain = numberOf(asked, "compared_gain_fen")
  return (
    <dl className="facts plain-facts">
      <dt>{t("worker.futureCost")}</dt>
      <dd>{money("cost_fen")}</dd>
      <dt>{t("worker.futurePaid")}</dt>
      <dd>{money("paid_fen")}</dd>
      {gain === null ? null : (
        <>
          <dt>{t("worker.futureGain")}</dt>
          <dd>
            {gain > 0 ? "+" : ""}
            {yuan(gain)} · <Even asked={asked} birthMonth={birthMonth} />
          </dd>
        </>
      )}
    </dl>
  )
}

const Assumed = ({ answer }: { readonly answer: SimulateAnswer }): ReactNode => {
  const { t, language } = useWorkerWords()
  return (
    <details>
      <summary>{t("worker.futureAssumed")}</summary>
      <ul>
        {answer.assumptions.map((one) => (
          <li key={one.en}>{one[language]}</li>
        ))}
      </ul>
      <details>
        <summary>{t("worker.futureParameters", { count: answer.content.parameters.length })}</summary>
        <ul className="mono quiet">
          {answer.content.parameters.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
      <p className="quiet">
        {t("worker.futureId")} <span className="mono">{answer.id}</span>
        <br />
        {t("worker.futureIdHint")}
      </p>
    </details>
  )
}

export const Outcome = (props: {
  readonly answer: SimulateAnswer
  readonly old: boolean
  readonly birthMonth: string | null
  /** The month asked for; the answer names one only where it found another. */
  readonly from: string | null
}): ReactNode => {
  const { t, language } = useWorkerWords()
  const { answer, old, birthMonth, from } = props
  const asked = answer.scenarios["asked"]
  if (asked === undefined) return null
  if (isRefused(asked.middle)) return <p className="alarm soft">{language === "zh" ? asked.middle.zh : asked.middle.en}</p>
  const monthly = spanOf(asked, "monthly_fen")
  const less = answer.scenarios["less"]
  const short = numberOf(asked, "months_short") ?? 0
  const [middle, fewer] = [numberOf(asked, "monthly_fen"), numberOf(less, "monthly_fen")]
  const worth = middle === null || fewer === null ? 0 : middle - fewer
  const place = textOf(asked, "place")
  return (
    <section className={old ? "outcome old" : "outcome"} aria-busy={old}>
      {old ? <p role="status">{t("worker.futureOld")}</p> : null}
      <p className="big-number">
        <span>
          {t("worker.futureMonthly")} ·{" "}
          {t(textOf(asked, "pension") === "resident" ? "worker.pension_resident" : "worker.pension_employee")}
        </span>
        <strong data-testid="monthly">{monthly === null ? "—" : yuan(monthly.middle)}</strong>
      </p>
      {monthly === null ? null : <p>{t("worker.futureRange", { low: yuan(monthly.low), high: yuan(monthly.high) })}</p>}
      {place === null ? null : (
        <p>
          {t("worker.futureFrom", {
            month: textOf(asked, "pension_from") ?? from ?? "",
            province: provinceName(place, language),
          })}
        </p>
      )}
      {short > 0 ? <p className="notice">{t("worker.futureShort", { count: short })}</p> : null}
      <p className="quiet">
        {t("worker.futureParts", {
          basic: yuan(numberOf(asked, "basic_fen") ?? 0),
          account: yuan(numberOf(asked, "account_fen") ?? 0),
        })}
      </p>
      <Costs asked={asked} birthMonth={birthMonth} />
      {worth > 0 ? <p className="gain">{t("worker.futureLess", { gain: yuan(worth) })}</p> : null}
      <Assumed answer={answer} />
      {monthly === null ? null : (
        <Doubt doubted={{ subject: `estimate:${answer.id.slice(0, 16)}.asked.monthly_fen`, shown: yuan(monthly.middle) }} />
      )}
    </section>
  )
}
