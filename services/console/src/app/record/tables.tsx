/** Segments, gaps and relations as tables; on a narrow screen they scroll inside their own box. */
import type { ReactNode } from "react"
import { span, yuan } from "../../view/amounts.js"
import { provinceName, schemeName } from "../../view/places.js"
import type { Gap, Relation, Segment } from "../../view/types.js"
import { None } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { Num } from "./explain-context.js"
import { Tag } from "../tag.js"

const Sheet = ({
  id,
  title,
  columns,
  numeric,
  empty,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  /** Those of `columns` that hold numbers. */
  readonly numeric: readonly string[]
  readonly empty: string | null
  readonly children: ReactNode
}): ReactNode => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {empty === null ? (
      <div className="scroll" tabIndex={0} role="region" aria-labelledby={id}>
        <table className="data">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={numeric.includes(column) ? "right" : ""}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    ) : (
      <None text={empty} />
    )}
  </section>
)

const useCapacity = (): ((capacity: Segment["capacity"]) => string) => {
  const { t } = useLanguage()
  return (capacity) => (capacity === null ? "" : t(`capacity_${capacity}`))
}

export const Segments = ({ segments }: { readonly segments: readonly Segment[] }): ReactNode => {
  const { t, language } = useLanguage()
  const capacity = useCapacity()
  const columns = [t("segment"), t("province"), t("scheme"), t("months"), t("origin"), t("capacity"), t("employer")]
  return (
    <Sheet
      id="segments"
      title={t("segments")}
      columns={columns}
      numeric={[t("months")]}
      empty={segments.length === 0 ? t("segmentsEmpty") : null}
    >
      {segments.map((one) => (
        <tr key={`${one.family}${one.province}${one.scheme}${one.from}${one.paidIn ?? ""}`}>
          <th scope="row">{span(one)}</th>
          <td>{provinceName(one.province, language)}</td>
          <td>{schemeName(one.scheme, language)}</td>
          <td className="right">
            <Num subject={{ kind: "relation", relation: `${one.province}_${one.scheme}`, number: "months_standing" }}>
              {one.months}
            </Num>
          </td>
          <td>
            {one.paidIn === null ? (
              t("originHere")
            ) : (
              <Tag color="blue">{t("originFrom", { province: provinceName(one.paidIn, language) })}</Tag>
            )}
          </td>
          <td>{capacity(one.capacity)}</td>
          <td>{one.employer}</td>
        </tr>
      ))}
    </Sheet>
  )
}

export const Gaps = ({ gaps }: { readonly gaps: readonly Gap[] }): ReactNode => {
  const { t, language } = useLanguage()
  const columns = [t("segment"), t("scheme"), t("months"), t("gapWhy"), t("province")]
  return (
    <Sheet
      id="gaps"
      title={t("gaps")}
      columns={columns}
      numeric={[t("months")]}
      empty={gaps.length === 0 ? t("gapsEmpty") : null}
    >
      {gaps.map((gap) => (
        <tr key={`${gap.family}${gap.from}`}>
          <th scope="row">{span(gap)}</th>
          <td>{t(`family_${gap.family}`)}</td>
          <td className="right">{gap.months}</td>
          <td>
            {gap[language]}
            {gap.reason === null ? "" : ` (${gap.reason})`}
          </td>
          <td>{gap.province === null ? "" : provinceName(gap.province, language)}</td>
        </tr>
      ))}
    </Sheet>
  )
}

const numbers = ["months_standing", "account_fen", "pooled_fen", "interest_fen", "subsidy_fen"] as const

export const Relations = ({ relations }: { readonly relations: readonly Relation[] }): ReactNode => {
  const { t, language } = useLanguage()
  const columns = [
    t("relation"),
    t("status"),
    t("segment"),
    t("standing"),
    t("account"),
    t("pooled"),
    t("interest"),
    t("subsidy"),
  ]
  return (
    <Sheet
      id="relations"
      title={t("relations")}
      columns={columns}
      numeric={columns.slice(3)}
      empty={relations.length === 0 ? t("segmentsEmpty") : null}
    >
      {relations.map((one) => (
        <tr key={`${one.province}_${one.scheme}`}>
          <th scope="row">
            {provinceName(one.province, language)} · {schemeName(one.scheme, language)}
            {one.temporary ? <Tag color="gold">{t("temporary")}</Tag> : null}
          </th>
          <td>{t(`status_${one.status}`)}</td>
          <td>{one.from === null ? "" : span({ from: one.from, to: one.to ?? "" })}</td>
          {numbers.map((number) => (
            <td key={number} className="right">
              <Num subject={{ kind: "relation", relation: `${one.province}_${one.scheme}`, number }}>
                {number === "months_standing" ? one[number] : yuan(one[number])}
              </Num>
            </td>
          ))}
        </tr>
      ))}
    </Sheet>
  )
}
