/** The months as they stood after a step, with those the step changed marked. */
import { Segmented } from "antd"
import { type ReactNode, useMemo, useState } from "react"
import { cellText, cellWords, colourOf, matrixOf, type MonthCell } from "../../../view/matrix.js"
import { provinceName, provinceShort } from "../../../view/places.js"
import { familiesOf, monthsAfter, monthsMoved, provincesOfSteps, runsOf } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"
import { None } from "../../feedback.js"
import { useReplayWords } from "./words.js"

/** Colours of styles.css: `.p0` to `.p7`. */
const colours = 8

const classOf = (cell: MonthCell, colour: ReadonlyMap<string, number>, changed: boolean): string => {
  const [first, second] = cell.provinces.map((province) => colour.get(province) ?? 0)
  return [
    "m",
    `m-${cell.kind}`,
    first === undefined || cell.kind === "in_transit" ? "" : `p${first}`,
    cell.kind === "overlap" && second !== undefined ? `q${second}` : "",
    cell.resident ? "resident" : "",
    changed ? "m-changed" : "",
  ].join(" ")
}

const Moved = ({ step, family }: { readonly step: HistoryStep | undefined; readonly family: string }): ReactNode => {
  const { t } = useReplayWords()
  const moved = monthsMoved(step, family)
  const lines = (["added", "removed", "altered"] as const).flatMap((kind) => {
    const months = moved[kind]
    return months.length === 0 ? [] : [t(`replay.${kind}`, { count: months.length, runs: runsOf(months).join(", ") })]
  })
  return <p className="moved">{lines.length === 0 ? t("replay.monthsSame") : lines.join(" · ")}</p>
}

export const Grid = ({ steps, at }: { readonly steps: readonly HistoryStep[]; readonly at: number }): ReactNode => {
  const { t, language } = useReplayWords()
  const families = useMemo(() => familiesOf(steps), [steps])
  const provinces = useMemo(() => provincesOfSteps(steps), [steps])
  const colour = useMemo(() => colourOf(provinces, colours), [provinces])
  const [chosen, setChosen] = useState("pension")
  const family = families.includes(chosen) ? chosen : (families[0] ?? "pension")
  const step = steps[at - 1]
  const changed = new Set((step?.months ?? []).filter((one) => one.family === family).map(({ month }) => month))
  const matrix = useMemo(() => matrixOf({ months: monthsAfter(steps, at), gaps: [] }, family), [steps, at, family])
  return (
    <section className="card" aria-labelledby="replay-months">
      <div className="head">
        <h2 id="replay-months">{t("replay.months")}</h2>
        {families.length < 2 ? null : (
          <Segmented
            aria-label={t("scheme")}
            value={family}
            onChange={setChosen}
            options={families.map((one) => ({ value: one, label: t(`family_${one as "pension"}`) }))}
          />
        )}
      </div>
      <Moved step={step} family={family} />
      {matrix.rows.length === 0 ? (
        <None text={t("replay.monthsEmpty")} />
      ) : (
        <table className="matrix">
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
                  const words = `${cellWords(cell, language)}${changed.has(cell.month) ? t("replay.changedMonth") : ""}`
                  return (
                    <td key={cell.month}>
                      <span
                        className={classOf(cell, colour, changed.has(cell.month))}
                        role="img"
                        aria-label={words}
                        title={words}
                        data-text={cellText(cell, language)}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul className="plain row legend">
        {provinces.map((province) => (
          <li key={province}>
            <span className={`swatch p${colour.get(province) ?? 0}`} aria-hidden>
              {provinceShort(province, language)}
            </span>
            {provinceName(province, language)}
          </li>
        ))}
      </ul>
    </section>
  )
}
