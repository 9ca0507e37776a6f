/** What is drawn: seed, size, method, frame; kept in the address, so that the link draws the same again. */
import { provinceCodes, schemes } from "@tongzhang/domain/codes"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { provinceName, schemeName } from "../../../view/places.js"
import { seedOf } from "../../../view/sample.js"
import { useSampleWords } from "./words.js"

export type Wanted = {
  readonly seed: string
  readonly size: string
  readonly method: "stratified" | "monetary"
  readonly province: string
  readonly scheme: string
  readonly upTo: string
}

export const wantedOf = (params: URLSearchParams): Wanted => ({
  seed: params.get("seed") ?? "",
  size: params.get("size") ?? "25",
  method: params.get("method") === "monetary" ? "monetary" : "stratified",
  province: params.get("province") ?? "",
  scheme: params.get("scheme") ?? "",
  upTo: params.get("upTo") ?? "",
})

export const searchOf = (wanted: Wanted): URLSearchParams =>
  new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ""))

export const SampleForm = ({
  wanted,
  onDraw,
}: {
  readonly wanted: Wanted
  readonly onDraw: (wanted: Wanted) => void
}): ReactNode => {
  const { t, language } = useSampleWords()
  const [draft, setDraft] = useState(wanted)
  const set = (change: Partial<Wanted>): void => setDraft({ ...draft, ...change })
  return (
    <form
      className="card row"
      onSubmit={(event) => {
        event.preventDefault()
        onDraw(draft)
      }}
    >
      <label className="field grow">
        <span>{t("sample.seed")}</span>
        <input
          className="mono text"
          required
          maxLength={100}
          spellCheck={false}
          value={draft.seed}
          onChange={(event) => set({ seed: event.target.value })}
        />
      </label>
      <Button onClick={() => set({ seed: seedOf(crypto.getRandomValues(new Uint8Array(8))) })}>{t("sample.newSeed")}</Button>
      <label className="field">
        <span>{t("sample.size")}</span>
        <input
          className="text"
          type="number"
          min={1}
          max={1000}
          required
          value={draft.size}
          onChange={(event) => set({ size: event.target.value })}
        />
      </label>
      <label className="field">
        <span>{t("sample.method")}</span>
        <select value={draft.method} onChange={(event) => set({ method: event.target.value as Wanted["method"] })}>
          <option value="stratified">{t("sample.stratified")}</option>
          <option value="monetary">{t("sample.monetary")}</option>
        </select>
      </label>
      <label className="field">
        <span>{t("sample.frame")}</span>
        <select value={draft.province} onChange={(event) => set({ province: event.target.value })}>
          <option value="">{t("sample.nation")}</option>
          {provinceCodes.map((code) => (
            <option key={code} value={code}>
              {provinceName(code, language)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("scheme")}</span>
        <select value={draft.scheme} onChange={(event) => set({ scheme: event.target.value })}>
          <option value="">—</option>
          {Object.keys(schemes).map((code) => (
            <option key={code} value={code}>
              {schemeName(code, language)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("sample.upTo")}</span>
        <input
          className="mono text"
          maxLength={80}
          spellCheck={false}
          value={draft.upTo}
          onChange={(event) => set({ upTo: event.target.value })}
        />
      </label>
      <Button htmlType="submit" type="primary">
        {t("sample.draw")}
      </Button>
    </form>
  )
}
