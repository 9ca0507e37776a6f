/**
 * A month or a day, typed: the same in every browser and in the console's language (the browser's own pickers speak the browser's,
 * and some have none for months). What is not one is said under the field and changes nothing.
 */
import { type ReactNode, useEffect, useId, useState } from "react"
import { momentProblem, tidyMoment } from "../view/moment.js"
import { deskWords } from "./i18n.js"

const useWords = deskWords(
  {
    "moment.month": "年-月",
    "moment.day": "年-月-日",
    "moment.formMonth": "请写成 2023-06 这样",
    "moment.formDay": "请写成 2023-06-30 这样",
    "moment.none": "没有这一天",
    "moment.late": "不能晚于 {{max}}",
    "moment.early": "不能早于 {{min}}",
  },
  {
    "moment.month": "yyyy-mm",
    "moment.day": "yyyy-mm-dd",
    "moment.formMonth": "Write it like 2023-06",
    "moment.formDay": "Write it like 2023-06-30",
    "moment.none": "There is no such day",
    "moment.late": "Not after {{max}}",
    "moment.early": "Not before {{min}}",
  },
)

export const MomentField = ({
  kind,
  label,
  hint,
  value,
  min,
  max,
  onChange,
}: {
  readonly kind: "month" | "day"
  readonly label: string
  readonly hint?: string
  /** `YYYY-MM`, `YYYY-MM-DD`, or nothing. */
  readonly value: string
  readonly min?: string
  readonly max?: string
  /** Called with a moment there is, or with nothing when the field was emptied. */
  readonly onChange: (value: string) => void
}): ReactNode => {
  const { t } = useWords()
  const id = useId()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const problem = typed === "" ? null : momentProblem(kind, typed, min, max)
  const take = (text: string): void => {
    const tidy = tidyMoment(kind, text)
    setTyped(tidy)
    if (tidy !== value && (tidy === "" || momentProblem(kind, tidy, min, max) === null)) onChange(tidy)
  }
  const words = { month: t("moment.formMonth"), day: t("moment.formDay") }[kind]
  return (
    <div className="field">
      <label htmlFor={id} title={hint}>
        {label}
      </label>
      <input
        id={id}
        className="moment"
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        size={kind === "month" ? 9 : 12}
        placeholder={t(`moment.${kind}`)}
        value={typed}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onChange={({ target }) => {
          setTyped(target.value)
          // A whole one counts at once; a half one waits.
          if (
            target.value === "" ||
            (target.value.length === (kind === "month" ? 7 : 10) && momentProblem(kind, target.value, min, max) === null)
          )
            take(target.value)
        }}
        onBlur={({ target }) => take(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === "Enter") take(currentTarget.value)
        }}
      />
      {problem === null || typed.length < (kind === "month" ? 6 : 8) ? null : (
        <span id={`${id}-problem`} className="notice" role="alert">
          {problem === "form" ? words : t(`moment.${problem}`, { min: min ?? "", max: max ?? "" })}
        </span>
      )}
    </div>
  )
}
