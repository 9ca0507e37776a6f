/** What a worker can choose: when to retire within the law's window, what a month is paid on, as what. */
import type { ReactNode } from "react"
import { yuan } from "../../view/amounts.js"
import { ageAt, type BaseChoice, type Channel, type Wishes } from "../../view/future.js"
import { useWorkerWords } from "./words.js"

const bases: readonly BaseChoice[] = ["last", "floor", "ceiling", "own"]
const channels: readonly Channel[] = ["employee", "flexible", "resident"]
/** Yuan a month; the service cuts it to the limits of the place. */
const own = { min: 2_000, max: 40_000, step: 500 } as const

export type Window = {
  readonly months: readonly string[]
  readonly statutory: string
  readonly article: string
  readonly birthMonth: string | null
}

const Retire = (props: {
  readonly window: Window
  readonly wishes: Wishes
  readonly onWish: (part: Partial<Wishes>) => void
}): ReactNode => {
  const { t } = useWorkerWords()
  const { window, wishes, onWish } = props
  const { months, statutory, article, birthMonth } = window
  const chosen = wishes.retire ?? statutory
  const age = birthMonth === null ? "" : ageAt(birthMonth, chosen)
  const [from = "", to = ""] = [months[0], months.at(-1)]
  return (
    <label className="slider">
      <span className="head">
        {t("worker.futureRetire")} <output>{t("worker.futureRetireAt", { month: chosen, age })}</output>
      </span>
      <input
        type="range"
        min={0}
        max={months.length - 1}
        value={Math.max(months.indexOf(chosen), 0)}
        aria-valuetext={chosen}
        onChange={(event) => onWish({ retire: months[Number(event.target.value)] ?? null })}
      />
      <span className="quiet">
        {t("worker.futureStatutory", { month: statutory })} · {t("worker.futureWindow", { from, to, article })}
      </span>
    </label>
  )
}

export const Sliders = (props: {
  readonly window: Window | null
  readonly wishes: Wishes
  readonly onWish: (part: Partial<Wishes>) => void
}): ReactNode => {
  const { t } = useWorkerWords()
  const { window, wishes, onWish } = props
  return (
    <section className="stack sliders">
      {window === null ? null : <Retire window={window} wishes={wishes} onWish={onWish} />}
      <fieldset>
        <legend>{t("worker.futureBase")}</legend>
        <div className="choices">
          {bases.map((base) => (
            <label key={base}>
              <input type="radio" name="base" checked={wishes.base === base} onChange={() => onWish({ base })} />
              {t(`worker.base_${base}`)}
            </label>
          ))}
        </div>
        {wishes.base !== "own" ? null : (
          <label className="slider">
            <output>{t("worker.futureBaseOwn", { yuan: yuan(wishes.base_yuan * 100) })}</output>
            <input
              type="range"
              {...own}
              value={wishes.base_yuan}
              aria-label={t("worker.base_own")}
              aria-valuetext={yuan(wishes.base_yuan * 100)}
              onChange={(event) => onWish({ base_yuan: Number(event.target.value) })}
            />
            <span className="quiet">{t("worker.futureBaseCut")}</span>
          </label>
        )}
      </fieldset>
      <label className="field">
        <span>{t("worker.futureChannel")}</span>
        <select
          value={wishes.channel ?? ""}
          onChange={(event) => onWish({ channel: (event.target.value || null) as Channel | null })}
        >
          <option value="">{t("worker.channel_now")}</option>
          {channels.map((channel) => (
            <option key={channel} value={channel}>
              {t(`worker.channel_${channel}`)}
            </option>
          ))}
        </select>
      </label>
    </section>
  )
}

/** A woman's window depends on her post, which no fact of the ledger holds. */
export const PostPicker = (props: {
  readonly post: Wishes["post"]
  readonly onPick: (post: Wishes["post"]) => void
}): ReactNode => {
  const { t } = useWorkerWords()
  return (
    <section>
      <label className="field">
        <span>{t("worker.futurePost")}</span>
        <select value={props.post ?? "female50"} onChange={(event) => props.onPick(event.target.value as Wishes["post"])}>
          <option value="female50">{t("worker.post_female50")}</option>
          <option value="female55">{t("worker.post_female55")}</option>
        </select>
      </label>
      <p className="quiet">{t("worker.futurePostHint")}</p>
    </section>
  )
}
