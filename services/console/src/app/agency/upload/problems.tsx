/** The rows somebody should look at, and everything there is to download. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { type Feed, type ProblemRow, whole } from "../../../view/upload.js"
import { ask, client, download, headersOf } from "../../client.js"
import { Failure, Loading, None } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { useCatalogue } from "./catalogue.js"
import { useUploadWords } from "./words.js"

const shown = 50

const Row = ({ problem }: { readonly problem: ProblemRow }): ReactNode => {
  const { t, language } = useUploadWords()
  const { row, refused, column, value, code, article } = problem
  return (
    <tr>
      <th scope="row" className="right" data-label={`${t("upload.row")} `}>
        {row}
      </th>
      <td>
        <Tag color={refused ? "red" : "gold"}>{t(refused ? "upload.refused" : "upload.warning")}</Tag>
      </td>
      <td>
        {column ?? ""}
        {value === null || value === "" ? null : <div className="mono quiet">{value}</div>}
      </td>
      <td>{language === "zh" ? problem.hint_zh : problem.hint_en}</td>
      <td className="quiet">
        <span className="mono">{code}</span>
        {article === null ? null : <div>{article}</div>}
      </td>
    </tr>
  )
}

export const Downloads = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const { t, language } = useUploadWords()
  const session = useSession()
  const catalogue = useCatalogue()
  const [error, setError] = useState<unknown>(null)
  const { feedId, fileName, format, result } = feed
  const save = (ending: string, lang: boolean) => (): void => {
    setError(null)
    const name = `${fileName.replace(/\.[a-z]+$/iu, "")}-${ending}`
    download(
      session,
      `/intake/feeds/${feedId}/${lang ? `${ending}?lang=${language}` : ending.replace("ndjson", "csv")}`,
      name,
    ).catch(setError)
  }
  const refused = result?.refused ?? 0
  return (
    <section className="stack no-print" aria-labelledby="downloads">
      <h2 id="downloads">{t("upload.downloads")}</h2>
      <div className="row">
        <Button onClick={save("result.csv", true)}>{t("upload.result_csv")}</Button>
        {(result?.rows ?? 0) > (catalogue.data?.limits.xlsxResult_rows_max ?? 0) ? null : (
          <Button onClick={save("result.xlsx", true)}>{t("upload.result_xlsx")}</Button>
        )}
        {refused === 0 ? null : (
          <>
            <Button onClick={save(format === "ndjson" ? "failed.ndjson" : "failed.csv", false)}>{t("upload.failed")}</Button>
            <span className="quiet">{t("upload.failedHint")}</span>
          </>
        )}
      </div>
      {error === null ? null : <Failure error={error} />}
    </section>
  )
}

export const Problems = ({ feed }: { readonly feed: Feed }): ReactNode => {
  const { t } = useUploadWords()
  const session = useSession()
  const { feedId, result } = feed
  const wanted = (result?.refused ?? 0) + (result?.warned ?? 0)
  const rows = useQuery({
    queryKey: ["intake", "problems", feedId, result?.resultHash],
    enabled: wanted > 0,
    queryFn: () =>
      ask(
        client.GET("/intake/feeds/{feedId}/problems", {
          headers: headersOf(session),
          params: { path: { feedId }, query: { max: shown } },
        }),
      ),
  })
  return (
    <section className="card" aria-labelledby="problems">
      <div className="head">
        <h2 id="problems">{t("upload.problems")}</h2>
        {wanted > shown ? <span className="quiet">{t("upload.problemsFirst", { count: whole(shown) })}</span> : null}
      </div>
      {wanted === 0 ? <None text={t("upload.noProblems")} /> : null}
      {rows.isLoading ? <Loading rows={3} /> : null}
      {rows.error === null ? null : <Failure error={rows.error} retry={() => void rows.refetch()} />}
      {rows.data === undefined ? null : (
        <div className="scroll">
          <table className="data upload-problems">
            <thead>
              <tr>
                <th scope="col" className="right" title={t("upload.rowHint")}>
                  {t("upload.row")}
                </th>
                <th scope="col">{t("upload.standing")}</th>
                <th scope="col">
                  {t("upload.column")} · {t("upload.value")}
                </th>
                <th scope="col">{t("upload.hint")}</th>
                <th scope="col">{t("upload.rule")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.data.map((problem) => (
                <Row key={`${problem.row} ${problem.code}`} problem={problem} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
