/** Lists of links walked by keyboard. */
import type { KeyboardEvent } from "react"

/** j and k, or the arrows, walk through the links of a list. */
export const walk = (event: KeyboardEvent<HTMLElement>): void => {
  const step = event.key === "j" || event.key === "ArrowDown" ? 1 : event.key === "k" || event.key === "ArrowUp" ? -1 : 0
  if (step === 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a")]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)]
  event.preventDefault()
  next?.focus()
}

/** For the ref of what a dialog shall begin with: `showModal` heeds the attribute, which React's own `autoFocus` never writes. */
export const beginHere = (element: HTMLElement | null): void => element?.setAttribute("autofocus", "")
