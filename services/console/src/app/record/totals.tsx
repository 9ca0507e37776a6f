/** The big numbers, per family; each opens what it is made of. */
import type { ReactNode } from "react"
import { yearsAndMonths, yuan } from "../../view/amounts.js"
import type { UnifiedRecord } from "../../view/types.js"
import { useLanguage } from "../i18n.js"
import { Num } from "./explain-context.js"

export const Totals = ({ record }: { readonly record: UnifiedRecord }): ReactNode => {
  const { t, language } = useLanguage()
  return (
    <section aria-labelledby="totals">
      <h2 id="totals">{t("totals")}</h2>
      <ul className="plain cards">
        {record.totals.families.map((one) => (
          <li key={one.family} className="card total">
            <h3>{t(`family_${one.family}`)}</h3>
            <p className="big">
              <Num subject={{ kind: "family", family: one.family, number: "months_standing" }}>
                {one.months_total} {t("monthsUnit")}
              </Num>
            </p>
            <p className="quiet">{yearsAndMonths(one.months_total, language)}</p>
            <dl className="facts">
              <dt>{t("accountTotal")}</dt>
              <dd>
                <Num subject={{ kind: "family", family: one.family, number: "account_fen" }}>{yuan(one.account_fen)}</Num>
              </dd>
              <dt>{t("pooledTotal")}</dt>
              <dd>
                <Num subject={{ kind: "family", family: one.family, number: "pooled_fen" }}>{yuan(one.pooled_fen)}</Num>
              </dd>
            </dl>
            {one.months_overlapping === 0 ? null : (
              <p className="notice">{t("overlapping", { count: one.months_overlapping })}</p>
            )}
            {one.months_in_transit === 0 ? null : <p className="notice">{t("inTransit", { count: one.months_in_transit })}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
