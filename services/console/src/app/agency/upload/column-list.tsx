/** One line for each column of the file: its header, first cells, what it is, and how that is known. */
import type { ReactNode } from "react"
import { type Assigned, type Choices, columnFor, type UploadColumn } from "../../../view/upload.js"
import { Tag, type Tone } from "../../tag.js"
import { useCatalogue } from "./catalogue.js"
import type { columnWordsZh } from "./column-words.js"
import { useUploadWords } from "./words.js"

const tones: Readonly<Record<UploadColumn["by"] | "chosen", Tone>> = {
  known: "green",
  remembered: "green",
  chosen: "green",
  seen: "gold",
  similar: "gold",
  nothing: "gold",
}

const Examples = ({ texts }: { readonly texts: readonly string[] }): ReactNode => {
  const { t } = useUploadWords()
  const seen = [...new Set(texts.map((text) => (text === "" ? t("upload.blank") : text)))]
  return <span className="quiet mono upload-examples">{seen.join(" · ")}</span>
}

const Choice = ({
  column,
  choices,
  onChoose,
}: {
  readonly column: UploadColumn
  readonly choices: Choices
  readonly onChoose: (choices: Choices) => void
}): ReactNode => {
  const { t } = useUploadWords()
  const catalogue = useCatalogue()
  return (
    <select
      aria-label={t("upload.columnOf", { header: column.header })}
      value={columnFor(column, choices)}
      onChange={(event) => onChoose({ ...choices, [column.key]: event.target.value as Assigned })}
    >
      <option value="none">{t("upload.none")}</option>
      {(catalogue.data?.columns ?? []).map(({ key, code }) => (
        <option key={key} value={key}>
          {t(`upload.col_${key}` as keyof typeof columnWordsZh)} {code}
        </option>
      ))}
    </select>
  )
}

export const ColumnList = ({
  columns,
  choices,
  onChoose,
}: {
  readonly columns: readonly UploadColumn[]
  readonly choices: Choices
  readonly onChoose: (choices: Choices) => void
}): ReactNode => {
  const { t } = useUploadWords()
  const catalogue = useCatalogue()
  if (catalogue.data === undefined) return null
  return (
    <div>
      <div className="upload-column upload-column-head quiet" aria-hidden="true">
        <span>{t("upload.header")}</span>
        <span>{t("upload.examples")}</span>
        <span>{t("upload.meaning")}</span>
        <span>{t("upload.by")}</span>
      </div>
      <ul className="plain upload-columns">
        {columns.map((column) => {
          const by = choices[column.key] === undefined ? column.by : "chosen"
          return (
            <li key={column.key} className={tones[by] === "gold" ? "upload-column open" : "upload-column"}>
              <strong>{column.header}</strong>
              <Examples texts={column.examples} />
              <Choice column={column} choices={choices} onChoose={onChoose} />
              <span>
                <Tag color={tones[by]}>{t(`upload.by_${by}`)}</Tag>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
