/** Loading, empty and refused: designed once, the same on every page. */
import { Alert, Button, Empty, Skeleton } from "antd"
import type { ReactNode } from "react"
import { Refused } from "./client.js"
import { useLanguage } from "./i18n.js"

export const Loading = ({ rows = 6, label }: { readonly rows?: number; readonly label?: string }): ReactNode => {
  const { t } = useLanguage()
  return (
    <div role="status" aria-live="polite">
      <span className="visually-hidden">{label ?? t("loading")}</span>
      <Skeleton active paragraph={{ rows }} title={false} />
    </div>
  )
}

/** Nothing is there, where nothing is an answer: one quiet line. */
export const None = ({ text }: { readonly text: string }): ReactNode => <p className="quiet">{text}</p>

export const Nothing = ({ text, hint }: { readonly text: string; readonly hint?: string }): ReactNode => (
  <Empty
    image={Empty.PRESENTED_IMAGE_SIMPLE}
    description={
      <>
        <div>{text}</div>
        {hint === undefined ? null : <div className="quiet">{hint}</div>}
      </>
    }
  />
)

/** Why something is not shown, in the service's own words, with the rule and the way out. */
export const Failure = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }): ReactNode => {
  const { t, language } = useLanguage()
  const again = retry === undefined ? null : <Button onClick={retry}>{t("retry")}</Button>
  if (!(error instanceof Refused))
    return (
      <Alert role="alert" type="error" showIcon title={t("errorNetwork")} description={t("errorNetworkHint")} action={again} />
    )
  const { problem } = error
  const about = [`${t("rule")} ${problem.rule}`, problem.article === undefined ? "" : `${t("article")} ${problem.article}`]
  return (
    <Alert
      role="alert"
      type="warning"
      showIcon
      title={language === "zh" ? problem.hint_zh : problem.hint_en}
      description={about.filter((one) => one !== "").join(" · ")}
      action={again}
    />
  )
}
