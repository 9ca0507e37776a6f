/** Facts that wait for an operator, of all services, with the way back. */
import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query"
import { Alert, Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link } from "react-router"
import { momentInChina } from "../../view/amounts.js"
import { inOrder, type ParkedFact, parkedAt, setAside } from "../../view/operation.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, None } from "../feedback.js"
import { type Session, useSession } from "../session.js"
import { useOperatorWords } from "./words.js"

const readers = {
  duplicates: async (session: Session) =>
    parkedAt("duplicates", (await ask(client.GET("/duplicates/stopped", { headers: headersOf(session) }))).stopped),
  transfer: async (session: Session) =>
    parkedAt("transfer", (await ask(client.GET("/transfer/stopped", { headers: headersOf(session) }))).stopped),
  projector: async (session: Session) =>
    setAside((await ask(client.GET("/projector/quarantine", { headers: headersOf(session) }))).quarantined),
} as const
type Where = keyof typeof readers
const wheres = Object.keys(readers) as Where[]

/** `key` absent: everybody that service has stopped at. */
const useReplay = (told: (text: string) => void) => {
  const { t } = useOperatorWords()
  const session = useSession()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ service, key }: { readonly service: Where; readonly key?: string }) => {
      const headers = headersOf(session)
      if (service === "projector") {
        const body = key === undefined ? {} : { person: key }
        const { folded, still } = await ask(client.POST("/projector/quarantine/retry", { headers, body }))
        return t("ops.folded", { folded, still: still.length })
      }
      const body = key === undefined ? {} : { key }
      const path = service === "duplicates" ? "/duplicates/stopped/replay" : "/transfer/stopped/replay"
      const { messages } = await ask(client.POST(path, { headers, body }))
      return t("ops.replayed", { service: t(`ops.service_${service}`), count: messages })
    },
    onSuccess: (text) => {
      told(text)
      void queries.invalidateQueries({ queryKey: ["parked"] })
    },
  })
}

const Row = ({ fact, replay }: { readonly fact: ParkedFact; readonly replay: (() => void) | null }): ReactNode => {
  const { t } = useOperatorWords()
  const service = t(`ops.service_${fact.service}`)
  const person = /^[0-9a-f]{32}$/u.test(fact.key)
  return (
    <tr>
      <td>{service}</td>
      <td className="mono">{person ? <Link to={`/persons/${fact.key}`}>{fact.key.slice(0, 12)}</Link> : fact.key}</td>
      <td>
        {fact.type}
        <div className="quiet mono">
          {fact.stream}
          {fact.revision === null ? "" : ` @${fact.revision}`}
        </div>
      </td>
      <td className="ops-cause">{fact.cause}</td>
      <td className="right">{momentInChina(new Date(fact.since).toISOString())}</td>
      <td className="right">{fact.attempts}</td>
      <td className="right">{fact.messages === null ? "" : t("ops.waitingCount", { count: fact.messages })}</td>
      <td>
        {replay === null ? null : (
          <Button size="small" onClick={replay} aria-label={t("ops.replayOf", { service, key: fact.key.slice(0, 12) })}>
            {t("ops.replay")}
          </Button>
        )}
      </td>
    </tr>
  )
}

export const Parked = ({ every_ms }: { readonly every_ms: number | false }): ReactNode => {
  const { t } = useOperatorWords()
  const session = useSession()
  const [said, setSaid] = useState<string | null>(null)
  const replay = useReplay(setSaid)
  const found = useQueries({
    queries: wheres.map((where) => ({
      queryKey: ["parked", where],
      queryFn: () => readers[where](session),
      refetchInterval: every_ms,
      retry: false,
      staleTime: 0,
    })),
  })
  const parked = inOrder(found.flatMap(({ data }) => data ?? []))
  const mayReplay = session.caller.kind === "center"
  const head = ["service", "person", "fact", "cause", "sinceAt", "attempts", "waiting"] as const
  return (
    <section className="card stack" aria-labelledby="parked">
      <div className="head">
        <h2 id="parked">{t("ops.parked")}</h2>
        {!mayReplay || parked.length === 0 ? null : (
          <Button
            loading={replay.isPending}
            onClick={() => {
              for (const service of new Set(parked.map((fact) => fact.service))) replay.mutate({ service })
            }}
          >
            {t("ops.replayAll")}
          </Button>
        )}
      </div>
      <p className="quiet">{t("ops.parkedLead")}</p>
      {said === null ? null : <Alert type="info" showIcon title={said} role="status" />}
      {replay.error === null ? null : <Failure error={replay.error} />}
      {found.map(({ error }, i) => (error === null ? null : <Failure key={wheres[i]} error={error} />))}
      {found.every(({ isPending }) => isPending) ? (
        <Loading rows={2} />
      ) : parked.length === 0 ? (
        <None text={t("ops.parkedNone")} />
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("ops.parked")}>
          <table className="data">
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {t(`ops.${name}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t("ops.replay")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {parked.map((fact) => (
                <Row
                  key={`${fact.service} ${fact.key}`}
                  fact={fact}
                  replay={mayReplay ? () => replay.mutate({ service: fact.service, key: fact.key }) : null}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
