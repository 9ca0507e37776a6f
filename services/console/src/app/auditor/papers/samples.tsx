/** The samples of an engagement: drawn into it, tested item by item, drawn again to compare. */
import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { Link } from "react-router"
import { yuan } from "../../../view/amounts.js"
import { factName } from "../../../view/facts.js"
import { personOfStream } from "../../../view/sample.js"
import type { Paper, PaperSample } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { Verdict } from "../proof/verdict.js"
import { NoteDialog } from "./note.js"
import { useWriting } from "./paper.js"
import { usePaperWords } from "./words.js"

type Item = PaperSample["items"][number]

const Draw = ({ engagement }: { readonly engagement: string }): ReactNode => {
  const { t } = usePaperWords()
  const [seed, setSeed] = useState("")
  const [size, setSize] = useState("10")
  const [method, setMethod] = useState<"stratified" | "monetary">("stratified")
  const draw = useWriting(engagement, (session, body: { seed: string; size: number; method: typeof method }) =>
    ask(
      client.POST("/audit/workpapers/{engagement}/samples", {
        params: { path: { engagement } },
        headers: headersOf(session),
        body: { ...body, recorded: null },
      }),
    ),
  )
  return (
    <form
      className="row no-print"
      onSubmit={(event) => {
        event.preventDefault()
        draw.mutate({ seed, size: Number(size), method })
      }}
    >
      <label className="field grow">
        <span>{t("papers.seed")}</span>
        <input className="mono text" required maxLength={100} value={seed} onChange={(event) => setSeed(event.target.value)} />
      </label>
      <label className="field">
        <span>{t("papers.size")}</span>
        <input
          className="text"
          type="number"
          min={1}
          max={1000}
          required
          value={size}
          onChange={(event) => setSize(event.target.value)}
        />
      </label>
      <label className="field">
        <span>{t("papers.method")}</span>
        <select value={method} onChange={(event) => setMethod(event.target.value as typeof method)}>
          <option value="stratified">{t("papers.stratified")}</option>
          <option value="monetary">{t("papers.monetary")}</option>
        </select>
      </label>
      <Button htmlType="submit" loading={draw.isPending}>
        {t("papers.draw")}
      </Button>
      <p className="quiet">{t("papers.drawNote")}</p>
      {draw.error === null ? null : <Failure error={draw.error} />}
    </form>
  )
}

const Items = ({
  sample,
  open,
  onTest,
}: {
  readonly sample: PaperSample
  readonly open: boolean
  readonly onTest: (item: Item) => void
}): ReactNode => {
  const { t, language } = usePaperWords()
  return (
    <div className="scroll tall" tabIndex={0} role="region" aria-label={sample.sample}>
      <table className="data">
        <thead>
          <tr>
            <th scope="col">{t("papers.event")}</th>
            <th scope="col" className="right">
              {t("papers.amount")}
            </th>
            <th scope="col">{t("papers.result")}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {sample.items.map((item) => {
            const person = personOfStream(item.stream)
            return (
              <tr key={item.event}>
                <th scope="row">
                  {factName(item.type, language)} <span className="quiet mono">{item.event.slice(0, 8)}…</span>
                </th>
                <td className="right">{yuan(item.amount_fen)}</td>
                <td>
                  <Tag color={item.result === null ? "plain" : item.result === "agreed" ? "green" : "red"}>
                    {t(`papers.${item.result ?? "untested"}`)}
                  </Tag>
                </td>
                <td>
                  <div className="row">
                    {person === null ? null : (
                      <Link to={`/audit/persons/${person}?event=${item.event}`}>{t("papers.replay")}</Link>
                    )}
                    {open ? (
                      <button type="button" className="num" onClick={() => onTest(item)}>
                        {t("papers.test")}
                      </button>
                    ) : null}
                  </div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const Sample = ({ paper, sample }: { readonly paper: Paper; readonly sample: PaperSample }): ReactNode => {
  const { t } = usePaperWords()
  const session = useSession()
  const [item, test] = useState<Item | null>(null)
  const { engagement } = paper
  const redraw = useMutation({
    mutationFn: () => {
      const path = { engagement, sample: sample.sample }
      return ask(
        client.GET("/audit/workpapers/{engagement}/samples/{sample}/redraw", { params: { path }, headers: headersOf(session) }),
      )
    },
  })
  return (
    <div className="card stack">
      <div className="head">
        <h3>
          {t("papers.sampleOf", {
            sample: sample.sample,
            facts: sample.facts,
            count: sample.items.length,
            tested: sample.tested,
            exceptions: sample.exceptions,
          })}
        </h3>
        <Button size="small" loading={redraw.isPending} onClick={() => redraw.mutate()}>
          {t("papers.redraw")}
        </Button>
      </div>
      <p className="quiet">
        {t("papers.seed")} <span className="mono">{sample.seed}</span> · {t(`papers.${sample.method}`)} ·{" "}
        <span className="mono">{sample.upTo}</span>
      </p>
      {redraw.error === null ? null : <Failure error={redraw.error} />}
      {redraw.data === undefined ? null : (
        <Verdict good={redraw.data.equal}>
          {redraw.data.equal
            ? t("papers.equal", { count: redraw.data.items })
            : t("papers.notEqual", { first: redraw.data.first ?? "" })}
        </Verdict>
      )}
      <Items sample={sample} open={paper.status === "open"} onTest={test} />
      {item === null ? null : (
        <NoteDialog
          engagement={engagement}
          about={{ kind: "item", sample: sample.sample, event: item.event }}
          onClose={() => test(null)}
        />
      )}
    </div>
  )
}

export const Samples = ({ paper }: { readonly paper: Paper }): ReactNode => {
  const { t } = usePaperWords()
  return (
    <section className="card stack" aria-labelledby="paper-samples">
      <h2 id="paper-samples">{t("papers.samples")}</h2>
      {paper.status === "open" ? <Draw engagement={paper.engagement} /> : null}
      {paper.samples.map((sample) => (
        <Sample key={sample.sample} paper={paper} sample={sample} />
      ))}
    </section>
  )
}
