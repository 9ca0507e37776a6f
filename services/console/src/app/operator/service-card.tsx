/** One service: is it well, how far behind, how fast, and each of its parts with its reason. */
import type { ReactNode } from "react"
import { duration } from "../../view/duration.js"
import { lagOf, mainFlow, type Service, sparkline, type Status } from "../../view/operation.js"
import { Refused } from "../client.js"
import { Failure, Loading } from "../feedback.js"
import { Tag } from "../tag.js"
import { useOperatorWords } from "./words.js"

const width = 160
const height = 28

const whole = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })

const Speed = ({ status }: { readonly status: Status }): ReactNode => {
  const { t } = useOperatorWords()
  const flow = mainFlow(status)
  if (flow === null) return <p className="quiet">{t("ops.quiet")}</p>
  const values = flow.recent.map(({ per_second }) => per_second)
  const what = t(`ops.flow_${flow.name}`)
  const label = t("ops.trend", { what, top: whole(Math.max(0, ...values)), now: whole(flow.per_second) })
  return (
    <div className="ops-speed">
      <div>
        <strong>{t("ops.perSecond", { rate: whole(flow.per_second) })}</strong>
        <div className="quiet">
          {what} · {t("ops.total", { total: whole(flow.total) })}
        </div>
      </div>
      <svg viewBox={`0 -2 ${width} ${height + 4}`} role="img" aria-label={label} preserveAspectRatio="none">
        <polyline points={sparkline(values, width, height)} fill="none" stroke="#0b5c8c" strokeWidth="1.5" />
      </svg>
    </div>
  )
}

const Parts = ({ status }: { readonly status: Status }): ReactNode => {
  const { t } = useOperatorWords()
  return (
    <details open={!status.ok}>
      <summary>{t("ops.parts", { count: status.checks.length })}</summary>
      <ul className="plain ops-parts">
        {status.checks.map((check) => (
          <li key={check.name}>
            <Tag color={check.ok ? "green" : "red"}>{check.ok ? t("ops.partOk") : t("ops.partBad")}</Tag>{" "}
            <span className="mono">{check.name}</span>
            {check.detail === undefined ? null : <div className="quiet">{check.detail}</div>}
            {check.stuck_key === undefined ? null : (
              <div className="notice mono">{t("ops.stuckAt", { key: check.stuck_key.slice(0, 12) })}</div>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

export const ServiceCard = ({
  service,
  status,
  error,
}: {
  readonly service: Service
  readonly status: Status | null
  readonly error: unknown
}): ReactNode => {
  const { t, language } = useOperatorWords()
  const name = t(`ops.service_${service}`)
  const lag = status === null ? null : lagOf(status)
  const state = error !== null ? "away" : status === null ? null : status.ok ? "up" : "bad"
  return (
    <li className="card stack ops-service" aria-label={name}>
      <div className="head">
        <h2>{name}</h2>
        {state === null ? null : <Tag color={state === "up" ? "green" : "red"}>{t(`ops.${state}`)}</Tag>}
      </div>
      {error !== null ? (
        error instanceof Refused && error.problem.status !== 502 && error.problem.status !== 404 ? (
          <Failure error={error} />
        ) : (
          <p className="notice">{t("ops.awayHint")}</p>
        )
      ) : status === null ? (
        <Loading rows={2} />
      ) : (
        <>
          {lag === null ? null : (
            <p className={lag.seconds > 60 ? "notice" : "quiet"}>
              {lag.seconds < 1 && (lag.events ?? 0) === 0
                ? t("ops.lagNone")
                : [
                    t("ops.lag"),
                    lag.events === null ? "" : t("ops.lagEvents", { events: whole(lag.events) }),
                    t("ops.lagSeconds", { time: duration(lag.seconds, language) }),
                  ]
                    .filter((part) => part !== "")
                    .join(" ")}
            </p>
          )}
          <Speed status={status} />
          <Parts status={status} />
          <p className="quiet">{t("ops.since", { time: duration((status.at - status.startedAt) / 1_000, language) })}</p>
        </>
      )}
    </li>
  )
}
