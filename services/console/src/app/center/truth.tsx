/** Precision and recall by labels, where a labelled nation was fed; otherwise why recall cannot be known. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { shown } from "../../view/figure.js"
import { ask, client, headersOf } from "../client.js"
import { None } from "../feedback.js"
import { useSession } from "../session.js"
import { useBoardWords } from "./words.js"

export const Truth = (): ReactNode => {
  const { t } = useBoardWords()
  const session = useSession()
  // A ledger that is no demo has no such route: then nothing is known either.
  const found = useQuery({
    queryKey: ["demo", "detection"],
    queryFn: () => ask(client.GET("/demo/detection", { headers: headersOf(session) })),
    retry: false,
  })
  if (found.isPending) return null
  const { data } = found
  if (data === undefined || !data.labelled)
    return (
      <section className="card stack" aria-labelledby="truth">
        <h2 id="truth">{t("boards.truthUnknown")}</h2>
        <None text={t("boards.truthWhy")} />
      </section>
    )
  const labels = data.truePositive + data.inexact + data.falseNegative
  return (
    <section className="card stack" aria-labelledby="truth">
      <h2 id="truth">{t("boards.truth")}</h2>
      <p className="quiet">{t("boards.truthBasis", { labels, persons: data.persons })}</p>
      <p className="truth-figures">
        {t("boards.precisionRecall", { precision: shown(data.precision, "share"), recall: shown(data.recall, "share") })}
      </p>
      <table className="data fit">
        <caption className="visually-hidden">{t("boards.truth")}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" className="right">
              {t("boards.isDuplicate")}
            </th>
            <th scope="col" className="right">
              {t("boards.isNot")}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t("boards.alarm")}</th>
            <td className="right">{data.truePositive + data.inexact}</td>
            <td className="right">{data.falsePositive}</td>
          </tr>
          <tr>
            <th scope="row">{t("boards.noAlarm")}</th>
            <td className="right">{data.falseNegative}</td>
            <td className="right">{data.trueNegative}</td>
          </tr>
        </tbody>
      </table>
      <p className="quiet">{t("boards.trueNegativeHint")}</p>
    </section>
  )
}
