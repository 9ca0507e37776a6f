/** What was drawn: every fact with the way to its place in a history, and the check that another draw gives the same. */
import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { Link } from "react-router"
import { yuan } from "../../../view/amounts.js"
import { factName } from "../../../view/facts.js"
import { csvOf } from "../../../view/figure.js"
import { provinceName, schemeName } from "../../../view/places.js"
import { fingerprint, personOfStream, sampleTable } from "../../../view/sample.js"
import type { SampleAnswer } from "../../../view/types.js"
import { saveBlob } from "../../client.js"
import { Failure, Nothing } from "../../feedback.js"
import { Verdict } from "../proof/verdict.js"
import { useSampleWords } from "./words.js"

const Items = ({ items }: Pick<SampleAnswer, "items">): ReactNode => {
  const { t, language } = useSampleWords()
  return (
    <section className="card" aria-labelledby="sample-items">
      <h2 id="sample-items">{t("sample.items")}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-labelledby="sample-items">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t("sample.event")}</th>
              <th scope="col">{t("province")}</th>
              <th scope="col">{t("sample.place")}</th>
              <th scope="col" className="right">
                {t("sample.amount")}
              </th>
              <th scope="col" className="right">
                {t("sample.hits")}
              </th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {items.map((one, i) => {
              const person = personOfStream(one.stream)
              return (
                <tr key={one.event}>
                  <td>{i + 1}</td>
                  <td>
                    {factName(one.type, language)}
                    <div className="quiet mono">{one.event.slice(0, 8)}…</div>
                  </td>
                  <td>
                    {one.province === "" ? "—" : provinceName(one.province, language)}
                    <div className="quiet">{schemeName(one.scheme, language)}</div>
                  </td>
                  <td className="mono">
                    {one.stream.replace(/[0-9a-f]{32}/u, "…")} #{one.revision}
                  </td>
                  <td className="right">{yuan(one.amount_fen)}</td>
                  <td className="right">{one.hits}</td>
                  <td>
                    {person === null ? null : (
                      <Link to={`/audit/persons/${person}?event=${one.event}`}>{t("sample.replay")}</Link>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const Strata = ({ strata }: Pick<SampleAnswer, "strata">): ReactNode => {
  const { t } = useSampleWords()
  if (strata.length === 0) return null
  return (
    <details className="card">
      <summary>
        {t("sample.strata")} ({strata.length})
      </summary>
      <div className="scroll tall" tabIndex={0} role="region" aria-label={t("sample.strata")}>
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t("sample.stratum")}</th>
              <th scope="col" className="right">
                {t("sample.facts")}
              </th>
              <th scope="col" className="right">
                {t("sample.amount")}
              </th>
              <th scope="col" className="right">
                {t("sample.count")}
              </th>
            </tr>
          </thead>
          <tbody>
            {strata.map((one) => (
              <tr key={one.stratum}>
                <th scope="row">{one.stratum}</th>
                <td className="right">{one.facts}</td>
                <td className="right">{yuan(one.amount_fen)}</td>
                <td className="right">{one.drawn}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export const Drawn = ({
  sample,
  again,
}: {
  readonly sample: SampleAnswer
  /** Draws at the same position once more. */
  readonly again: () => Promise<SampleAnswer>
}): ReactNode => {
  const { t } = useSampleWords()
  const mark = fingerprint(sample)
  const check = useMutation({ mutationFn: async () => fingerprint(await again()) === mark })
  const name = `sample-${sample.seed.replaceAll(/[^\w.-]/gu, "_")}`
  const labels = [
    t("sample.event"),
    t("event"),
    t("province"),
    t("scheme"),
    t("stream"),
    "revision",
    "position",
    t("sample.stratum"),
    t("sample.amount"),
    t("sample.hits"),
  ]
  if (sample.items.length === 0) return <Nothing text={t("sample.empty")} />
  return (
    <>
      <section className="card stack" aria-label={t("sample.fingerprint")}>
        <p>
          <strong>
            {t("sample.drawn", {
              count: sample.items.length,
              facts: sample.facts.toLocaleString("en"),
              amount: yuan(sample.amount_fen),
              upTo: sample.upTo ?? "",
            })}
          </strong>
        </p>
        <p>
          {t("sample.fingerprint")} <span className="mono">{mark}</span>
        </p>
        <div className="row no-print">
          <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
            {t("sample.again")}
          </Button>
          <Button
            onClick={() => saveBlob(new Blob([csvOf(sampleTable(sample.items, labels))], { type: "text/csv" }), `${name}.csv`)}
          >
            {t("sample.csv")}
          </Button>
          <Button
            onClick={() => {
              const text = JSON.stringify({ ...sample, fingerprint: mark }, null, 2)
              saveBlob(new Blob([text], { type: "application/json" }), `${name}.json`)
            }}
          >
            {t("sample.json")}
          </Button>
        </div>
        {check.error === null ? null : <Failure error={check.error} />}
        {check.data === undefined ? null : (
          <Verdict good={check.data}>
            {check.data ? t("sample.same", { count: sample.items.length }) : t("sample.different")}
          </Verdict>
        )}
      </section>
      <Items items={sample.items} />
      <Strata strata={sample.strata} />
    </>
  )
}
