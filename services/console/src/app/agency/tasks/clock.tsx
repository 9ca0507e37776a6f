/** The rest of a limit, as a colour and in words. */
import type { ReactNode } from "react"
import { clockTone } from "../../../view/tasks.js"
import { Tag } from "../../tag.js"
import { useTaskWords } from "./words.js"

export const Clock = ({ due, days }: { readonly due: string; readonly days: number }): ReactNode => {
  const { t } = useTaskWords()
  return (
    <span className="clock">
      <Tag color={clockTone(days)}>{days < 0 ? t("tasks.late", { days: -days }) : t("tasks.left", { days })}</Tag>
      <span className="quiet">{t("tasks.due", { due })}</span>
    </span>
  )
}
