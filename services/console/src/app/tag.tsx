/** A small coloured word; its colours keep the contrast of WCAG AA, which the component library's do not. */
import type { ReactNode } from "react"

export type Tone = "green" | "gold" | "red" | "blue" | "plain"

export const Tag = ({ color = "plain", children }: { readonly color?: Tone; readonly children: ReactNode }): ReactNode => (
  <span className={`tag tag-${color}`}>{children}</span>
)
