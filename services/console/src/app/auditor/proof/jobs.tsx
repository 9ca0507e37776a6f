/** fsck and verify: started, watched with time left, and told with the first thing that is wrong. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import { isRunning, reportOf, shareOf } from "../../../view/integrity.js"
import type { Job } from "../../../view/types.js"
import { ask, client, headersOf, saveBlob } from "../../client.js"
import { Failure, Loading, None } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag, type Tone } from "../../tag.js"
import { Verdict } from "./verdict.js"
import { useProofWords } from "./words.js"

const poll_ms = 1_000

type Start = "fsck" | "provinces" | "verify"

const useJobs = () => {
  const session = useSession()
  const queries = useQueryClient()
  const headers = headersOf(session)
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ["audit-jobs"] })
  const jobs = useQuery({
    queryKey: ["audit-jobs"],
    queryFn: () => ask(client.GET("/audit/jobs", { headers })),
    refetchInterval: ({ state }) => (state.data?.some(isRunning) === true ? poll_ms : false),
  })
  const start = useMutation({
    mutationFn: ({ what, resume }: { readonly what: Start; readonly resume: boolean }) =>
      what === "verify"
        ? ask(client.POST("/audit/verify", { headers }))
        : ask(client.POST("/audit/fsck", { headers, body: { byProvince: what === "provinces", resume } })),
    onSuccess: again,
  })
  const stop = useMutation({
    mutationFn: (id: string) => ask(client.DELETE("/audit/jobs/{id}", { headers, params: { path: { id } } })),
    onSuccess: again,
  })
  return { jobs, start, stop }
}

const tones: Readonly<Record<Job["state"], Tone>> = {
  queued: "gold",
  running: "blue",
  done: "green",
  failed: "red",
  cancelled: "plain",
}

const Running = ({ job, onStop }: { readonly job: Job; readonly onStop: () => void }): ReactNode => {
  const { t } = useProofWords()
  const rate = Math.round(job.rate_per_second).toLocaleString("en")
  const done = job.done.toLocaleString("en")
  const eta = job.eta_seconds === null ? "…" : t("proof.seconds", { count: Math.ceil(job.eta_seconds) })
  return (
    <div className="job-bar">
      <div>
        <progress aria-label={job.kind} {...(shareOf(job) === null ? {} : { value: shareOf(job) ?? 0, max: 1 })} />
        <span className="quiet">
          {job.total === null
            ? t("proof.progressOpen", { done, rate })
            : t("proof.progress", { done, total: job.total.toLocaleString("en"), rate, eta })}
        </span>
      </div>
      <Button size="small" onClick={onStop}>
        {t("proof.stop")}
      </Button>
    </div>
  )
}

const Finding = ({ job }: { readonly job: Job }): ReactNode => {
  const { t } = useProofWords()
  const report = reportOf(job)
  if (job.error !== undefined) return <Verdict good={false}>{job.error}</Verdict>
  if (report === null) return null
  const { ok, cancelled, first, person, events, persons, checkpoints, mismatches, seconds } = report
  return (
    <>
      <Verdict good={ok}>
        {cancelled
          ? t("proof.reportCancelled")
          : ok
            ? t("proof.reportGood", {
                events: events.toLocaleString("en"),
                persons: persons.toLocaleString("en"),
                checkpoints,
                seconds: seconds.toFixed(1),
              })
            : t("proof.reportBad", { count: mismatches, first: first ?? "—" })}
      </Verdict>
      <div className="row no-print">
        {person === null ? null : <Link to={`/audit/persons/${person}`}>{t("proof.reportPerson")}</Link>}
        <Button
          size="small"
          onClick={() =>
            saveBlob(new Blob([JSON.stringify(job, null, 2)], { type: "application/json" }), `${job.kind}-${job.id}.json`)
          }
        >
          {t("proof.saveReport")}
        </Button>
      </div>
    </>
  )
}

const One = ({ job, onStop }: { readonly job: Job; readonly onStop: () => void }): ReactNode => {
  const { t } = useProofWords()
  return (
    <li className="card stack">
      <div className="row">
        <strong>{job.kind}</strong>
        <Tag color={tones[job.state]}>{t(`proof.state_${job.state}`)}</Tag>
        <span className="quiet">
          {t("proof.started")} {momentInChina(new Date(job.startedAt ?? job.queuedAt).toISOString())}
        </span>
      </div>
      {isRunning(job) ? <Running job={job} onStop={onStop} /> : <Finding job={job} />}
    </li>
  )
}

export const Jobs = (): ReactNode => {
  const { t } = useProofWords()
  const { jobs, start, stop } = useJobs()
  const [resume, setResume] = useState(false)
  const begin = (what: Start): void => start.mutate({ what, resume })
  return (
    <section className="card stack" aria-labelledby="proof-jobs">
      <h2 id="proof-jobs">{t("proof.jobs")}</h2>
      <p className="quiet">{t("proof.jobsLead")}</p>
      <div className="row no-print">
        <Button type="primary" onClick={() => begin("fsck")} disabled={start.isPending}>
          {t("proof.fsck")}
        </Button>
        <Button onClick={() => begin("provinces")} disabled={start.isPending}>
          {t("proof.fsckProvinces")}
        </Button>
        <label className="check">
          <input type="checkbox" checked={resume} onChange={(event) => setResume(event.target.checked)} /> {t("proof.fsckResume")}
        </label>
        <Button onClick={() => begin("verify")} disabled={start.isPending}>
          {t("proof.verify")}
        </Button>
      </div>
      {start.error === null ? null : <Failure error={start.error} />}
      {stop.error === null ? null : <Failure error={stop.error} />}
      {jobs.isPending ? <Loading rows={2} /> : null}
      {jobs.error === null ? null : <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.data?.length === 0 ? <None text={t("proof.jobsNone")} /> : null}
      <ul className="plain stack">
        {jobs.data?.map((job) => (
          <One key={job.id} job={job} onStop={() => stop.mutate(job.id)} />
        ))}
      </ul>
      <p className="quiet">{t("proof.jobsKept")}</p>
    </section>
  )
}
