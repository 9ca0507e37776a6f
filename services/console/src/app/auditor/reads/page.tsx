/** Who reads whose record: by reader, purpose and hour, kept in the address. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { useSearchParams } from "react-router"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading, None } from "../../feedback.js"
import { MomentField } from "../../moment-field.js"
import { useSession } from "../../session.js"
import "../auditor.css"
import { Lines, Readers } from "./tables.js"
import { useReadsWords } from "./words.js"

const kinds = ["agency", "center", "auditor", "person"] as const
const purposes = ["service", "transfer", "duplicate-check", "audit", "self"] as const
/** As the service has them; it says them again in its answer. */
const officeHours = { from: "08:00", to: "18:00" } as const

type Params = readonly [params: URLSearchParams, set: (name: string, value: string) => void]

const useFilter = (): Params => {
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string): void =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      if (value === "") next.delete(name)
      else next.set(name, value)
      return next
    })
  return [params, set]
}

const Filter = ({ filter: [params, set] }: { readonly filter: Params }): ReactNode => {
  const { t } = useReadsWords()
  const value = (name: string): string => params.get(name) ?? ""
  return (
    <div className="card row">
      {(["from", "to"] as const).map((name) => (
        <MomentField key={name} kind="day" label={t(`reads.${name}`)} value={value(name)} onChange={(day) => set(name, day)} />
      ))}
      <label className="field">
        <span>{t("reads.kind")}</span>
        <select value={value("kind")} onChange={(event) => set("kind", event.target.value)}>
          <option value="">{t("reads.anybody")}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`desk_${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("reads.purpose")}</span>
        <select value={value("purpose")} onChange={(event) => set("purpose", event.target.value)}>
          <option value="">{t("reads.anybody")}</option>
          {purposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {t(`purpose_${purpose}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t("reads.reader")}</span>
        <input
          className="mono text"
          key={value("reader")}
          defaultValue={value("reader")}
          spellCheck={false}
          onBlur={(event) => set("reader", event.target.value.trim())}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur()
          }}
        />
      </label>
      {(["outOfHours", "revealed"] as const).map((name) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={value(name) === "true"}
            onChange={(event) => set(name, event.target.checked ? "true" : "")}
          />{" "}
          {name === "revealed" ? t("reads.revealed") : t("reads.late", officeHours)}
        </label>
      ))}
    </div>
  )
}

export const ReadsPage = (): ReactNode => {
  const { t } = useReadsWords()
  const session = useSession()
  const filter = useFilter()
  const [params, set] = filter
  const reads = useQuery({
    queryKey: ["reads", params.toString()],
    queryFn: () => {
      const query = Object.fromEntries(params)
      return ask(client.GET("/audit/accesses", { params: { query }, headers: headersOf(session) }))
    },
  })
  const { data } = reads
  return (
    <section className="page stack">
      <h1>{t("reads.title")}</h1>
      <p className="quiet">{t("reads.lead")}</p>
      <Filter filter={filter} />
      {reads.isPending ? <Loading rows={6} /> : null}
      {reads.error === null ? null : <Failure error={reads.error} retry={() => void reads.refetch()} />}
      {data === undefined ? null : (
        <>
          <p role="status">
            <strong>
              {t("reads.found", {
                count: data.reads,
                total: data.total,
                share: data.total === 0 ? "—" : `${((100 * data.reads) / data.total).toFixed(1)}%`,
              })}
            </strong>
          </p>
          {data.reads === 0 ? <None text={t("reads.none")} /> : null}
          {data.readers.length === 0 ? null : <Readers readers={data.readers} onReader={(id) => set("reader", id)} />}
          {data.lines.length === 0 ? null : <Lines lines={data.lines} />}
        </>
      )}
    </section>
  )
}
