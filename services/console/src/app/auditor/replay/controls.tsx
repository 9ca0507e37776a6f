/** Play, pause, step, scrub: with a mark for every event, coloured by its kind. */
import { Button } from "antd"
import { memo, type ReactNode } from "react"
import { eventKinds, kindName, kindOf, speeds } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"
import type { Player } from "./player.js"
import { useReplayWords } from "./words.js"

/** One line per event, in a strip as wide as the scrubber; drawn once. */
const Marks = memo(({ steps }: { readonly steps: readonly HistoryStep[] }): ReactNode => {
  const width = Math.max(steps.length, 1)
  return (
    <svg className="marks" viewBox={`0 0 ${width} 10`} preserveAspectRatio="none" aria-hidden>
      {steps.map(({ n, event, problem }) => (
        <rect
          key={n}
          className={problem === null ? `k-${kindOf(event)}` : "k-problem"}
          x={n - 1}
          y={0}
          width={width > 200 ? 1 : 0.7}
          height={10}
        />
      ))}
    </svg>
  )
})

const Kinds = ({ steps }: { readonly steps: readonly HistoryStep[] }): ReactNode => {
  const { language } = useReplayWords()
  const counts = new Map<string, number>()
  for (const { event } of steps) counts.set(kindOf(event), (counts.get(kindOf(event)) ?? 0) + 1)
  return (
    <ul className="plain row marks-legend">
      {eventKinds
        .filter((kind) => counts.has(kind))
        .map((kind) => (
          <li key={kind}>
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden>
              <rect className={`k-${kind}`} width="10" height="10" />
            </svg>{" "}
            {kindName(kind, language)} {counts.get(kind)}
          </li>
        ))}
    </ul>
  )
}

export const Controls = ({ steps, player }: { readonly steps: readonly HistoryStep[]; readonly player: Player }): ReactNode => {
  const { t, language } = useReplayWords()
  const { at, last, playing } = player
  const step = steps[at - 1]
  const said = step === undefined ? t("replay.before") : `${t("replay.step", { n: at, of: last })} ${step.event.words[language]}`
  return (
    <section className="card stack player" aria-label={t("replay.scrub")}>
      <div className="row player-buttons no-print">
        <Button onClick={() => player.go(0)} disabled={at === 0} aria-label={t("replay.first")} title={t("replay.first")}>
          |◀
        </Button>
        <Button onClick={() => player.go(at - 1)} disabled={at === 0}>
          ← {t("replay.back")}
        </Button>
        <Button type="primary" className="player-play" onClick={() => player.play(!playing)}>
          {playing ? `⏸ ${t("replay.pause")}` : `▶ ${t("replay.play")}`}
        </Button>
        <Button onClick={() => player.go(at + 1)} disabled={at === last}>
          {t("replay.next")} →
        </Button>
        <Button onClick={() => player.go(last)} disabled={at === last} aria-label={t("replay.last")} title={t("replay.last")}>
          ▶|
        </Button>
        <label className="player-speed">
          <span>{t("replay.speed")}</span>
          <select value={player.perSecond} onChange={(event) => player.setPerSecond(Number(event.target.value))}>
            {speeds.map((speed) => (
              <option key={speed} value={speed}>
                {t("replay.perSecond", { n: speed })}
              </option>
            ))}
          </select>
        </label>
        <strong className="player-at">{t("replay.step", { n: at, of: last })}</strong>
      </div>
      <div className="scrubber">
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label={t("replay.scrub")}
          aria-valuetext={said}
          onChange={(event) => player.go(Number(event.target.value))}
        />
        <Marks steps={steps} />
      </div>
      <Kinds steps={steps} />
      <p className="quiet no-print">{t("replay.keys")}</p>
      <p className="visually-hidden" role="status">
        {playing ? "" : said}
      </p>
    </section>
  )
}
