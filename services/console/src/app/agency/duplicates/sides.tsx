/** The two relations beside each other: months, money, employer, who reported them, and the payments of the doubled months. */
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { momentInChina, yuan } from "../../../view/amounts.js"
import { evidenceOf, monthsIn, overlapMatrix, relationOf, type YearRow } from "../../../view/duplicates.js"
import { factName } from "../../../view/facts.js"
import { relationName } from "../../../view/places.js"
import type { Duplicate, ExplainedNumber, UnifiedRecord } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { Num } from "../../record/explain-context.js"
import { useSession } from "../../session.js"
import { useDuplicateWords } from "./words.js"

export const letters = ["A", "B"] as const

/** The facts that paid a doubled month into the relation, for one number. */
export const useEvidence = (found: Duplicate, side: string, number: ExplainedNumber) => {
  const session = useSession()
  const relation = relationOf(side)
  return useQuery({
    queryKey: ["evidence", found.person, relation, number, found.months],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const answer = await ask(
        client.GET("/national/persons/{key}/explain", {
          params: { path: { key: found.person }, query: { relation, number } },
          headers: headersOf(session, "duplicate-check"),
        }),
      )
      return evidenceOf("parts" in answer ? answer.parts : [], found.months).filter(({ type }) => type.startsWith("Contribution"))
    },
  })
}

const Paid = ({
  found,
  side,
  number,
}: {
  readonly found: Duplicate
  readonly side: string
  readonly number: ExplainedNumber
}) => {
  const { t } = useDuplicateWords()
  const evidence = useEvidence(found, side, number)
  if (evidence.data === undefined) return <>…</>
  const twice = new Set(monthsIn(found.months))
  const wider = evidence.data.some(({ months }) =>
    monthsIn(
      (months ?? "").split(" ").map((one) => {
        const [from = "", to = from] = one.split("..")
        return { from, to }
      }),
    ).some((month) => !twice.has(month)),
  )
  return (
    <>
      {yuan(evidence.data.reduce((sum, { by }) => sum + by, 0))}
      {wider ? <span className="quiet"> {t("dup.paidWider")}</span> : null}
    </>
  )
}

const Events = ({ found, side }: { readonly found: Duplicate; readonly side: string }): ReactNode => {
  const { t, language } = useDuplicateWords()
  const evidence = useEvidence(found, side, "account_fen")
  if (evidence.isPending) return <Loading rows={2} />
  if (evidence.error !== null) return <Failure error={evidence.error} retry={() => void evidence.refetch()} />
  const reporters = [...new Set(evidence.data.map(({ actor }) => actor ?? "—"))].join(", ")
  return (
    <>
      <p className="quiet">
        {t("dup.reporter")}: {reporters}
      </p>
      <details>
        <summary>{t("dup.events", { count: evidence.data.length })}</summary>
        <ul className="plain lines">
          {evidence.data.map((one) => (
            <li key={one.eventId}>
              <span>
                {factName(one.type, language)} {one.months} · {yuan(one.by)}
              </span>
              <span className="quiet mono">
                {one.eventId} · {momentInChina(one.recordedAt)}
                {one.source === null ? "" : ` · ${one.source.feedId} #${one.source.row}`}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

const Side = ({ found, record, at }: { readonly found: Duplicate; readonly record: UnifiedRecord; readonly at: 0 | 1 }) => {
  const { t, language } = useDuplicateWords()
  const side = found.sides[at] ?? ""
  const relation = relationOf(side)
  const mine = record.relations.find((one) => `${one.province}_${one.scheme}` === relation)
  const claim = record.benefits.find((one) => `${one.province}_${one.scheme}_${one.claim}` === side)
  const facts: readonly (readonly [string, ReactNode])[] =
    mine === undefined
      ? []
      : [
          [t("status"), t(`status_${mine.status}`)],
          [t("capacity"), mine.capacity === null ? "—" : t(`capacity_${mine.capacity}`)],
          [t("employer"), mine.employer ?? "—"],
          [
            t("dup.monthsAll"),
            <Num key="months" subject={{ kind: "relation", relation, number: "months_standing" }}>
              {mine.months_standing}
            </Num>,
          ],
          [t("dup.monthsTwice"), found.months_total],
          [t("dup.bases"), <Paid key="bases" found={found} side={side} number="bases_fen" />],
          [t("dup.toAccount"), <Paid key="account" found={found} side={side} number="account_fen" />],
          [t("dup.toPooled"), <Paid key="pooled" found={found} side={side} number="pooled_fen" />],
        ]
  return (
    <div className={`card stack side-${at === 0 ? "a" : "b"}`}>
      <h3>{t("dup.side", { letter: letters[at], relation: relationName(relation, language) })}</h3>
      {mine === undefined ? <p className="quiet">{t("dup.noRelation")}</p> : null}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {claim === undefined ? null : (
          <div className="contents">
            <dt className="mono">{claim.claim}</dt>
            <dd>
              {claim.from} – {claim.to ?? ""} {yuan(claim.monthly_fen ?? 0)}
            </dd>
          </div>
        )}
      </dl>
      {mine === undefined ? null : <Events found={found} side={side} />}
    </div>
  )
}

export const Sides = ({ found, record }: { readonly found: Duplicate; readonly record: UnifiedRecord }): ReactNode => {
  const { t } = useDuplicateWords()
  return (
    <section aria-labelledby="sides">
      <h2 id="sides">{t("dup.sides")}</h2>
      <div className="sides">
        <Side found={found} record={record} at={0} />
        <Side found={found} record={record} at={1} />
      </div>
    </section>
  )
}

const cellText = { a: "A", b: "B", both: "A+B", none: "" } as const

const Year = ({ row }: { readonly row: YearRow }): ReactNode => (
  <tr>
    <th scope="row">{row.year}</th>
    {row.cells.map((cell, month) => (
      <td key={`${row.year}-${month + 1}`} className={cell === "none" ? "" : `c-${cell}`}>
        {cellText[cell]}
      </td>
    ))}
  </tr>
)

/** The doubled months with the year around them: who paid which. */
export const OverlapMonths = ({ found, record }: { readonly found: Duplicate; readonly record: UnifiedRecord }): ReactNode => {
  const { t } = useDuplicateWords()
  const rangesOf = (side: string | undefined) =>
    record.relations.find((one) => `${one.province}_${one.scheme}` === relationOf(side ?? ""))?.ranges ?? []
  const rows = overlapMatrix(found.months, rangesOf(found.sides[0]), rangesOf(found.sides[1]))
  if (rows.length === 0 || found.family === "benefit") return null
  return (
    <section className="card" aria-labelledby="doubled">
      <h2 id="doubled">{t("dup.months")}</h2>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">{t("year")}</th>
            {Array.from({ length: 12 }, (_, month) => (
              <th key={month} scope="col">
                {month + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Year key={row.year} row={row} />
          ))}
        </tbody>
      </table>
      <ul className="plain row legend">
        <li>
          <span className="swatch c-a" /> {t("dup.onlyA")}
        </li>
        <li>
          <span className="swatch c-b" /> {t("dup.onlyB")}
        </li>
        <li>
          <span className="swatch c-both" /> {t("dup.both")}
        </li>
      </ul>
    </section>
  )
}
