/** One engagement from opening to signed report. */
import type { ReactNode } from "react"
import { Link, useParams } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import { provinceName } from "../../../view/places.js"
import { Failure, Loading } from "../../feedback.js"
import { Tag } from "../../tag.js"
import "../auditor.css"
import { Checks, Closing, Report } from "./ending.js"
import { Findings } from "./findings.js"
import { Notes } from "./note.js"
import { usePaper } from "./paper.js"
import { Samples } from "./samples.js"
import { usePaperWords } from "./words.js"

export const PaperPage = (): ReactNode => {
  const { t, language } = usePaperWords()
  const { engagement = "" } = useParams()
  const paper = usePaper(engagement)
  const { data } = paper
  return (
    <section className="page stack">
      <header className="head">
        <h1>
          <span className="mono">{engagement}</span> {data?.title ?? ""}
        </h1>
        <Link to="/audit/papers">{t("papers.back")}</Link>
      </header>
      {paper.isPending ? <Loading rows={8} /> : null}
      {paper.error === null ? null : <Failure error={paper.error} retry={() => void paper.refetch()} />}
      {data === undefined ? null : (
        <>
          <div className="row">
            <Tag color={data.status === "open" ? "blue" : "green"}>
              {t(`papers.status_${data.status}`, { who: data.auditor })}
            </Tag>
            <span className="quiet">
              {data.scope} · {data.province === null ? t("papers.nation") : provinceName(data.province, language)} · {data.from} –{" "}
              {data.to} · {momentInChina(data.stamp.at)}
            </span>
          </div>
          <Samples paper={data} />
          <Notes paper={data} />
          <Findings paper={data} />
          <Checks paper={data} />
          <Closing paper={data} />
          <Report key={data.status} paper={data} />
        </>
      )}
    </section>
  )
}
