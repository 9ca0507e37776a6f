/** The application as one bar of legs, and what was said about a leg, in order. */
import { Progress } from "antd"
import type { ReactNode } from "react"
import { momentInChina } from "../../../view/amounts.js"
import type { Application } from "../../../view/types.js"
import { Tag } from "../../tag.js"
import { Clock } from "./clock.js"
import { useTaskWords } from "./words.js"

export const Bar = ({ application, here }: { readonly application: Application; readonly here: string }): ReactNode => {
  const { t, language } = useTaskWords()
  const { done, of, percent } = application.progress
  return (
    <section className="card stack" aria-labelledby="bar">
      <h2 id="bar">{t("tasks.bar")}</h2>
      <p className="quiet">{t("tasks.barHint", { done, of })}</p>
      <Progress percent={percent} aria-label={t("tasks.bar")} />
      <ol className="plain lines">
        {application.legs.map((leg) => (
          <li key={leg.from.code} aria-current={leg.from.code === here ? "true" : undefined}>
            <span className={leg.from.code === here ? "here" : ""}>
              {t("leg", { province: leg.from[language] })} {"●".repeat(leg.done)}
              {"○".repeat(4 - leg.done)} {t("done", { done: leg.done, of: 4 })}
            </span>
            <span>
              {leg.outcome === "booked" ? (
                <Tag color="green">{t("leg_booked")}</Tag>
              ) : leg.outcome === "failed" ? (
                <Tag color="red">{t("tasks.failedLeg", { why: leg.failure ?? "" })}</Tag>
              ) : leg.due === null || leg.workingDaysLeft === null ? null : (
                <>
                  {leg.stepWords?.[language]} · {leg.holder?.[language]} <Clock due={leg.due} days={leg.workingDaysLeft} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export const Letters = ({
  application,
  province,
}: {
  readonly application: Application
  readonly province: string
}): ReactNode => {
  const { t, language } = useTaskWords()
  const lines = application.history.filter((one) => one.leg === null || one.leg === province)
  return (
    <section className="card stack" aria-labelledby="letters">
      <h2 id="letters">{t("tasks.letters")}</h2>
      <ol className="plain lines">
        {lines.map((one, i) => (
          <li key={`${one.at} ${i}`}>
            <span>{one.words[language]}</span>
            <span className="quiet">{momentInChina(new Date(one.at).toISOString())}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
