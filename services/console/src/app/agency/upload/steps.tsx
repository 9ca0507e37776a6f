/** Where one is between the file and its receipt. */
import type { ReactNode } from "react"
import { type Step, steps } from "../../../view/upload.js"
import { useUploadWords } from "./words.js"

export const Steps = ({ at }: { readonly at: Step }): ReactNode => {
  const { t } = useUploadWords()
  return (
    <ol className="upload-steps no-print" aria-label={t("upload.steps")}>
      {steps.map((step) => (
        <li
          key={step}
          aria-current={step === at ? "step" : undefined}
          className={steps.indexOf(step) < steps.indexOf(at) ? "past" : ""}
        >
          {t(`upload.step_${step}`)}
        </li>
      ))}
    </ol>
  )
}
