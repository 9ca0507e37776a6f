/** The operator's page: every service with lag and speed, parked facts with replay, reconciliation and rebuild. */
import { useQueries } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { momentInChina } from "../../view/amounts.js"
import { services, type Status } from "../../view/operation.js"
import { askPath } from "../client.js"
import { useSession } from "../session.js"
import { Integrity } from "./integrity.js"
import "./operator.css"
import { Parked } from "./parked.js"
import { ServiceCard } from "./service-card.js"
import { useOperatorWords } from "./words.js"

const every_ms = 2_000

export const Operation = (): ReactNode => {
  const { t } = useOperatorWords()
  const session = useSession()
  const [paused, setPaused] = useState(false)
  const statuses = useQueries({
    queries: services.map((service) => ({
      queryKey: ["status", service],
      queryFn: () => askPath<Status>(session, `/${service}/status`),
      refetchInterval: paused ? (false as const) : every_ms,
      retry: false,
      staleTime: 0,
    })),
  })
  const newest = Math.max(0, ...statuses.map(({ dataUpdatedAt }) => dataUpdatedAt))
  const at =
    newest === 0
      ? "…"
      : `${momentInChina(new Date(newest).toISOString())}:${String(new Date(newest).getSeconds()).padStart(2, "0")}`
  return (
    <section className="page operation stack">
      <header className="head">
        <h1>{t("ops.title")}</h1>
        <div className="row ops-age">
          <span className="quiet">{paused ? t("ops.paused", { at }) : t("ops.at", { at, seconds: every_ms / 1_000 })}</span>
          <Button size="small" onClick={() => setPaused(!paused)} aria-pressed={paused}>
            {paused ? t("ops.resume") : t("ops.pause")}
          </Button>
        </div>
      </header>
      <p className="quiet">{t("ops.lead")}</p>
      {session.caller.kind === "center" ? null : <p className="notice">{t("ops.onlyCenter")}</p>}
      <section aria-label={t("ops.services")}>
        <ul className="plain ops-services">
          {services.map((service, i) => (
            <ServiceCard key={service} service={service} status={statuses[i]?.data ?? null} error={statuses[i]?.error ?? null} />
          ))}
        </ul>
      </section>
      <Parked every_ms={paused ? false : every_ms} />
      <Integrity />
    </section>
  )
}
