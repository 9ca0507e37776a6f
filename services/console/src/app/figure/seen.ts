/** Whether a part of the page has come near the window once: what is heavy is loaded then. */
import { type RefObject, useEffect, useRef, useState } from "react"

export const useSeen = <E extends HTMLElement>(): { readonly place: RefObject<E | null>; readonly seen: boolean } => {
  const place = useRef<E>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && setSeen(true), {
      rootMargin: "200px",
    })
    observer.observe(element)
    // Paper shows the whole page, scrolled to or not.
    const all = (): void => setSeen(true)
    addEventListener("beforeprint", all)
    return () => {
      observer.disconnect()
      removeEventListener("beforeprint", all)
    }
  }, [])
  return { place, seen }
}
