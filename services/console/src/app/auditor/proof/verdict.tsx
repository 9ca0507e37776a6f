/** What a check found, in one line: green or red, and said aloud. */
import type { ReactNode } from "react"

export const Verdict = ({ good, children }: { readonly good: boolean; readonly children: ReactNode }): ReactNode => (
  <p className={`verdict ${good ? "good" : "bad"}`} role={good ? "status" : "alert"}>
    <strong aria-hidden>{good ? "✓" : "✗"}</strong>
    <span>{children}</span>
  </p>
)
