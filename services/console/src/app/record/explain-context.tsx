/** Every number is a link: it opens the facts behind it. The tree itself is loaded when the first number is asked about. */
import { createContext, lazy, type ReactNode, Suspense, use, useMemo, useState } from "react"
import type { ExplainedNumber, UnifiedRecord } from "../../view/types.js"
import { Dialog } from "../dialog.js"
import { Loading } from "../feedback.js"
import { useLanguage } from "../i18n.js"

export type Subject =
  | { readonly kind: "relation"; readonly relation: string; readonly number: ExplainedNumber; readonly month?: string }
  | { readonly kind: "family"; readonly family: string; readonly number: "account_fen" | "pooled_fen" | "months_standing" }

const Tree = lazy(async () => ({ default: (await import("./explain.js")).ExplainSubject }))
const Context = createContext<(subject: Subject) => void>(() => {})

export const useExplain = (): ((subject: Subject) => void) => use(Context)

/** A number one can ask about. */
export const Num = ({ subject, children }: { readonly subject: Subject; readonly children: ReactNode }): ReactNode => {
  const explain = useExplain()
  const { t } = useLanguage()
  return (
    <button type="button" className="num" title={t("explain")} onClick={() => explain(subject)}>
      {children}
    </button>
  )
}

export const ExplainProvider = ({
  personKey,
  knownAt,
  record,
  below,
  children,
}: {
  readonly personKey: string
  readonly knownAt: string | null
  readonly record: UnifiedRecord
  /** Under what the drawer shows: what one can do about the number. */
  readonly below?: (subject: Subject) => ReactNode
  readonly children: ReactNode
}): ReactNode => {
  const { t } = useLanguage()
  const [subject, setSubject] = useState<Subject | null>(null)
  const asked = useMemo(() => ({ personKey, knownAt, record }), [personKey, knownAt, record])
  return (
    <Context value={setSubject}>
      {children}
      {subject === null ? null : (
        <Dialog side title={t("explain")} onClose={() => setSubject(null)}>
          <Suspense fallback={<Loading />}>
            <Tree subject={subject} {...asked} />
          </Suspense>
          {below?.(subject)}
        </Dialog>
      )}
    </Context>
  )
}
