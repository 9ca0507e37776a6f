/** Clean statements in one action: what will be sent, how far it is, what was not sent and why. Repeating it sends nothing twice. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Progress } from "antd"
import { type ReactNode, useState } from "react"
import { yuan } from "../../../view/amounts.js"
import type { Queue, Task } from "../../../view/types.js"
import { ask, client, headersOf, Refused } from "../../client.js"
import { Dialog } from "../../dialog.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { useNames } from "./queue.js"
import { useTaskWords } from "./words.js"

const most = 200

type State = { readonly kind: "working" } | { readonly kind: "sent" } | { readonly kind: "failed"; readonly why: string }
const keyOf = ({ transferId, leg }: Task): string => `${transferId} ${leg.code}`

const Item = ({
  task,
  name,
  state,
}: {
  readonly task: Task
  readonly name: string
  readonly state: State | undefined
}): ReactNode => {
  const { t, language } = useTaskWords()
  return (
    <li>
      <span>
        {name} · {t("tasks.move", { from: task.leg[language], to: task.to[language] })} ·{" "}
        {t("tasks.months", { count: task.months })} · {yuan(task.expected_fen)}
      </span>
      <span>
        {state === undefined ? (
          <Tag>{t("tasks.waiting")}</Tag>
        ) : state.kind === "working" ? (
          <Tag color="blue">{t("tasks.working")}</Tag>
        ) : state.kind === "sent" ? (
          <Tag color="green">{t("tasks.sent")}</Tag>
        ) : (
          <>
            <Tag color="red">{t("tasks.failed")}</Tag> <span className="notice">{state.why}</span>
          </>
        )}
      </span>
    </li>
  )
}

export const Batch = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { t, language } = useTaskWords()
  const session = useSession()
  const queries = useQueryClient()
  const [states, setStates] = useState<ReadonlyMap<string, State>>(new Map())
  const preview = useQuery({
    queryKey: ["tasks-clean", session.caller.province],
    staleTime: 0,
    // What is shown is what will be sent: it does not change under the reader's eyes.
    refetchOnMount: "always",
    queryFn: () => {
      const query = { province: session.caller.province, task: "send_statement", role: "origin", limit: most }
      return ask<Queue>(
        client.GET("/transfer/queue", { params: { query: query as never }, headers: headersOf(session, "transfer") }),
      )
    },
  })
  const clean = preview.data?.tasks.filter((task) => task.clean) ?? []
  const rest = (preview.data?.total ?? 0) - clean.length
  const names = useNames(
    clean.slice(0, 100).map(({ person }) => person),
    "transfer",
  )
  const note = (task: Task, state: State): void => setStates((now) => new Map(now).set(keyOf(task), state))
  const accept = async (task: Task): Promise<void> => {
    note(task, { kind: "working" })
    try {
      const path = { id: task.transferId, province: task.leg.code as "11" }
      await ask(
        client.POST("/transfer/{id}/legs/{province}/accept", { params: { path: path as never }, headers: headersOf(session) }),
      )
      note(task, { kind: "sent" })
    } catch (error) {
      const why =
        error instanceof Refused ? (language === "zh" ? error.problem.hint_zh : error.problem.hint_en) : t("errorNetwork")
      note(task, { kind: "failed", why })
    }
  }
  const run = useMutation({
    // One after the other: the list shows how far it is, and whoever closes the page has sent whole statements only.
    mutationFn: async (tasks: readonly Task[]) => {
      for (const task of tasks) if (states.get(keyOf(task))?.kind !== "sent") await accept(task)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["tasks"] }),
  })
  const count = (kind: State["kind"]): number => [...states.values()].filter((one) => one.kind === kind).length
  const [sent, failed] = [count("sent"), count("failed")]
  const sum = clean.reduce((total, task) => total + task.expected_fen, 0)
  const months = clean.reduce((total, task) => total + task.months, 0)
  const go = (
    <Button type="primary" autoFocus loading={run.isPending} disabled={sent === clean.length} onClick={() => run.mutate(clean)}>
      {t("tasks.batchGo", { count: clean.length - sent })}
    </Button>
  )
  return (
    <Dialog title={t("tasks.batch")} onClose={onClose} footer={clean.length === 0 ? null : go}>
      <p className="quiet">{t("tasks.batchLead")}</p>
      {preview.isPending ? <Loading rows={3} /> : null}
      {preview.error === null ? null : <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data !== undefined && clean.length === 0 ? <p>{t("tasks.batchNone")}</p> : null}
      {clean.length === 0 ? null : <p>{t("tasks.batchSum", { count: clean.length, months, sum: yuan(sum) })}</p>}
      {rest > 0 ? <p className="notice">{t("tasks.batchRest", { count: rest })}</p> : null}
      {states.size === 0 ? null : (
        <div aria-live="polite">
          <Progress percent={Math.round(((sent + failed) * 100) / clean.length)} aria-label={t("tasks.batch")} />
          {run.isPending
            ? t("tasks.batchAt", { done: sent + failed + 1, of: clean.length })
            : t("tasks.batchDone", { done: sent, failed })}
        </div>
      )}
      <ul className="plain lines">
        {clean.map((task) => (
          <Item
            key={keyOf(task)}
            task={task}
            name={names.data?.[task.person]?.name ?? task.person.slice(0, 8)}
            state={states.get(keyOf(task))}
          />
        ))}
      </ul>
    </Dialog>
  )
}
