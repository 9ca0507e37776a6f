/** The player's moving parts: which step is shown, whether it runs, and the address that leads back to the step. */
import { useEffect, useRef, useState } from "react"
import { useSearchParams } from "react-router"
import { stepByKey } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"

export type Player = {
  /** 0 is before the first fact. */
  readonly at: number
  readonly last: number
  readonly playing: boolean
  readonly perSecond: number
  readonly go: (step: number) => void
  readonly play: (playing: boolean) => void
  readonly setPerSecond: (perSecond: number) => void
}

/** Browsers bear a few changes of the address a second, no more. */
const addressAfter_ms = 400

/** Keys belong to the player wherever the reader is, but in fields, on buttons and on what scrolls to these. */
const isOthers = (target: EventTarget | null, key: string): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest("dialog, input, select, textarea") !== null || target.matches(".tall, .scroll, pre")) return true
  return key === " " && target.closest("button, a, summary, label") !== null
}

const useStepInAddress = (steps: readonly HistoryStep[]): readonly [at: number, go: (step: number) => void] => {
  const last = steps.length
  const [params, setParams] = useSearchParams()
  const wanted = params.get("step")
  const [at, go] = useState<number | null>(() =>
    wanted === null ? (steps.find(({ event }) => event.id === params.get("event"))?.n ?? null) : Number(wanted),
  )
  const shown = Math.min(Math.max(Number.isInteger(at) && at !== null ? at : last, 0), last)
  // The newest setter, which knows the address as it is now: an older one would take back what was written meanwhile.
  const write = useRef(setParams)
  useEffect(() => {
    write.current = setParams
  })
  useEffect(() => {
    if (at === null) return
    const timer = setTimeout(() => {
      write.current(
        (now) => {
          const next = new URLSearchParams(now)
          next.set("step", String(at))
          next.delete("event")
          return next
        },
        { replace: true, preventScrollReset: true },
      )
    }, addressAfter_ms)
    return () => clearTimeout(timer)
  }, [at])
  return [shown, go]
}

/** Begins at the step or event that the address names, else at the last. */
export const usePlayer = (steps: readonly HistoryStep[]): Player => {
  const last = steps.length
  const [at, go] = useStepInAddress(steps)
  const [wish, setWish] = useState(false)
  const [perSecond, setPerSecond] = useState(2)
  const playing = wish && at < last
  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(() => go(at + 1), 1_000 / perSecond)
    return () => clearTimeout(timer)
  }, [playing, at, perSecond, go])
  const play = (on: boolean): void => {
    if (on && at >= last) go(0)
    setWish(on)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || isOthers(event.target, event.key)) return
      const step = stepByKey(event.key, at, last)
      if (step === null && event.key !== " ") return
      event.preventDefault()
      if (step === null) play(!playing)
      else {
        setWish(false)
        go(step)
      }
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  })
  const jump = (step: number): void => {
    setWish(false)
    go(Math.min(Math.max(step, 0), last))
  }
  return { at, last, playing, perSecond, go: jump, play, setPerSecond }
}
