/** Reads added up by reader, and one by one. */
import type { ReactNode } from "react"
import { Link } from "react-router"
import { momentInChina } from "../../../view/amounts.js"
import { type Language, provinceName } from "../../../view/places.js"
import type { ReviewAnswer } from "../../../view/types.js"
import { Tag } from "../../tag.js"
import { useReadsWords } from "./words.js"

type Reader = ReviewAnswer["lines"][number]["reader"]

const useReaderName = (): ((reader: Reader) => string) => {
  const { t, language } = useReadsWords()
  const place = (province: string | null, into: Language): string =>
    province === null ? "" : ` · ${provinceName(province, into)}`
  return ({ kind, province }) => `${t(`desk_${kind as "center"}`)}${place(province, language)}`
}

export const Readers = ({
  readers,
  onReader,
}: {
  readonly readers: ReviewAnswer["readers"]
  readonly onReader: (id: string) => void
}): ReactNode => {
  const { t } = useReadsWords()
  const nameOf = useReaderName()
  return (
    <section className="card" aria-labelledby="readers">
      <h2 id="readers">{t("reads.readers")}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-labelledby="readers">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{t("reads.who")}</th>
              {(["count", "persons", "lateCount", "revealedCount"] as const).map((column) => (
                <th key={column} scope="col" className="right">
                  {t(`reads.${column}`)}
                </th>
              ))}
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {readers.map(({ reader, reads, persons, outOfHours, revealed }) => (
              <tr key={`${reader.kind} ${reader.id}`}>
                <th scope="row">
                  {nameOf(reader)} <span className="quiet mono">{reader.id}</span>
                </th>
                <td className="right">{reads}</td>
                <td className="right">{persons}</td>
                <td className="right">{outOfHours}</td>
                <td className="right">{revealed}</td>
                <td>
                  <button type="button" className="num" onClick={() => onReader(reader.id)}>
                    {t("reads.only")} <span className="visually-hidden">{reader.id}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export const Lines = ({ lines }: { readonly lines: ReviewAnswer["lines"] }): ReactNode => {
  const { t } = useReadsWords()
  const nameOf = useReaderName()
  return (
    <section className="card" aria-labelledby="read-lines">
      <h2 id="read-lines">{t("reads.lines", { count: lines.length })}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-labelledby="read-lines">
        <table className="data">
          <thead>
            <tr>
              {(["when", "who", "whom", "what"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`reads.${column}`)}
                </th>
              ))}
              <th scope="col">{t("purpose")}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => (
              <tr key={one.event}>
                <td>
                  {momentInChina(one.at)} {one.outOfHours ? <Tag color="gold">{t("reads.outOfHours")}</Tag> : null}
                </td>
                <td>
                  {nameOf(one.reader)} <span className="quiet mono">{one.reader.id}</span>
                </td>
                <td className="mono">
                  <Link to={`/audit/persons/${one.person}`}>{one.person.slice(0, 8)}…</Link>
                </td>
                <td>{one.what}</td>
                <td>{t(`purpose_${one.purpose as "service"}`)}</td>
                <td>
                  <Link to={`/audit/proof?event=${one.event}`}>{t("reads.receipt")}</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
