/** How far the log is, who signs it, and whether it still continues what this browser has seen before. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { momentInChina } from "../../../view/amounts.js"
import { ageOf, continues, parseRemembered, readCheckpoint, type Remembered } from "../../../view/proof.js"
import type { ProofLogAnswer } from "../../../view/types.js"
import { ask, client } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { logText } from "./log-source.js"
import { Verdict } from "./verdict.js"
import { useProofWords } from "./words.js"

const stored = "tongzhang.proof"

export const useAgo = (): ((seconds: number) => string) => {
  const { t } = useProofWords()
  return (seconds) => {
    const { count, unit } = ageOf(seconds)
    return t(`proof.ago_${unit}`, { count })
  }
}

type Memory =
  | { readonly kind: "first" }
  | { readonly kind: "key"; readonly before: Remembered }
  | { readonly kind: "good" | "bad"; readonly before: Remembered; readonly size: number }
type Checked =
  { readonly ok: true; readonly size: number; readonly memory: Memory } | { readonly ok: false; readonly problem: string }

const remember = (vkey: string, checkpoint: string): void =>
  localStorage.setItem(stored, JSON.stringify({ vkey, checkpoint, at: new Date().toISOString() }))

/** The current checkpoint, by signature and against the one remembered; what holds is remembered in its place. */
const checkNow = async (vkey: string): Promise<Checked> => {
  const text = (await logText("checkpoint")) ?? ""
  const now = await readCheckpoint(text, vkey)
  if (!now.ok) return now
  const { size } = now.checkpoint
  const before = parseRemembered(localStorage.getItem(stored))
  if (before === null) {
    remember(vkey, text)
    return { ok: true, size, memory: { kind: "first" } }
  }
  if (before.vkey !== vkey) return { ok: true, size, memory: { kind: "key", before } }
  const then = await readCheckpoint(before.checkpoint, vkey)
  const past = then.ok ? then.checkpoint : null
  if (past === null || past.size > size) return { ok: true, size, memory: { kind: "bad", before, size: past?.size ?? 0 } }
  const query = { from: past.size, to: size }
  const { proof } = await ask(client.GET("/audit/proof/consistency", { params: { query } }))
  const good = continues(past, now.checkpoint, proof)
  if (good) remember(vkey, text)
  return { ok: true, size, memory: { kind: good ? "good" : "bad", before, size: past.size } }
}

const MemoryVerdict = ({ memory, onTrust }: { readonly memory: Memory; readonly onTrust: () => void }): ReactNode => {
  const { t } = useProofWords()
  if (memory.kind === "first") return <Verdict good>{t("proof.memoryFirst")}</Verdict>
  const at = momentInChina(memory.before.at)
  if (memory.kind === "good") return <Verdict good>{t("proof.memoryGood", { at, size: memory.size })}</Verdict>
  return (
    <>
      <Verdict good={false}>
        {memory.kind === "key" ? t("proof.keyChanged", { at }) : t("proof.memoryBad", { at, size: memory.size })}
      </Verdict>
      <Button onClick={onTrust}>{t("proof.forget")}</Button>
    </>
  )
}

export const Status = ({ log }: { readonly log: ProofLogAnswer }): ReactNode => {
  const { t } = useProofWords()
  const ago = useAgo()
  const check = useQuery({ queryKey: ["proof-check", log.vkey, log.size], queryFn: () => checkNow(log.vkey), retry: false })
  const trust = (): void => {
    localStorage.removeItem(stored)
    void check.refetch()
  }
  const lines: readonly (readonly [string, ReactNode])[] = [
    [t("proof.size"), log.size.toLocaleString("en")],
    [t("proof.age"), `${ago((Date.now() - Date.parse(log.publishedAt)) / 1000)} · ${momentInChina(log.publishedAt)}`],
    [t("proof.lag"), log.lag_seconds === 0 ? t("proof.noLag") : t("proof.seconds", { count: Math.round(log.lag_seconds) })],
    [t("proof.origin"), <span className="mono">{log.origin}</span>],
    [t("proof.root"), <span className="mono">{log.root}</span>],
    [t("proof.key"), <span className="mono">{log.vkey}</span>],
  ]
  return (
    <section className="card stack" aria-labelledby="proof-log">
      <h2 id="proof-log">{t("proof.log")}</h2>
      <dl className="facts wide-facts">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t("proof.keyNote")}</p>
      {check.isPending ? <Loading rows={1} label={t("proof.checking")} /> : null}
      {check.error === null ? null : <Failure error={check.error} retry={() => void check.refetch()} />}
      {check.data === undefined ? null : check.data.ok ? (
        <>
          <Verdict good>{t("proof.signedGood", { size: check.data.size })}</Verdict>
          <MemoryVerdict memory={check.data.memory} onTrust={trust} />
        </>
      ) : (
        <Verdict good={false}>{t("proof.signedBad", { problem: check.data.problem })}</Verdict>
      )}
    </section>
  )
}
