/** The two times of a history: what the ledger knew (the scrubber itself), and what holds in a month (a fold of its own). */
import { Button } from "antd"
import type { ReactNode } from "react"
import { dayOf, stepKnownOn } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"
import type { Player } from "./player.js"
import { useReplayWords } from "./words.js"

export const Moment = ({
  steps,
  player,
  validAt,
  onValidAt,
}: {
  readonly steps: readonly HistoryStep[]
  readonly player: Player
  readonly validAt: string | null
  readonly onValidAt: (month: string | null) => void
}): ReactNode => {
  const { t } = useReplayWords()
  const { at, last } = player
  const step = steps[at - 1]
  const day = step === undefined ? "" : dayOf(step.event.recordedAt)
  const known = step === undefined ? 0 : stepKnownOn(steps, day)
  const past = at < last || validAt !== null
  return (
    <div className={past ? "as-of past" : "as-of"}>
      <label className="field" title={t("replay.knownAtHint")}>
        <span>{t("replay.knownAt")}</span>
        <input
          type="date"
          value={day}
          onChange={(event) => {
            if (event.target.value !== "") player.go(stepKnownOn(steps, event.target.value))
          }}
        />
      </label>
      <label className="field" title={t("replay.validAtHint")}>
        <span>{t("replay.validAt")}</span>
        <input
          type="month"
          value={validAt ?? ""}
          onChange={(event) => onValidAt(event.target.value === "" ? null : event.target.value)}
        />
      </label>
      {at === 0 || at === known ? null : <Button onClick={() => player.go(known)}>{t("replay.dayEnd")}</Button>}
      <p className="as-of-words quiet">
        {at === 0 ? (
          <span>{t("replay.before")}</span>
        ) : known < last ? (
          <span>{t("replay.knownThen", { day, n: known, of: last, rest: last - known })}</span>
        ) : null}
        {validAt === null ? null : (
          <>
            <span>{t("replay.validOnly", { month: validAt, n: last })}</span>
            <Button size="small" onClick={() => onValidAt(null)}>
              {t("replay.clear")}
            </Button>
          </>
        )}
      </p>
    </div>
  )
}
