/**
 * Long work of any service (`/{service}/jobs/{id}`): counted progress, pace, time left, cancel. Designed once.
 *
 *     const job = useJob("relay", id)
 *     <JobBar service="relay" id={id} title={t("…")} /> // or the two of them: one asks, the other shows
 */
import { useQuery, type UseQueryResult } from "@tanstack/react-query"
import { Button, Progress } from "antd"
import type { ReactNode } from "react"
import type { paths } from "../generated/relay.js"
import { duration } from "../view/duration.js"
import { askPath } from "./client.js"
import { Failure, Loading } from "./feedback.js"
import { deskWords } from "./i18n.js"
import { useSession } from "./session.js"
import { Tag } from "./tag.js"

/** The same in every service. */
export type Job = paths["/relay/jobs/{id}"]["get"]["responses"][200]["content"]["application/json"]

const useWords = deskWords(
  {
    "job.queued": "排队等待",
    "job.running": "进行中",
    "job.done": "已完成",
    "job.failed": "已中断",
    "job.cancelled": "已取消",
    "job.counted": "{{done}} / {{total}}",
    "job.countedOpen": "已处理 {{done}}",
    "job.pace": "每秒 {{rate}}",
    "job.left": "约剩 {{time}}",
    "job.took": "用时 {{time}}",
    "job.cancel": "取消",
    "job.waits": "前面还有任务，轮到后自动开始。",
  },
  {
    "job.queued": "Waiting in line",
    "job.running": "Running",
    "job.done": "Done",
    "job.failed": "Broke off",
    "job.cancelled": "Cancelled",
    "job.counted": "{{done}} of {{total}}",
    "job.countedOpen": "{{done}} so far",
    "job.pace": "{{rate}} a second",
    "job.left": "about {{time}} left",
    "job.took": "took {{time}}",
    "job.cancel": "Cancel",
    "job.waits": "Other work is before this one; it starts by itself.",
  },
)

const asked_ms = 500

/** Asks until the job has ended. */
export const useJob = (service: string, id: string | null): UseQueryResult<Job> => {
  const session = useSession()
  return useQuery({
    queryKey: ["job", service, id],
    enabled: id !== null,
    queryFn: () => askPath<Job>(session, `/${service}/jobs/${id ?? ""}`),
    refetchInterval: ({ state }) => ((state.data?.endedAt ?? null) === null ? asked_ms : false),
    staleTime: 0,
  })
}

const whole = (value: number): string => Math.round(value).toLocaleString("en")

export const JobBar = ({
  service,
  id,
  title,
}: {
  readonly service: string
  readonly id: string
  readonly title: string
}): ReactNode => {
  const { t, language } = useWords()
  const session = useSession()
  const query = useJob(service, id)
  if (query.isPending) return <Loading rows={1} />
  if (query.error !== null) return <Failure error={query.error} retry={() => void query.refetch()} />
  const job = query.data
  const { state, done, total, rate_per_second, eta_seconds, startedAt, endedAt } = job
  const percent = state === "done" ? 100 : total === null || total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100))
  const words = [
    // A total may be an estimate that turned out too small.
    total === null || total < done
      ? t("job.countedOpen", { done: whole(done) })
      : t("job.counted", { done: whole(done), total: whole(total) }),
    ...(state === "running" ? [t("job.pace", { rate: whole(rate_per_second) })] : []),
    ...(state === "running" && eta_seconds !== null ? [t("job.left", { time: duration(eta_seconds, language) })] : []),
    ...(endedAt !== null && startedAt !== null
      ? [t("job.took", { time: duration((endedAt - startedAt) / 1_000, language) })]
      : []),
  ]
  return (
    <div className="job" role="group" aria-label={title}>
      <div className="row">
        <strong>{title}</strong>
        <Tag color={state === "done" ? "green" : state === "failed" ? "red" : state === "cancelled" ? "gold" : "blue"}>
          {t(`job.${state}`)}
        </Tag>
        {endedAt !== null ? null : (
          <Button
            size="small"
            onClick={() => void askPath(session, `/${service}/jobs/${id}`, "DELETE").then(() => query.refetch())}
          >
            {t("job.cancel")}
          </Button>
        )}
      </div>
      <Progress
        percent={percent}
        aria-label={title}
        status={state === "failed" ? "exception" : state === "done" ? "success" : "normal"}
      />
      <p className="quiet" aria-live="polite">
        {state === "queued" ? t("job.waits") : words.join(" · ")}
      </p>
      {job.error === undefined ? null : <p className="notice">{job.error}</p>}
    </div>
  )
}
