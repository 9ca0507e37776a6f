/** How the rows went, or would go: new, changed, skipped, refused, and the money. */
import type { ReactNode } from "react"
import { yuan } from "../../../view/amounts.js"
import { type Counts as CountsOf, newRows, whole } from "../../../view/upload.js"
import { useUploadWords } from "./words.js"

export const Counts = ({ counts }: { readonly counts: CountsOf }): ReactNode => {
  const { t } = useUploadWords()
  const { changed, unchanged, refused, warned, paid_fen } = counts
  const cells = [
    { key: "new", value: whole(newRows(counts)), tone: "good" },
    { key: "changed", value: whole(changed), tone: "good" },
    { key: "unchanged", value: whole(unchanged), tone: "" },
    { key: "refused", value: whole(refused), tone: refused > 0 ? "look" : "" },
    { key: "warned", value: whole(warned), tone: warned > 0 ? "look" : "" },
    { key: "paid", value: yuan(paid_fen), tone: "money" },
  ] as const
  return (
    <dl className="upload-counts" aria-label={t("upload.counts")}>
      {cells.map(({ key, value, tone }) => (
        <div key={key} className={tone}>
          <dt>{t(`upload.count_${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
