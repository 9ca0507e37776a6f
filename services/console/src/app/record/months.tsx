/** The months matrix: coloured by province, hatched for resident schemes, gaps visible; a table for whom colours say nothing. */
import { Segmented } from "antd"
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react"
import { cellText, cellWords, colourOf, type Matrix, matrixOf, type MonthCell } from "../../view/matrix.js"
import { isResident, type Language, provinceName, provinceShort, schemeName } from "../../view/places.js"
import type { UnifiedRecord } from "../../view/types.js"
import { Nothing } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { useExplain } from "./explain-context.js"

/** Colours of styles.css: `.p0` to `.p7`. */
const colours = 8

const classOf = (cell: MonthCell, colour: ReadonlyMap<string, number>): string => {
  const [first, second] = cell.provinces.map((province) => colour.get(province) ?? 0)
  return [
    "m",
    `m-${cell.kind}`,
    first === undefined || cell.kind === "in_transit" ? "" : `p${first}`,
    cell.kind === "overlap" && second !== undefined ? `q${second}` : "",
    cell.resident ? "resident" : "",
  ].join(" ")
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Arrow keys walk the grid; Home and End go to the ends of a year. */
const walk = (event: KeyboardEvent<HTMLTableElement>): void => {
  const at = (event.target as HTMLElement).closest("td")
  const row = at?.parentElement as HTMLTableRowElement | null
  const body = row?.parentElement as HTMLTableSectionElement | null
  if (at === null || row === null || body === null) return
  const [down, right] = steps[event.key] ?? [0, event.key === "Home" ? -12 : event.key === "End" ? 12 : 0]
  if (down === 0 && right === 0) return
  event.preventDefault()
  const line = body.rows[Math.min(Math.max(row.sectionRowIndex + down, 0), body.rows.length - 1)]
  const column = Math.min(Math.max(at.cellIndex + right, 1), 12)
  line?.cells[column]?.querySelector("button")?.focus()
}

const Grid = ({
  matrix,
  colour,
  language,
}: {
  readonly matrix: Matrix
  readonly colour: ReadonlyMap<string, number>
  readonly language: Language
}) => {
  const { t } = useLanguage()
  const explain = useExplain()
  const last = matrix.rows.at(-1)?.cells.findLast((cell) => cell.kind !== "none")?.month
  return (
    <table className="matrix" onKeyDown={walk} aria-describedby="matrix-hint">
      <thead>
        <tr>
          <th scope="col">{t("year")}</th>
          {Array.from({ length: 12 }, (_none, i) => (
            <th key={i} scope="col">
              {i + 1}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map(({ year, cells }) => (
          <tr key={year}>
            <th scope="row">{year}</th>
            {cells.map((cell) => {
              const words = cellWords(cell, language)
              const { relation, month } = cell
              return (
                <td key={month}>
                  <button
                    type="button"
                    className={classOf(cell, colour)}
                    tabIndex={month === last ? 0 : -1}
                    aria-label={words}
                    title={words}
                    aria-disabled={relation === null}
                    onClick={() => {
                      if (relation !== null) explain({ kind: "relation", relation, number: "months_standing", month })
                    }}
                    data-text={cellText(cell, language)}
                  />
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Listed = ({ matrix, language }: { readonly matrix: Matrix; readonly language: Language }): ReactNode => {
  const { t } = useLanguage()
  const cells = matrix.rows.flatMap((row) => row.cells).filter((cell) => cell.kind !== "none")
  return (
    <div className="scroll tall" tabIndex={0} role="region" aria-label={t("matrix")}>
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t("month")}</th>
            <th scope="col">{t("status")}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={cell.month}>
              <th scope="row">{cell.month}</th>
              <td>{cellWords(cell, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Legend = ({
  matrix,
  colour,
  language,
}: {
  readonly matrix: Matrix
  readonly colour: ReadonlyMap<string, number>
  readonly language: Language
}) => {
  const { t } = useLanguage()
  return (
    <ul className="plain row legend" aria-label={t("legend")}>
      {matrix.legend.map(({ province, scheme, months }) => (
        <li key={`${province}_${scheme}`}>
          <span className={`swatch p${colour.get(province) ?? 0} ${isResident(scheme) ? "resident" : ""}`} aria-hidden>
            {provinceShort(province, language)}
          </span>
          {provinceName(province, language)} · {schemeName(scheme, language)} · {months} {t("monthsUnit")}
        </li>
      ))}
      {matrix.kinds.map((kind) => (
        <li key={kind}>
          <span className={`swatch m-${kind}`} aria-hidden />
          {t(`legend_${kind as "gap"}`)}
        </li>
      ))}
    </ul>
  )
}

export const Months = ({
  record,
  provinces,
}: {
  readonly record: UnifiedRecord
  readonly provinces: readonly string[]
}): ReactNode => {
  const { t, language } = useLanguage()
  const families = Object.keys(record.months)
  const [chosen, setChosen] = useState("pension")
  const [table, setTable] = useState(false)
  const family = families.includes(chosen) ? chosen : (families[0] ?? "pension")
  const matrix = useMemo(() => matrixOf(record, family), [record, family])
  const colour = useMemo(() => colourOf(provinces, colours), [provinces])
  return (
    <section aria-labelledby="months">
      <div className="head">
        <h2 id="months">{t("matrix")}</h2>
        <div className="row no-print">
          {families.length < 2 ? null : (
            <Segmented
              aria-label={t("scheme")}
              value={family}
              onChange={setChosen}
              options={families.map((one) => ({ value: one, label: t(`family_${one as "pension"}`) }))}
            />
          )}
          <Segmented
            aria-label={t("matrix")}
            value={table}
            onChange={setTable}
            options={[
              { value: false, label: t("asChart") },
              { value: true, label: t("asTable") },
            ]}
          />
        </div>
      </div>
      {matrix.rows.length === 0 ? (
        <Nothing text={t("monthsEmpty")} />
      ) : (
        <>
          {table ? <Listed matrix={matrix} language={language} /> : <Grid matrix={matrix} colour={colour} language={language} />}
          <Legend matrix={matrix} colour={colour} language={language} />
          {table ? null : (
            <p className="quiet no-print" id="matrix-hint">
              {t("matrixHint")}
            </p>
          )}
        </>
      )}
    </section>
  )
}
