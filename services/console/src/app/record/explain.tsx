/** Where a number comes from: relation by relation, fact by fact, and by the rules where the law computes it. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { momentInChina, yuan } from "../../view/amounts.js"
import type { Parts } from "../../view/balance.js"
import { relationName } from "../../view/places.js"
import type { ExplainedNumber, UnifiedRecord } from "../../view/types.js"
import { covers, factName } from "../../view/facts.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, Nothing } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import type { Subject } from "./explain-context.js"
import { ByRules } from "./law-tree.js"

type About = { readonly personKey: string; readonly knownAt: string | null; readonly record: UnifiedRecord }

const useAmount = (): ((value: number, number: ExplainedNumber) => string) => {
  const { t } = useLanguage()
  return (value, number) => (number === "months_standing" ? `${value} ${t("monthsUnit")}` : yuan(value))
}

const useRelationParts = ({ personKey, knownAt }: About, relation: string, number: ExplainedNumber) => {
  const session = useSession()
  return useQuery({
    queryKey: ["explain", personKey, relation, number, knownAt, session.purpose],
    queryFn: async (): Promise<Parts> => {
      const query = { relation, number, ...(knownAt === null ? {} : { knownAt }) }
      const headers = headersOf(session)
      const answer = await ask(
        client.GET("/national/persons/{key}/explain", { params: { path: { key: personKey }, query }, headers }),
      )
      return "parts" in answer ? answer.parts : []
    },
  })
}

const Fact = ({ part, number }: { readonly part: Parts[number]; readonly number: ExplainedNumber }): ReactNode => {
  const { t, language } = useLanguage()
  const amount = useAmount()
  const sign = part.by > 0 ? "+" : ""
  return (
    <li className="fact">
      <details>
        <summary>
          <span className="fact-what">
            {factName(part.type, language)} {part.months === null ? "" : part.months}
          </span>
          <span className={part.by < 0 ? "fact-by minus" : "fact-by"}>
            {sign}
            {amount(part.by, number)}
          </span>
          <span className="fact-after">{amount(part.value, number)}</span>
        </summary>
        <dl className="facts">
          <dt>{t("fact")}</dt>
          <dd className="mono">
            {part.type} {part.eventId}
          </dd>
          <dt>{t("stream")}</dt>
          <dd className="mono">
            {part.stream} #{part.revision}
          </dd>
          <dt>{t("recorded")}</dt>
          <dd>{momentInChina(part.recordedAt)}</dd>
          {part.actor === null ? null : (
            <>
              <dt>{t("actor")}</dt>
              <dd>
                {part.actor}
                {part.source === null ? "" : ` · ${t("source", { row: part.source.row })}`}
              </dd>
            </>
          )}
          {part.article === null ? null : (
            <>
              <dt>{t("article")}</dt>
              <dd>{part.article}</dd>
            </>
          )}
          {part.ruleVersion === null ? null : (
            <>
              <dt>{t("ruleVersion")}</dt>
              <dd className="mono">{part.ruleVersion}</dd>
            </>
          )}
        </dl>
      </details>
    </li>
  )
}

const RelationFacts = (
  props: About & { readonly relation: string; readonly number: ExplainedNumber; readonly month?: string },
) => {
  const { t, language } = useLanguage()
  const amount = useAmount()
  const { relation, number, month } = props
  const facts = useRelationParts(props, relation, number)
  const [all, setAll] = useState(month === undefined)
  if (facts.isPending) return <Loading label={t("explainLoading")} />
  if (facts.error !== null) return <Failure error={facts.error} retry={() => void facts.refetch()} />
  const parts = facts.data
  if (parts.length === 0) return <Nothing text={t("explainEmpty")} />
  const shown = all || month === undefined ? parts : parts.filter((part) => covers(part.months, month))
  return (
    <div className="stack">
      <h3>{relationName(relation, language)}</h3>
      <p>
        {t(`number_${number}`)} <strong>{amount(parts.at(-1)?.value ?? 0, number)}</strong>
      </p>
      <p className="quiet">
        {all || month === undefined
          ? t("explainSum", { count: parts.length, value: amount(parts.at(-1)?.value ?? 0, number) })
          : t("explainMonth", { month })}
      </p>
      {all ? null : (
        <div>
          <Button size="small" onClick={() => setAll(true)}>
            {t("explainAll", { count: parts.length })}
          </Button>
        </div>
      )}
      <ol className="plain">
        {shown.map((part) => (
          <Fact key={part.position} part={part} number={number} />
        ))}
      </ol>
      <ByRules {...props} question={questionOf(relation, number)} />
    </div>
  )
}

const questionOf = (relation: string, number: ExplainedNumber): string | null => {
  switch (number) {
    case "account_fen":
      return `account:${relation}`
    case "bases_fen":
      return `bases:${relation}`
    case "interest_fen":
      return `interest:${relation}`
    case "months_standing":
      return "months"
    case "pooled_fen":
    case "subsidy_fen":
      return null
  }
}

const FamilySum = (
  props: About & { readonly family: string; readonly number: "account_fen" | "pooled_fen" | "months_standing" },
) => {
  const { t, language } = useLanguage()
  const amount = useAmount()
  const { family, number, record } = props
  const relations = record.relations.filter((relation) => relation.family === family)
  const total = record.totals.families.find((one) => one.family === family)
  const sum = relations.reduce((all, relation) => all + relation[number], 0)
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <div className="stack">
      <ul className="plain stack">
        {relations.map((relation) => {
          const name = `${relation.province}_${relation.scheme}`
          return (
            <li key={name} className="card">
              <button
                type="button"
                className="wide"
                aria-expanded={opened === name}
                onClick={() => setOpened(opened === name ? null : name)}
              >
                <span>{relationName(name, language)}</span>
                <strong>{amount(relation[number], number)}</strong>
              </button>
              {opened === name ? <RelationFacts {...props} relation={name} number={number} /> : null}
            </li>
          )
        })}
      </ul>
      {number !== "months_standing" || total === undefined ? null : (
        <div>
          <h3>{t("whySums")}</h3>
          <p>
            {t("whySumsText", {
              sum,
              total: total.months_total,
              overlap: total.months_overlapping,
              transit: total.months_in_transit,
            })}
          </p>
          <ByRules {...props} question="months" />
        </div>
      )}
    </div>
  )
}

/** What the drawer shows. */
export const ExplainSubject = ({ subject, ...about }: About & { readonly subject: Subject }): ReactNode =>
  subject.kind === "family" ? <FamilySum {...about} {...subject} /> : <RelationFacts {...about} {...subject} />
