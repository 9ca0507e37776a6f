/** What is counted, of whom, in which month and as known when. */
import { schemeCodes } from "@tongzhang/domain/codes"
import { Button } from "antd"
import type { ReactNode } from "react"
import { channels, measures, sexes } from "../../view/coverage.js"
import { schemeName } from "../../view/places.js"
import { MomentField } from "../moment-field.js"
import type { Address } from "./coverage-address.js"
import { useCoverageWords } from "./coverage-words.js"

export const Choice = ({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, text: string])[]
  readonly onChoose: (value: string) => void
}): ReactNode => (
  <label className="field">
    <span>{label}</span>
    <select value={value} onChange={({ target }) => onChoose(target.value)}>
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </select>
  </label>
)

export const CoverageControls = ({ address: { asked, set } }: { readonly address: Address }): ReactNode => {
  const { t, language } = useCoverageWords()
  const everybody = ["", t("coverage.everybody")] as const
  const past = asked.month !== "" || asked.known !== ""
  return (
    <div
      className={asked.known === "" ? "as-of no-print" : "as-of past no-print"}
      role="group"
      aria-label={t("coverage.filters")}
    >
      <Choice
        label={t("scheme")}
        value={asked.scheme}
        options={schemeCodes.map((code) => [code, schemeName(code, language)])}
        onChoose={(scheme) => set({ scheme })}
      />
      <Choice
        label={t("coverage.measure")}
        value={asked.measure}
        options={measures.map((one) => [one, t(`coverage.${one}`)])}
        onChoose={(measure) => set({ measure })}
      />
      <Choice
        label={t("coverage.sex")}
        value={asked.chosen.sex ?? ""}
        options={[everybody, ...sexes.map((one) => [one, t(`coverage.${one}`)] as const)]}
        onChoose={(sex) => set({ sex })}
      />
      <Choice
        label={t("coverage.channel")}
        value={asked.chosen.channel ?? ""}
        options={[everybody, ...channels.map((one) => [one, t(`coverage.${one}`)] as const)]}
        onChoose={(channel) => set({ channel })}
      />
      <MomentField kind="month" label={t("coverage.month")} value={asked.month} onChange={(month) => set({ month })} />
      <MomentField
        kind="day"
        label={t("coverage.known")}
        hint={t("coverage.knownHint")}
        value={asked.known}
        onChange={(known) => set({ known })}
      />
      {past ? <Button onClick={() => set({ month: "", known: "" })}>{t("coverage.now")}</Button> : null}
    </div>
  )
}
