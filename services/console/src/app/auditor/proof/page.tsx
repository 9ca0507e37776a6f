/** That nothing was removed or altered: checked in the browser, day against day, event by event, or all of it. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { ask, client } from "../../client.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import "../auditor.css"
import { Days } from "./days.js"
import { Jobs } from "./jobs.js"
import { isOff } from "./log-source.js"
import { ReceiptOf } from "./receipt.js"
import { Status } from "./status.js"
import { Witnesses } from "./witnesses.js"
import { useProofWords } from "./words.js"

const refresh_ms = 15_000

export const ProofPage = (): ReactNode => {
  const { t } = useProofWords()
  const log = useQuery({
    queryKey: ["proof", "log"],
    queryFn: () => ask(client.GET("/audit/proof/log")),
    refetchInterval: refresh_ms,
  })
  return (
    <section className="page stack">
      <h1>{t("proof.title")}</h1>
      <p className="quiet">{t("proof.lead")}</p>
      {log.isPending ? <Loading rows={8} /> : null}
      {log.error === null ? null : isOff(log.error) ? (
        <div className="card">
          <Nothing text={t("proof.off")} hint={t("proof.offHint")} />
        </div>
      ) : (
        <Failure error={log.error} retry={() => void log.refetch()} />
      )}
      {log.data === undefined ? null : (
        <>
          <Status log={log.data} />
          <Witnesses log={log.data} />
          <Days log={log.data} />
          <ReceiptOf log={log.data} />
          <Jobs />
        </>
      )}
    </section>
  )
}
