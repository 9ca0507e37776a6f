/** A silent province is shown as silent, never as zero. */
import type { ReactNode } from "react"
import type { Freshness } from "../../view/types.js"
import { useLanguage } from "../i18n.js"
import { Tag } from "../tag.js"

const colours = { fresh: "green", stale: "gold", never: "red" } as const

export const FreshnessTags = ({ freshness }: { readonly freshness: readonly Freshness[] }): ReactNode => {
  const { t, language } = useLanguage()
  if (freshness.length === 0) return null
  return (
    <section aria-labelledby="freshness">
      <h2 id="freshness">{t("freshness")}</h2>
      <ul className="plain row">
        {freshness.map((one) => (
          <li key={one.province}>
            <Tag color={colours[one.state]}>
              {one[language]}: {one.state === "never" ? t("never") : t(one.state, { days: one.days ?? 0 })}
            </Tag>
          </li>
        ))}
      </ul>
      <p className="quiet">{t("freshnessHint")}</p>
    </section>
  )
}
