/** The map of one month, with its table: every province has a row, also those of which nothing is known. */
import { type ReactNode, useMemo } from "react"
import { classEnds, provinceSum, sexes, type Sum } from "../../view/coverage.js"
import type { FigureTable } from "../../view/figure.js"
import { schemeName } from "../../view/places.js"
import { Figure } from "../figure/figure.js"
import { counts, type Shown, useAbout } from "./coverage-about.js"
import type { Address } from "./coverage-address.js"
import { Tiles } from "./coverage-tiles.js"
import { useCoverageWords } from "./coverage-words.js"

const useTable = ({ asked, answer }: Shown): FigureTable => {
  const { t, language } = useCoverageWords()
  const split = sexes.filter((sex) => sex !== "unregistered" && (asked.chosen.sex ?? sex) === sex)
  return {
    columns: [
      { label: t("coverage.province") },
      { label: t("coverage.state") },
      { label: t("coverage.lastHeard") },
      { label: t("coverage.enrolled"), kind: "count" },
      { label: t("coverage.paid"), kind: "count" },
      { label: t("coverage.share"), kind: "share" },
      ...split.flatMap((sex) => [
        { label: t("coverage.sexEnrolled", { sex: t(`coverage.${sex}`) }), kind: "count" as const },
        { label: t("coverage.sexPaid", { sex: t(`coverage.${sex}`) }), kind: "count" as const },
      ]),
      { label: t("coverage.held"), kind: "count" },
    ],
    rows: answer.provinces.map((one) => {
      const { enrolled, paid, share, held } = provinceSum(one, asked.chosen)
      const bySex = split.flatMap((sex) => {
        const part = provinceSum(one, { ...asked.chosen, sex })
        return [part.enrolled, part.paid]
      })
      return [
        one[language],
        t(`coverage.${one.state}`),
        one.lastHeard?.slice(0, 10) ?? null,
        enrolled,
        paid,
        share,
        ...bySex,
        held,
      ]
    }),
  }
}

const Notes = ({ asked, answer, total }: Shown & { readonly total: Sum }): ReactNode => {
  const { t, language } = useCoverageWords()
  const last = answer.span?.last ?? null
  return (
    <>
      <p>{total.held > 0 ? t("coverage.addUpHeld", { held: total.held }) : t("coverage.addUp")}</p>
      {answer.protection === null ? null : <p>{answer.protection[language]}</p>}
      {last !== null && answer.month !== null && answer.month > last ? (
        <p className="notice">{t("coverage.unpaidYet", { last })}</p>
      ) : null}
      {asked.known === "" ? <p>{t("coverage.openDay")}</p> : null}
      <p>{t("coverage.outside")}</p>
      <p className="no-print">{t("coverage.walk")}</p>
    </>
  )
}

export const CoverageMap = ({
  shown,
  total,
  address: { asked, select },
}: {
  readonly shown: Shown
  readonly total: Sum
  readonly address: Address
}): ReactNode => {
  const { t, language } = useCoverageWords()
  const { answer } = shown
  const about = useAbout(shown)
  const table = useTable(shown)
  const { measure, province, chosen } = asked
  const facts = useMemo(
    () => new Map(answer.provinces.map((one) => [one.province, { state: one.state, sum: provinceSum(one, chosen) }])),
    [answer, chosen],
  )
  const ends = classEnds(
    measure,
    [...facts.values()].map(({ sum }) => sum[measure]),
  )
  const { enrolled, paid, share } = counts(total)
  const summary = t("coverage.summary", {
    month: about.month,
    scheme: schemeName(asked.scheme, language),
    who: about.who,
    enrolled,
    paid,
    share,
    provinces: answer.provinces.filter(({ cells }) => cells.length > 0).length,
  })
  return (
    <Figure
      id="coverage-map"
      title={t("coverage.map", { measure: t(`coverage.${measure}`), month: about.month })}
      definition={`${summary} ${answer.definitions[language]}`}
      denominator={
        measure === "enrolled"
          ? t("coverage.denomPersons", { persons: answer.persons.toLocaleString("en") })
          : t("coverage.denomEnrolled", { month: about.month, enrolled, who: about.who })
      }
      dataOf={about.dataOf}
      summary={summary}
      table={table}
      chart={{
        drawing: (
          <Tiles
            facts={facts}
            measure={measure}
            ends={ends}
            selected={province}
            label={summary}
            onSelect={(code) => select(code === province ? null : code)}
          />
        ),
      }}
      notes={<Notes asked={asked} answer={answer} total={total} />}
      pin={about.pin}
    />
  )
}
