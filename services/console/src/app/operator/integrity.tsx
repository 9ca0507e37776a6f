/** Long checks an operator starts: ledger against topic, and the record rebuilt beside the one in use. */
import { useMutation, useQuery } from "@tanstack/react-query"
import { Alert, Button } from "antd"
import { type ReactNode, useEffect } from "react"
import { useSearchParams } from "react-router"
import { momentInChina } from "../../view/amounts.js"
import { duration } from "../../view/duration.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { JobBar, useJob } from "../job.js"
import { useSession } from "../session.js"
import { useOperatorWords } from "./words.js"

/** The running job's id is in the address: a page loaded again still shows it. */
const useJobInAddress = (name: string): readonly [id: string | null, show: (id: string) => void] => {
  const [params, setParams] = useSearchParams()
  const show = (id: string): void => {
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        next.set(name, id)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }
  return [params.get(name), show]
}

const count = (value: number): string => value.toLocaleString("en")

const LastReport = ({ ended }: { readonly ended: number | null }): ReactNode => {
  const { t, language } = useOperatorWords()
  const session = useSession()
  const last = useQuery({
    queryKey: ["reconciliation"],
    queryFn: () => ask(client.GET("/relay/reconciliation", { headers: headersOf(session) })),
  })
  const { refetch } = last
  useEffect(() => {
    if (ended !== null) void refetch()
  }, [ended, refetch])
  if (last.isPending) return <Loading rows={1} />
  if (last.error !== null) return <Failure error={last.error} retry={() => void last.refetch()} />
  const report = last.data
  if (report === null) return <None text={t("ops.reconcileNever")} />
  const { ok, events, missing, altered, foreign, conflicting, resent, late, repaired } = report
  return (
    <Alert
      type={ok ? "success" : "error"}
      role="status"
      showIcon
      title={
        ok
          ? t("ops.reconcileOk", { events: count(events) })
          : t("ops.reconcileBad", {
              missing: count(missing),
              altered: count(altered),
              foreign: count(foreign),
              conflicting: count(conflicting),
            })
      }
      description={[
        t("ops.reconcileAt", {
          at: momentInChina(new Date(report.endedAt).toISOString()),
          time: duration(report.seconds, language),
        }),
        t("ops.resent", { resent: count(resent), late: count(late), repaired: count(repaired) }),
      ].join(" · ")}
    />
  )
}

const Reconcile = (): ReactNode => {
  const { t } = useOperatorWords()
  const session = useSession()
  const [id, show] = useJobInAddress("reconcile")
  const job = useJob("relay", id)
  const start = useMutation({
    mutationFn: (repair: boolean) => ask(client.POST("/relay/reconcile", { headers: headersOf(session), body: { repair } })),
    onSuccess: (started) => show(started.id),
  })
  return (
    <article className="stack">
      <h3>{t("ops.reconcile")}</h3>
      <p className="quiet">{t("ops.reconcileLead")}</p>
      <LastReport ended={job.data?.endedAt ?? null} />
      <div className="row">
        <Button onClick={() => start.mutate(false)} loading={start.isPending}>
          {t("ops.reconcileStart")}
        </Button>
        {session.caller.kind !== "center" ? null : (
          <Button onClick={() => start.mutate(true)} disabled={start.isPending}>
            {t("ops.reconcileRepair")}
          </Button>
        )}
      </div>
      {start.error === null ? null : <Failure error={start.error} />}
      {id === null ? null : <JobBar service="relay" id={id} title={t("ops.reconcile")} />}
    </article>
  )
}

/** What the job's end says: did the copy take the place of the first, and the digest both should have. */
const outcomeOf = (result: unknown): { readonly switched: boolean; readonly digest: string } | null =>
  typeof result === "object" &&
  result !== null &&
  "switched" in result &&
  "digest_rebuilt" in result &&
  typeof result.digest_rebuilt === "string"
    ? { switched: result.switched === true, digest: result.digest_rebuilt }
    : null

const Rebuild = (): ReactNode => {
  const { t } = useOperatorWords()
  const session = useSession()
  const [id, show] = useJobInAddress("rebuild")
  const job = useJob("projector", id)
  const start = useMutation({
    mutationFn: () => ask(client.POST("/projector/rebuild", { headers: headersOf(session) })),
    onSuccess: (started) => show(started.id),
  })
  const outcome = outcomeOf(job.data?.result)
  return (
    <article className="stack">
      <h3>{t("ops.rebuild")}</h3>
      <p className="quiet">{t("ops.rebuildLead")}</p>
      {session.caller.kind !== "center" ? null : (
        <div>
          <Button onClick={() => start.mutate()} loading={start.isPending}>
            {t("ops.rebuildStart")}
          </Button>
        </div>
      )}
      {start.error === null ? null : <Failure error={start.error} />}
      {id === null ? null : <JobBar service="projector" id={id} title={t("ops.rebuild")} />}
      {outcome === null ? null : (
        <Alert
          type={outcome.switched ? "success" : "error"}
          role="status"
          showIcon
          title={outcome.switched ? t("ops.rebuildDone", { digest: outcome.digest.slice(0, 16) }) : t("ops.rebuildKept")}
        />
      )}
    </article>
  )
}

export const Integrity = (): ReactNode => {
  const { t } = useOperatorWords()
  return (
    <section className="card stack" aria-labelledby="integrity">
      <h2 id="integrity">{t("ops.integrity")}</h2>
      <div className="ops-integrity">
        <Reconcile />
        <Rebuild />
      </div>
    </section>
  )
}
