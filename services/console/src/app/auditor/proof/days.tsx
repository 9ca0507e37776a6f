/** Two checkpoints of any days, compared by the browser itself. */
import { useMutation, useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { type Checkpoint, continues, readCheckpoint } from "../../../view/proof.js"
import type { ProofLogAnswer } from "../../../view/types.js"
import { ask, client } from "../../client.js"
import { Failure, Loading, None } from "../../feedback.js"
import { logText } from "./log-source.js"
import { Verdict } from "./verdict.js"
import { useProofWords } from "./words.js"

const current = "current"

type Outcome =
  | { readonly kind: "signature"; readonly problem: string }
  | { readonly kind: "order" | "bad"; readonly from: number; readonly to: number }
  | { readonly kind: "good"; readonly from: number; readonly to: number; readonly hashes: number }

const signedAt = async (day: string, vkey: string): Promise<Checkpoint | string> => {
  const text = await logText(day === current ? "checkpoint" : `checkpoints/${day}`)
  const read = await readCheckpoint(text ?? "", vkey)
  return read.ok ? read.checkpoint : read.problem
}

const compare = async (earlier: string, later: string, vkey: string): Promise<Outcome> => {
  const [a, b] = [await signedAt(earlier, vkey), await signedAt(later, vkey)]
  if (typeof a === "string") return { kind: "signature", problem: a }
  if (typeof b === "string") return { kind: "signature", problem: b }
  const [from, to] = [a.size, b.size]
  if (from > to) return { kind: "order", from, to }
  const { proof } = await ask(client.GET("/audit/proof/consistency", { params: { query: { from, to } } }))
  return continues(a, b, proof) ? { kind: "good", from, to, hashes: proof.length } : { kind: "bad", from, to }
}

export const Days = ({ log }: { readonly log: ProofLogAnswer }): ReactNode => {
  const { t } = useProofWords()
  const days = useQuery({ queryKey: ["proof", "days"], queryFn: () => ask(client.GET("/audit/proof/checkpoints")) })
  const known = days.data?.days.toReversed() ?? []
  const [chosen, choose] = useState<{ readonly earlier: string | null; readonly later: string }>({
    earlier: null,
    later: current,
  })
  const earlier = chosen.earlier ?? known.at(-1) ?? current
  const { later } = chosen
  const check = useMutation({ mutationFn: () => compare(earlier, later, log.vkey) })
  const name = (day: string): string => (day === current ? t("proof.current") : day)
  const options = [current, ...known].map((day) => (
    <option key={day} value={day}>
      {name(day)}
    </option>
  ))
  const outcome = check.data
  return (
    <section className="card stack" aria-labelledby="proof-days">
      <h2 id="proof-days">{t("proof.days")}</h2>
      <p className="quiet">{t("proof.daysLead")}</p>
      {days.isPending ? <Loading rows={1} /> : null}
      {days.error === null ? null : <Failure error={days.error} retry={() => void days.refetch()} />}
      {days.data !== undefined && known.length === 0 ? <None text={t("proof.daysNone")} /> : null}
      <div className="row">
        <label className="field">
          <span>{t("proof.earlier")}</span>
          <select value={earlier} onChange={(event) => choose({ ...chosen, earlier: event.target.value })}>
            {options}
          </select>
        </label>
        <label className="field">
          <span>{t("proof.later")}</span>
          <select value={later} onChange={(event) => choose({ ...chosen, later: event.target.value })}>
            {options}
          </select>
        </label>
        <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
          {t("proof.check")}
        </Button>
      </div>
      {check.error === null ? null : <Failure error={check.error} />}
      {outcome === undefined ? null : outcome.kind === "signature" ? (
        <Verdict good={false}>{t("proof.signedBad", { problem: outcome.problem })}</Verdict>
      ) : outcome.kind === "good" ? (
        <Verdict good>{t("proof.consistent", { ...outcome, earlier: name(earlier), later: name(later) })}</Verdict>
      ) : (
        <Verdict good={false}>
          {outcome.kind === "order"
            ? t("proof.order", { from: outcome.from, to: outcome.to })
            : t("proof.inconsistent", { earlier: name(earlier), later: name(later) })}
        </Verdict>
      )}
    </section>
  )
}
