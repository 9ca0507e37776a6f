/** The end of an engagement: what fsck and verify have said, the conclusion, and the report to look at and take away. */
import { useMutation, useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { momentInChina } from "../../../view/amounts.js"
import type { Paper } from "../../../view/types.js"
import { ask, client, download, headersOf, refusedBy } from "../../client.js"
import { Failure, None } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Verdict } from "../proof/verdict.js"
import { useWriting } from "./paper.js"
import { usePaperWords } from "./words.js"

export const Checks = ({ paper }: { readonly paper: Paper }): ReactNode => {
  const { t } = usePaperWords()
  const session = useSession()
  const { engagement, checks, status } = paper
  const jobs = useQuery({
    queryKey: ["audit-jobs"],
    enabled: status === "open",
    queryFn: () => ask(client.GET("/audit/jobs", { headers: headersOf(session) })),
  })
  const enter = useWriting(engagement, (by, job: string) =>
    ask(
      client.POST("/audit/workpapers/{engagement}/checks", {
        params: { path: { engagement } },
        headers: headersOf(by),
        body: { job },
      }),
    ),
  )
  const done = jobs.data?.find((job) => job.state === "done" && ["fsck", "verify"].includes(job.kind))
  return (
    <section className="card stack" aria-labelledby="paper-checks">
      <h2 id="paper-checks">{t("papers.checks")}</h2>
      {checks.length === 0 ? <None text={t("papers.checksNone")} /> : null}
      {checks.map((one) => (
        <Verdict key={one.stamp.event} good={one.ok}>
          {one.ok
            ? t("papers.checkGood", { check: one.check, events: one.events, persons: one.persons })
            : t("papers.checkBad", { check: one.check, first: one.first ?? "" })}{" "}
          <span className="quiet">
            {one.stamp.by} · {momentInChina(one.stamp.at)}
          </span>
        </Verdict>
      ))}
      {status === "closed" ? null : done === undefined ? (
        <p className="quiet">{t("papers.checkNone")}</p>
      ) : (
        <div>
          <Button loading={enter.isPending} onClick={() => enter.mutate(done.id)}>
            {t("papers.checkAdd", { kind: done.kind })}
          </Button>
        </div>
      )}
      {enter.error === null ? null : <Failure error={enter.error} />}
    </section>
  )
}

export const Closing = ({ paper }: { readonly paper: Paper }): ReactNode => {
  const { t } = usePaperWords()
  const { engagement, closing } = paper
  const [conclusion, setConclusion] = useState("")
  const close = useWriting(engagement, (session, body: { conclusion: string }) =>
    ask(
      client.POST("/audit/workpapers/{engagement}/close", {
        params: { path: { engagement } },
        headers: headersOf(session),
        body,
      }),
    ),
  )
  return (
    <section className="card stack" aria-labelledby="paper-close">
      <h2 id="paper-close">{t("papers.close")}</h2>
      {closing !== null ? (
        <>
          <p>{closing.conclusion}</p>
          <p className="quiet">
            {t("papers.closed", { at: momentInChina(closing.stamp.at), who: closing.stamp.by })} ·{" "}
            <span className="mono">{closing.position}</span>
          </p>
        </>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            close.mutate({ conclusion })
          }}
        >
          <p className="quiet">{t("papers.closeLead")}</p>
          <label className="field">
            <span>{t("papers.conclusion")}</span>
            <textarea
              className="text"
              rows={3}
              required
              value={conclusion}
              onChange={(event) => setConclusion(event.target.value)}
            />
          </label>
          <div>
            <Button htmlType="submit" type="primary" loading={close.isPending}>
              {t("papers.close")}
            </Button>
          </div>
          {close.error === null ? null : <Failure error={close.error} />}
        </form>
      )}
    </section>
  )
}

/** The frame has this page's policy, which lets only styles with its nonce in; scripts do not run in it at all. */
const framed = (html: string): string => {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ""
  return html.replaceAll("<style>", `<style nonce="${nonce}">`)
}

export const Report = ({ paper }: { readonly paper: Paper }): ReactNode => {
  const { t } = usePaperWords()
  const session = useSession()
  const { engagement, status } = paper
  const draft = status === "open"
  const path = (file: string): string => `/audit/workpapers/${engagement}/${file}${draft ? "?draft=true" : ""}`
  const preview = useMutation({
    mutationFn: async () => {
      const answer = await fetch(path("report.html"), { headers: headersOf(session) })
      if (!answer.ok) throw refusedBy(await answer.json().catch(() => null), answer.status)
      return framed(await answer.text())
    },
  })
  const file = useMutation({
    mutationFn: ([name, end]: readonly [string, string]) =>
      download(session, path(name), `${engagement}${draft ? "-draft" : ""}.${end}`),
  })
  return (
    <section className="card stack" aria-labelledby="paper-report">
      <h2 id="paper-report">{t(draft ? "papers.draft" : "papers.report")}</h2>
      <div className="row no-print">
        <Button type="primary" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t("papers.preview")}
        </Button>
        {draft ? null : <Button onClick={() => file.mutate(["report.json", "json"])}>{t("papers.json")}</Button>}
        <Button onClick={() => file.mutate(["report.html", "html"])}>{t("papers.html")}</Button>
        <Button onClick={() => file.mutate(["papers.zip", "zip"])}>{t("papers.zip")}</Button>
      </div>
      {preview.error === null ? null : <Failure error={preview.error} />}
      {file.error === null ? null : <Failure error={file.error} />}
      {preview.data === undefined ? null : (
        <iframe className="report-frame" title={t("papers.report")} sandbox="" srcDoc={preview.data} />
      )}
    </section>
  )
}
