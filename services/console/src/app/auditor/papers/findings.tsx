/** Findings: raised on events, and put right or withdrawn with a reason; both stay in the paper. */
import { severities } from "@tongzhang/domain/workpaper"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { momentInChina, yuan } from "../../../view/amounts.js"
import type { Paper } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Dialog } from "../../dialog.js"
import { Failure, None } from "../../feedback.js"
import { Tag } from "../../tag.js"
import { useWriting } from "./paper.js"
import { usePaperWords } from "./words.js"

type Finding = Paper["findings"][number]
const empty = { severity: "moderate" as Finding["severity"], title: "", rule: "", evidence: "", amount: "", recommendation: "" }

const Raise = ({ engagement, onClose }: { readonly engagement: string; readonly onClose: () => void }): ReactNode => {
  const { t } = usePaperWords()
  const [draft, setDraft] = useState(empty)
  const raise = useWriting(engagement, (session, { amount, evidence, ...body }: typeof empty) =>
    ask(
      client.POST("/audit/workpapers/{engagement}/findings", {
        params: { path: { engagement } },
        headers: headersOf(session),
        body: {
          ...body,
          evidence: evidence.split(/\s+/u).filter((line) => line !== ""),
          amount_fen: Math.round(Number(amount === "" ? 0 : amount) * 100),
        },
      }),
    ),
  )
  const field = (name: "title" | "rule" | "recommendation", label: string): ReactNode => (
    <label className="field">
      <span>{label}</span>
      <input
        className="text"
        required
        value={draft[name]}
        onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  )
  return (
    <Dialog title={t("papers.raise")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          raise.mutate(draft, { onSuccess: onClose })
        }}
      >
        <label className="field">
          <span>{t("papers.severity")}</span>
          <select
            value={draft.severity}
            onChange={(event) => setDraft({ ...draft, severity: event.target.value as Finding["severity"] })}
          >
            {severities.map((one) => (
              <option key={one} value={one}>
                {t(`papers.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {field("title", t("papers.name"))}
        {field("rule", t("papers.rule"))}
        <label className="field">
          <span>{t("papers.evidence")}</span>
          <textarea
            className="mono text"
            rows={3}
            required
            value={draft.evidence}
            onChange={(event) => setDraft({ ...draft, evidence: event.target.value })}
          />
        </label>
        <label className="field">
          <span>{t("papers.atStake")}</span>
          <input
            className="text"
            type="number"
            min={0}
            step="0.01"
            value={draft.amount}
            onChange={(event) => setDraft({ ...draft, amount: event.target.value })}
          />
        </label>
        {field("recommendation", t("papers.recommendation"))}
        <p className="quiet">{t("papers.noteWarn")}</p>
        <Button htmlType="submit" type="primary" loading={raise.isPending}>
          {t("papers.write")}
        </Button>
        {raise.error === null ? null : <Failure error={raise.error} />}
      </form>
    </Dialog>
  )
}

type Ending = { readonly finding: string; readonly how: "resolve" | "withdraw" }

const Settle = ({
  engagement,
  ending: { finding, how },
  onClose,
}: {
  readonly engagement: string
  readonly ending: Ending
  readonly onClose: () => void
}): ReactNode => {
  const { t } = usePaperWords()
  const [reason, setReason] = useState("")
  const settle = useWriting(engagement, (session, body: { reason: string }) => {
    const init = { params: { path: { engagement, finding } }, headers: headersOf(session), body }
    return ask(
      how === "resolve"
        ? client.POST("/audit/workpapers/{engagement}/findings/{finding}/resolve", init)
        : client.POST("/audit/workpapers/{engagement}/findings/{finding}/withdraw", init),
    )
  })
  return (
    <Dialog title={`${finding} · ${t(`papers.${how}`)}`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          settle.mutate({ reason }, { onSuccess: onClose })
        }}
      >
        <label className="field">
          <span>{t("papers.reason")}</span>
          <textarea className="text" rows={3} required value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        <Button htmlType="submit" type="primary" loading={settle.isPending}>
          {t("papers.write")}
        </Button>
        {settle.error === null ? null : <Failure error={settle.error} />}
      </form>
    </Dialog>
  )
}

const severityTones = { major: "red", moderate: "gold", minor: "plain" } as const

export const Findings = ({ paper }: { readonly paper: Paper }): ReactNode => {
  const { t } = usePaperWords()
  const [raising, raise] = useState(false)
  const [ending, end] = useState<Ending | null>(null)
  const open = paper.status === "open"
  return (
    <section className="card stack" aria-labelledby="paper-findings">
      <div className="head">
        <h2 id="paper-findings">{t("papers.findings")}</h2>
        {open ? <Button onClick={() => raise(true)}>{t("papers.raise")}</Button> : null}
      </div>
      {paper.findings.length === 0 ? <None text={t("papers.findingsNone")} /> : null}
      <ul className="plain stack">
        {paper.findings.map((one) => (
          <li key={one.finding} className="card stack">
            <div className="row">
              <strong>
                {one.finding} {one.title}
              </strong>
              <Tag color={severityTones[one.severity]}>{t(`papers.${one.severity}`)}</Tag>
              <Tag color={one.status === "open" ? "gold" : "plain"}>{t(`papers.finding_${one.status}`)}</Tag>
              <span className="right">{yuan(one.amount_fen)}</span>
            </div>
            <p>
              {one.rule} · {one.recommendation}
              {one.reason === null ? "" : ` · ${t("papers.reason")}: ${one.reason}`}
            </p>
            <p className="quiet mono">{one.evidence.map(({ event }) => event).join(" ")}</p>
            <p className="quiet">
              {one.stamp.by} · {momentInChina(one.stamp.at)}
            </p>
            {open && one.status === "open" ? (
              <div className="row no-print">
                {(["resolve", "withdraw"] as const).map((how) => (
                  <Button key={how} size="small" onClick={() => end({ finding: one.finding, how })}>
                    {t(`papers.${how}`)}
                  </Button>
                ))}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {raising ? <Raise engagement={paper.engagement} onClose={() => raise(false)} /> : null}
      {ending === null ? null : <Settle engagement={paper.engagement} ending={ending} onClose={() => end(null)} />}
    </section>
  )
}
