/** Valid month and known date, kept in the address: the same link shows the same figures again. */
import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { Link, useSearchParams } from "react-router"
import { momentInChina } from "../../view/amounts.js"
import type { RecordAnswer } from "../../view/types.js"
import { download } from "../client.js"
import { Failure } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { MomentField } from "../moment-field.js"
import { useSession } from "../session.js"

export type AsOf = {
  readonly validAt: string | null
  readonly knownAt: string | null
  readonly set: (name: "validAt" | "knownAt", value: string) => void
  readonly clear: () => void
  /** `?validAt=…&knownAt=…`, or nothing. */
  readonly search: string
}

export const useAsOf = (): AsOf => {
  const [params, setParams] = useSearchParams()
  const validAt = params.get("validAt")
  const knownAt = params.get("knownAt")
  const search = new URLSearchParams(
    [["validAt", validAt] as const, ["knownAt", knownAt] as const].flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  ).toString()
  return {
    validAt,
    knownAt,
    set: (name, value) =>
      setParams((now) => {
        const next = new URLSearchParams(now)
        if (value === "") next.delete(name)
        else next.set(name, value)
        return next
      }),
    clear: () => setParams({}),
    search: search === "" ? "" : `?${search}`,
  }
}

export const AsOfBar = ({
  asOf,
  answer,
  personKey,
}: {
  readonly asOf: AsOf
  readonly answer: RecordAnswer | undefined
  readonly personKey: string
}): ReactNode => {
  const { t } = useLanguage()
  const session = useSession()
  const file = useMutation({
    mutationFn: (kind: "csv" | "xlsx") =>
      download(session, `/national/persons/${personKey}/record.${kind}${asOf.search}`, `${personKey}.${kind}`),
  })
  const past = asOf.validAt !== null || asOf.knownAt !== null
  const facts = answer?.record.asOf
  return (
    <div className={past ? "as-of past" : "as-of"}>
      <MomentField
        kind="month"
        label={t("validAt")}
        hint={t("validAtHint")}
        value={asOf.validAt ?? ""}
        onChange={(value) => asOf.set("validAt", value)}
      />
      <MomentField
        kind="day"
        label={t("knownAt")}
        hint={t("knownAtHint")}
        value={asOf.knownAt ?? ""}
        onChange={(value) => asOf.set("knownAt", value)}
      />
      <p className="as-of-words quiet">
        {past ? <Button onClick={asOf.clear}>{t("clear")}</Button> : <span>{t("asOfNow")}</span>}
        {facts === undefined ? null : (
          <span>
            {t("events", { count: facts.events })} ·{" "}
            {t("newest", { at: momentInChina(new Date(facts.recordedAt).toISOString()) })}
          </span>
        )}
      </p>
      <div className="row no-print">
        <Button onClick={() => file.mutate("csv")}>{t("csv")}</Button>
        <Button onClick={() => file.mutate("xlsx")}>{t("xlsx")}</Button>
        <Button onClick={() => print()}>{t("print")}</Button>
        {session.caller.kind === "auditor" ? <Link to={`/audit/persons/${personKey}`}>{t("replayHistory")}</Link> : null}
      </div>
      {file.error === null ? null : <Failure error={file.error} />}
    </div>
  )
}
