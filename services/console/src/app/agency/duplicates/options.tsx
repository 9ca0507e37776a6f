/** Keep A, keep B, merge: three columns of months, money, later pension, article and what follows. Nothing is decided by looking. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { yuan } from "../../../view/amounts.js"
import { countdown, relationOf } from "../../../view/duplicates.js"
import { merges } from "../../../view/merge.js"
import { relationName } from "../../../view/places.js"
import type { Duplicate, OverlapPreview } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Loading } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { letters, useEvidence } from "./sides.js"
import { useDuplicateWords } from "./words.js"

export const usePreview = (found: Duplicate) => {
  const session = useSession()
  return useQuery({
    queryKey: ["overlap-preview", found.person, found.case, found.months],
    queryFn: () =>
      ask<OverlapPreview>(
        client.GET("/national/persons/{key}/overlaps/{case}/preview", {
          params: { path: { key: found.person, case: found.case } },
          headers: headersOf(session, "duplicate-check"),
        }),
      ),
  })
}

const numberOf = (option: OverlapPreview["options"][number], name: string): number | null => {
  const value = option.values[name]
  return typeof value === "number" ? value : null
}

const noPensionReasons = ["other-scheme", "other-relations", "two-benefits"] as const

const Pension = ({ option }: { readonly option: OverlapPreview["options"][number] }): ReactNode => {
  const { t } = useDuplicateWords()
  if (option.noPension !== null) {
    const known = noPensionReasons.find((one) => one === option.noPension) ?? "other"
    return <>{t("dup.noPension", { why: t(`dup.noPension_${known}`) })}</>
  }
  const monthly = ["low", "middle", "high"].map((variant) => yuan(numberOf(option, `${variant}.monthly_fen`) ?? 0)).join(" / ")
  const from = option.values["middle.pension_from"]
  return (
    <>
      {monthly}
      <span className="quiet">
        {" "}
        {t("dup.pensionFrom", { from: typeof from === "string" ? from : "—", months: numberOf(option, "middle.months") ?? 0 })}
      </span>
    </>
  )
}

const StaysPooled = ({ found, side }: { readonly found: Duplicate; readonly side: string }): ReactNode => {
  const evidence = useEvidence(found, side, "pooled_fen")
  return <>{evidence.data === undefined ? "…" : yuan(evidence.data.reduce((sum, { by }) => sum + by, 0))}</>
}

type OptionProps = {
  readonly found: Duplicate
  readonly option: OverlapPreview["options"][number]
  readonly picked: string | null
  readonly onPick: ((keep: string) => void) | null
}

const Keep = ({ found, option, picked, onPick }: OptionProps): ReactNode => {
  const { t, language } = useDuplicateWords()
  const at = found.sides.indexOf(option.keep) === 1 ? 1 : 0
  const letter = letters[at]
  const proposed = found.options.find((one) => one.keep === option.keep)
  const refund = numberOf(option, "refund_fen") ?? proposed?.refund_fen ?? 0
  const months = (name: string): string => {
    const value = numberOf(option, name)
    return value === null ? "—" : String(value)
  }
  const account = numberOf(option, "account_fen")
  const window = found.undo_seconds === 0 ? t("dup.nextNoWindow") : t("dup.nextWindow", { time: countdown(found.undo_seconds) })
  const drop = relationName(relationOf(option.drop), language)
  const benefit = found.family === "benefit"
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t("dup.monthsKept"), months("months_kept")],
    [t("dup.monthsLeft"), months("months_left")],
    [t("dup.refund"), <strong key="refund">{yuan(refund)}</strong>],
    ...(benefit ? [] : [[t("dup.staysPooled"), <StaysPooled key="pooled" found={found} side={option.drop} />] as const]),
    [t("dup.accountThen"), account === null ? "—" : yuan(account)],
  ]
  const long: typeof facts = [
    [t("dup.pension"), <Pension key="pension" option={option} />],
    [t("dup.article"), proposed?.legal ?? "—"],
    [t("dup.nextStep"), benefit ? t("dup.nextBenefit", { window }) : t("dup.nextText", { window, drop })],
  ]
  return (
    <div className={`card stack side-${at === 0 ? "a" : "b"} ${picked === option.keep ? "option-chosen" : ""}`}>
      <h3>
        {t("dup.keep", { letter, relation: relationName(relationOf(option.keep), language) })}{" "}
        {found.recommended === option.keep ? <Tag color="green">{t("dup.recommendedTag")}</Tag> : null}
      </h3>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {long.map(([name, value]) => (
          <div key={name} className="long">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {onPick === null ? null : (
        <Button
          className="no-print"
          type={picked === option.keep ? "primary" : "default"}
          aria-pressed={picked === option.keep}
          onClick={() => onPick(option.keep)}
        >
          {picked === option.keep ? t("dup.picked") : t("dup.pick", { letter })}
        </Button>
      )}
    </div>
  )
}

const Merge = ({ found, preview }: { readonly found: Duplicate; readonly preview: OverlapPreview }): ReactNode => {
  const { t, language } = useDuplicateWords()
  const merge = merges[found.kind]
  const [option] = preview.options
  const [kept, left] = option === undefined ? [null, null] : [numberOf(option, "months_kept"), numberOf(option, "months_left")]
  if (merge === undefined) return null
  return (
    <div className="card stack option-merge">
      <h3>
        {t("dup.merge")} <Tag color="gold">{t("dup.mergeNo")}</Tag>
      </h3>
      <p>{merge.why[language]}</p>
      {merge.addsUp && kept !== null && left !== null ? <p>{t("dup.mergeMonths", { count: kept + left })}</p> : null}
      <dl className="facts">
        <div className="long">
          <dt>{t("dup.article")}</dt>
          <dd>{merge.article}</dd>
        </div>
        <div className="long">
          <dt>{t("dup.nextStep")}</dt>
          <dd>{merge.next[language]}</dd>
        </div>
      </dl>
    </div>
  )
}

export const Options = ({ found, picked, onPick }: Omit<OptionProps, "option">): ReactNode => {
  const { t } = useDuplicateWords()
  const preview = usePreview(found)
  return (
    <section aria-labelledby="options">
      <h2 id="options">{t("dup.options")}</h2>
      {preview.isPending ? <Loading rows={6} /> : null}
      {preview.error === null ? null : <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data === undefined ? null : (
        <div className="options">
          {preview.data.options.map((option) => (
            <Keep key={option.keep} found={found} option={option} picked={picked} onPick={onPick} />
          ))}
          <Merge found={found} preview={preview.data} />
        </div>
      )}
    </section>
  )
}
