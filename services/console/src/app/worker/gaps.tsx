/** Gaps in plain words: which months, whose they were to pay, what one can do (N10). */
import type { ReactNode } from "react"
import { Link } from "react-router"
import { span, yearsAndMonths } from "../../view/amounts.js"
import { provinceName } from "../../view/places.js"
import type { Gap, UnifiedRecord } from "../../view/types.js"
import { None } from "../feedback.js"
import { Doubt } from "./doubt.js"
import { useWorkerWords } from "./words.js"

const isOfEmployer = (gap: Gap, record: UnifiedRecord): boolean =>
  record.relations.some((one) => one.family === gap.family && one.province === gap.province && one.capacity === "employee")

const Fix = ({ gap, record }: { readonly gap: Gap; readonly record: UnifiedRecord }): ReactNode => {
  const { t } = useWorkerWords()
  if (gap.why === "IN_TRANSIT") return <Link to="/me/move">{t("worker.gapFixMove")}</Link>
  if (gap.why === "REFUNDED") return null
  const employer = gap.why === "NOT_PAID" && isOfEmployer(gap, record)
  return (
    <span>
      {t(employer ? "worker.gapFixEmployer" : "worker.gapFixOwn")} · <Link to="/me/paid">{t("worker.gapFixPaid")}</Link>
    </span>
  )
}

export const Gaps = ({ record }: { readonly record: UnifiedRecord }): ReactNode => {
  const { t, language } = useWorkerWords()
  const gaps = record.gaps.filter((gap) => gap.family === "pension")
  return (
    <section aria-labelledby="missing">
      <h2 id="missing">{t("worker.gapsTitle")}</h2>
      {gaps.length === 0 ? <None text={t("meGapsNone")} /> : null}
      <ul className="plain stack">
        {gaps.map((gap) => (
          <li key={gap.from} className="gap">
            <div className="head">
              <strong>
                {span(gap)} · {yearsAndMonths(gap.months, language)}
              </strong>
              <span>{gap[language]}</span>
            </div>
            <p>
              {t(`worker.gapOwner_${gap.why}`, {
                payer: t(isOfEmployer(gap, record) ? "worker.gapPayerEmployer" : "worker.gapPayerOwn"),
                province: gap.province === null ? "" : provinceName(gap.province, language),
              })}
            </p>
            <div className="row">
              <Fix gap={gap} record={record} />
              <Doubt doubted={{ subject: `gap:${gap.family}:${gap.from}`, shown: `${span(gap)} ${gap[language]}` }} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
