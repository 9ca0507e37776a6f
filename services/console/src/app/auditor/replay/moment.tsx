/** The two times of a history: what the ledger knew (the scrubber itself), and what holds in a month (a fold of its own). */
import { Button } from "antd"
import type { ReactNode } from "react"
import { dayOf, stepKnownOn } from "../../../view/replay.js"
import type { HistoryStep } from "../../../view/types.js"
import { MomentField } from "../../moment-field.js"
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
      <MomentField
        kind="day"
        label={t("replay.knownAt")}
        hint={t("replay.knownAtHint")}
        value={day}
        onChange={(known) => {
          if (known !== "") player.go(stepKnownOn(steps, known))
        }}
      />
      <MomentField
        kind="month"
        label={t("replay.validAt")}
        hint={t("replay.validAtHint")}
        value={validAt ?? ""}
        onChange={(month) => onValidAt(month === "" ? null : month)}
      />
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
