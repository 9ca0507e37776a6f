/** One leg of an application, as the agency works it: who holds it, what is said of the sums, what was written, and what to do. */
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useEffect } from "react"
import { Link, useNavigate, useParams } from "react-router"
import { neighbours, taskPath } from "../../../view/tasks.js"
import type { Application, Leg, StatementDraft, Task } from "../../../view/types.js"
import { ask, client, headersOf, Refused } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Acts } from "./acts.js"
import { Amounts } from "./amounts.js"
import { Bar, Letters } from "./bar.js"
import { Clock } from "./clock.js"
import { useFilter, useNames, useQueue } from "./queue.js"
import { RelationRecord } from "./relation.js"
import { useTaskWords } from "./words.js"
import "../cases.css"

/** n and p go to the neighbours, a to what can be done here; not while something is being typed. */
const useKeys = (before: Task | null, after: Task | null, search: string): void => {
  const navigate = useNavigate()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement | null
      if (target?.closest("input, select, textarea, dialog") !== null || event.ctrlKey || event.metaKey || event.altKey) return
      const next = event.key === "n" ? after : event.key === "p" ? before : null
      if (next !== null) void navigate({ pathname: taskPath(next), search })
      if (event.key === "a") {
        event.preventDefault()
        document.querySelector<HTMLElement>("#act input, #act button")?.focus()
      }
    }
    document.addEventListener("keydown", onKey)
    return () => document.removeEventListener("keydown", onKey)
  }, [before, after, search, navigate])
}

const Neighbours = ({ id, province }: { readonly id: string; readonly province: string }): ReactNode => {
  const { t } = useTaskWords()
  const [filter, , search] = useFilter()
  const queue = useQueue(filter)
  const { before, after, place } = neighbours(queue.data?.tasks ?? [], { id, province })
  const navigate = useNavigate()
  useKeys(before, after, search)
  // The center comes here from its own boards: it has no inbox.
  if (useSession().caller.kind !== "agency") return null
  const to = (task: Task | null, words: string): ReactNode => (
    <Button disabled={task === null} onClick={() => task !== null && void navigate({ pathname: taskPath(task), search })}>
      {words}
    </Button>
  )
  return (
    <nav className="row case-nav no-print" aria-label={t("tasks.list")}>
      <Link to={{ pathname: "/tasks", search }}>{t("tasks.back")}</Link>
      {place === null ? null : <span className="quiet">{t("tasks.place", { place: place + filter.offset })}</span>}
      {to(before, t("tasks.before"))}
      {to(after, t("tasks.after"))}
    </nav>
  )
}

const Head = ({ application, leg }: { readonly application: Application; readonly leg: Leg }): ReactNode => {
  const { t, language } = useTaskWords()
  const names = useNames([application.person], "transfer")
  const who = names.data?.[application.person]
  return (
    <div className="card stack">
      <div className="head">
        <h1>
          {t("tasks.move", { from: leg.from[language], to: application.to[language] })}{" "}
          <Link to={`/persons/${application.person}`}>{who?.name ?? application.person.slice(0, 8)}</Link>{" "}
          <span className="mono quiet">{who?.citizenId ?? ""}</span>
        </h1>
        {leg.due === null || leg.workingDaysLeft === null ? null : <Clock due={leg.due} days={leg.workingDaysLeft} />}
      </div>
      <p>
        {leg.holder === null ? "" : `${t("tasks.holder", { who: leg.holder[language] })} · `}
        {leg.waiting?.[language] ??
          (leg.outcome === "failed" ? t("tasks.failedLeg", { why: leg.failure ?? "" }) : t("tasks.overLeg"))}
      </p>
      <p className="quiet">
        {t("tasks.letterNo")} <span className="mono">{leg.letterNo ?? "—"}</span>
      </p>
    </div>
  )
}

/** The ledger's own statement, while there is none: null once it has been sent. */
const useDraft = (id: string, province: string, leg: Leg | undefined) => {
  const session = useSession()
  return useQuery({
    queryKey: ["draft", id, province],
    enabled: leg !== undefined && leg.outcome === "open" && leg.statement === null && mayDraft(session.caller, province),
    queryFn: async (): Promise<StatementDraft | null> => {
      try {
        const path = { id, province }
        return await ask<StatementDraft>(
          client.GET("/transfer/{id}/legs/{province}/draft", {
            params: { path: path as never },
            headers: headersOf(session, "transfer"),
          }),
        )
      } catch (error) {
        if (error instanceof Refused && error.problem.rule === "LEG_SENT") return null
        throw error
      }
    },
  })
}
const mayDraft = (caller: { readonly kind: string; readonly province: string | null }, province: string): boolean =>
  caller.kind === "center" || caller.province === province

/** The ledger itself is about to take the next step: what was sent is being entered, what has arrived is being booked. */
const moves = (application: Application | undefined, province: string, sent: boolean): boolean => {
  const leg = application?.legs.find((one) => one.from.code === province)
  return leg?.outcome === "open" && leg.disputed === null && (leg.step === "booking" || (leg.step === "statement" && sent))
}

export const TaskPage = (): ReactNode => {
  const { id = "", province = "" } = useParams()
  const session = useSession()
  const queries = useQueryClient()
  const application = useQuery({
    queryKey: ["application", id],
    queryFn: () =>
      ask<Application>(client.GET("/transfer/{id}", { params: { path: { id } }, headers: headersOf(session, "transfer") })),
    refetchInterval: ({ state }) =>
      moves(state.data, province, queries.getQueryData(["draft", id, province]) === null) ? 1_000 : false,
  })
  const leg = application.data?.legs.find((one) => one.from.code === province)
  const draft = useDraft(id, province, leg)
  return (
    <section className="page stack">
      <Neighbours id={id} province={province} />
      {application.isPending ? <Loading rows={8} /> : null}
      {application.error === null ? null : <Failure error={application.error} retry={() => void application.refetch()} />}
      {application.data === undefined || leg === undefined ? null : (
        <>
          <Head application={application.data} leg={leg} />
          <Acts key={`${id} ${province}`} application={application.data} leg={leg} draft={draft.data} />
          {draft.error === null ? null : <Failure error={draft.error} retry={() => void draft.refetch()} />}
          <Amounts application={application.data} leg={leg} draft={draft.data ?? null} />
          <Bar application={application.data} here={province} />
          <RelationRecord person={application.data.person} relation={`${province}_${application.data.scheme}`} />
          <Letters application={application.data} province={province} />
        </>
      )}
    </section>
  )
}
