/** The queue of duplicates of this province, the largest money at risk first. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { Link, useSearchParams } from "react-router"
import { isEndless, yuan } from "../../../view/amounts.js"
import { merges } from "../../../view/merge.js"
import { sideNames } from "../../../view/places.js"
import type { DuplicateQueue } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, Nothing } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { useNames } from "../tasks/queue.js"
import { duplicatePath } from "../tasks/relation.js"
import { walk } from "../walk.js"
import { useDuplicateWords } from "./words.js"
import "../cases.css"

const statuses = ["open", "decided", "cleared", "dismissed"] as const
const stages = ["before", "during", "after"] as const
type Item = DuplicateQueue["items"][number]

const Row = ({ item, name }: { readonly item: Item; readonly name: string | null | undefined }): ReactNode => {
  const { t, language } = useDuplicateWords()
  return (
    <li>
      <Link className="card case-row" to={duplicatePath(item.person, item.family, item.case)}>
        <span className="case-what">
          <strong>{sideNames(item.sides, language)}</strong>
          <span>
            {t(`dup.kind_${item.kind as "EMP-EMP"}`)} ·{" "}
            {isEndless(item.months) ? t("endless") : `${item.months} ${t("monthsUnit")}`}
          </span>
        </span>
        <span className="case-who">
          <span>{name ?? item.person.slice(0, 8)}</span>
          <span className="quiet">{t("dup.daysOpen", { days: item.days_open })}</span>
        </span>
        <span className="case-much">
          <strong>{yuan(item.atRisk_fen)}</strong>
          <span className="quiet">{t("dup.atRisk")}</span>
        </span>
        <span>
          <Tag color={item.status === "open" ? "red" : item.status === "decided" ? "gold" : "plain"}>
            {t(`dup.status_${item.status as "open"}`)}
          </Tag>
        </span>
        <span className="case-note quiet">
          <Tag>{t(`dup.stage_${item.stage}`)}</Tag>{" "}
          {item.recommended === null ? t("dup.agreement") : t("recommended", { side: sideNames([item.recommended], language) })}
        </span>
      </Link>
    </li>
  )
}

const Choice = ({
  label,
  value,
  options,
  onPick,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly onPick: (value: string) => void
}): ReactNode => (
  <label className="field">
    <span>{label}</span>
    <select value={value} onChange={(event) => onPick(event.target.value)}>
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  </label>
)

export const DuplicateQueuePage = (): ReactNode => {
  const { t } = useDuplicateWords()
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const asked = { status: params.get("status") ?? "open", kind: params.get("kind") ?? "", stage: params.get("stage") ?? "" }
  const cursor = params.get("cursor")
  const queue = useQuery({
    queryKey: ["duplicates", session.caller.province, asked, cursor],
    queryFn: () => {
      const given = Object.entries({ ...asked, cursor: cursor ?? "" }).filter(([, value]) => value !== "" && value !== "all")
      return ask<DuplicateQueue>(
        client.GET("/national/overlaps", {
          params: { query: { limit: 25, ...Object.fromEntries(given) } as never },
          headers: headersOf(session, "duplicate-check"),
        }),
      )
    },
  })
  const names = useNames(queue.data?.items.map(({ person }) => person) ?? [], "duplicate-check")
  const pick = (name: string) => (value: string) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      next.delete("cursor")
      next.set(name, value)
      return next
    })
  const total = (field: "cases" | "months" | "atRisk_fen"): number =>
    queue.data?.totals.reduce((sum, one) => sum + one[field], 0) ?? 0
  const all = ["all", t("dup.all")] as const
  return (
    <section className="page stack">
      <h1>{t("dup.title")}</h1>
      <p className="quiet">{t("dup.lead")}</p>
      <div className="row card">
        <Choice
          label={t("dup.status")}
          value={asked.status}
          onPick={pick("status")}
          options={[all, ...statuses.map((one) => [one, t(`dup.status_${one}`)] as const)]}
        />
        <Choice
          label={t("dup.kind")}
          value={asked.kind}
          onPick={pick("kind")}
          options={[["", t("dup.all")], ...Object.keys(merges).map((one) => [one, t(`dup.kind_${one as "EMP-EMP"}`)] as const)]}
        />
        <Choice
          label={t("dup.stage")}
          value={asked.stage}
          onPick={pick("stage")}
          options={[["", t("dup.all")], ...stages.map((one) => [one, t(`dup.stage_${one}`)] as const)]}
        />
      </div>
      {queue.isPending ? <Loading /> : null}
      {queue.error === null ? null : <Failure error={queue.error} retry={() => void queue.refetch()} />}
      {queue.data === undefined ? null : (
        <>
          <p aria-live="polite">
            {t("dup.count", { cases: total("cases"), months: total("months"), sum: yuan(total("atRisk_fen")) })}
          </p>
          {queue.data.items.length === 0 ? <Nothing text={t("dup.empty")} hint={t("dup.emptyHint")} /> : null}
          <ul className="plain case-list" aria-label={t("dup.list")} onKeyDown={walk}>
            {queue.data.items.map((item) => (
              <Row key={`${item.person} ${item.case}`} item={item} name={names.data?.[item.person]?.name} />
            ))}
          </ul>
          <div className="row">
            {cursor === null ? null : <Button onClick={() => pick("status")(asked.status)}>{t("dup.first")}</Button>}
            {queue.data.next === null ? null : (
              <Button
                onClick={() =>
                  setParams((now) => {
                    const next = new URLSearchParams(now)
                    next.set("cursor", queue.data.next ?? "")
                    return next
                  })
                }
              >
                {t("dup.next")}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  )
}
