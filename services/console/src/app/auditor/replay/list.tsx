/** All events of a history, the shown one marked; a click goes there. */
import { memo, type ReactNode, useEffect, useRef } from "react"
import { momentInChina } from "../../../view/amounts.js"
import type { Language } from "../../../view/places.js"
import { kindOf } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"
import type { Player } from "./player.js"
import { useReplayWords } from "./words.js"

const Line = memo(
  ({
    step,
    shown,
    later,
    language,
    go,
  }: {
    readonly step: HistoryStep
    readonly shown: boolean
    readonly later: boolean
    readonly language: Language
    readonly go: { readonly current: (step: number) => void }
  }): ReactNode => (
    <li className={later ? "later" : ""}>
      <button type="button" className="event-line" aria-current={shown ? "step" : undefined} onClick={() => go.current(step.n)}>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden>
          <rect className={step.problem === null ? `k-${kindOf(step.event)}` : "k-problem"} width="10" height="10" />
        </svg>
        <span className="event-n">{step.n}</span>
        <span className="event-words">{step.event.words[language]}</span>
        <span className="quiet event-at">{momentInChina(step.event.recordedAt)}</span>
      </button>
    </li>
  ),
)

/** Keeps the shown event in sight inside the list, and leaves the page where it is. */
const useInSight = (at: number) => {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = list.current
    const line = box?.querySelector<HTMLElement>("[aria-current=step]")
    if (box === null || line === null || line === undefined) return
    const top = line.offsetTop - box.offsetTop
    if (top < box.scrollTop || top + line.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top - box.clientHeight / 2
  }, [at])
  return list
}

export const EventList = ({ steps, player }: { readonly steps: readonly HistoryStep[]; readonly player: Player }): ReactNode => {
  const { t, language } = useReplayWords()
  const list = useInSight(player.at)
  const go = useRef(player.go)
  useEffect(() => {
    go.current = player.go
  })
  return (
    <section className="card" aria-labelledby="replay-list">
      <h2 id="replay-list">{t("replay.list")}</h2>
      <div className="tall event-list" ref={list} tabIndex={0} role="region" aria-labelledby="replay-list">
        <ol className="plain">
          {steps.map((step) => (
            <Line key={step.n} {...{ step, language, go }} shown={step.n === player.at} later={step.n > player.at} />
          ))}
        </ol>
      </div>
    </section>
  )
}
