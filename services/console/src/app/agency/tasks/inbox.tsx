/** The inbox of contact letters: the nearest limit first, by keyboard or mouse. */
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link } from "react-router"
import { yuan } from "../../../view/amounts.js"
import { taskPath } from "../../../view/tasks.js"
import type { Task } from "../../../view/types.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import { Tag } from "../../tag.js"
import { walk } from "../walk.js"
import { Batch } from "./batch.js"
import { Clock } from "./clock.js"
import { page_size, taskKinds, useFilter, useNames, useQueue } from "./queue.js"
import { useTaskWords } from "./words.js"
import "../cases.css"

type Name = { readonly name: string | null; readonly citizenId: string | null } | undefined

const Row = ({ task, name, search }: { readonly task: Task; readonly name: Name; readonly search: string }): ReactNode => {
  const { t, language } = useTaskWords()
  return (
    <li>
      <Link className="card case-row" to={{ pathname: taskPath(task), search }}>
        <span className="case-what">
          <strong>{t(`tasks.kind_${task.task}`)}</strong>
          <span>{t("tasks.move", { from: task.leg[language], to: task.to[language] })}</span>
        </span>
        <span className="case-who">
          <span>{name?.name ?? task.person.slice(0, 8)}</span>
          <span className="mono quiet">{name?.citizenId ?? ""}</span>
        </span>
        <span className="case-much">
          <strong>{yuan(task.expected_fen)}</strong>
          <span className="quiet">{t("tasks.months", { count: task.months })}</span>
        </span>
        <Clock due={task.due} days={task.workingDaysLeft} />
        <span className="case-note quiet">
          {task.task !== "send_statement" ? null : task.clean ? (
            <Tag color="green">{t("tasks.clean")}</Tag>
          ) : (
            <Tag color="gold">
              {t("tasks.notClean")}: {task.whyNot.map((one) => one[language]).join(language === "zh" ? "；" : "; ")}
            </Tag>
          )}{" "}
          {task.lastMessage === null ? "" : t("tasks.last", { words: task.lastMessage.words[language] })}
        </span>
      </Link>
    </li>
  )
}

const Filters = (): ReactNode => {
  const { t } = useTaskWords()
  const [filter, change] = useFilter()
  const orNull = (value: string): string | null => (value === "" ? null : value)
  return (
    <div className="row card">
      <label className="field">
        <span>{t("tasks.role")}</span>
        <select value={filter.role ?? ""} onChange={(event) => change({ role: orNull(event.target.value) })}>
          <option value="">{t("tasks.all")}</option>
          <option value="origin">{t("tasks.role_origin")}</option>
          <option value="receiver">{t("tasks.role_receiver")}</option>
        </select>
      </label>
      <label className="field">
        <span>{t("tasks.kind")}</span>
        <select value={filter.task ?? ""} onChange={(event) => change({ task: orNull(event.target.value) })}>
          <option value="">{t("tasks.all")}</option>
          {taskKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`tasks.kind_${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={filter.overdue}
          onChange={(event) => change({ overdue: event.target.checked ? "true" : null })}
        />{" "}
        {t("tasks.overdueOnly")}
      </label>
    </div>
  )
}

export const TaskInbox = (): ReactNode => {
  const { t } = useTaskWords()
  const [filter, change, search] = useFilter()
  const queue = useQueue(filter)
  const names = useNames(queue.data?.tasks.map(({ person }) => person) ?? [], "transfer")
  const [batching, setBatching] = useState(false)
  const waiting = queue.data?.counts["send_statement"] ?? 0
  return (
    <section className="page stack">
      <div className="head">
        <h1>{t("tasks.title")}</h1>
        <Button type="primary" disabled={waiting === 0} onClick={() => setBatching(true)}>
          {t("tasks.batch")}
        </Button>
      </div>
      <p className="quiet">{t("tasks.lead")}</p>
      <Filters />
      {queue.isPending ? <Loading /> : null}
      {queue.error === null ? null : <Failure error={queue.error} retry={() => void queue.refetch()} />}
      {queue.data === undefined ? null : (
        <>
          <p aria-live="polite">{t("tasks.count", { total: queue.data.total, overdue: queue.data.overdue })}</p>
          {queue.data.tasks.length === 0 ? <Nothing text={t("tasks.empty")} hint={t("tasks.emptyHint")} /> : null}
          <ul className="plain case-list" tabIndex={-1} aria-label={t("tasks.list")} onKeyDown={walk}>
            {queue.data.tasks.map((task) => (
              <Row key={`${taskPath(task)}${task.task}`} task={task} name={names.data?.[task.person]} search={search} />
            ))}
          </ul>
          <div className="row">
            {filter.offset === 0 ? null : (
              <Button onClick={() => change({ offset: String(Math.max(0, filter.offset - page_size)) })}>
                {t("tasks.newer")}
              </Button>
            )}
            {queue.data.next === null ? null : (
              <Button onClick={() => change({ offset: String(queue.data.next) })}>{t("tasks.older")}</Button>
            )}
          </div>
        </>
      )}
      {batching ? <Batch onClose={() => setBatching(false)} /> : null}
    </section>
  )
}
