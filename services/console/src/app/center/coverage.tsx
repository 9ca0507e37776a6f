/** The coverage board: who was enrolled and who paid, by province, sex, channel and month, as known on any day. */
import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { chosenOf, nationCells, provinceSum, statesOf, sumOf } from "../../view/coverage.js"
import type { CoverageProvince } from "../../view/types.js"
import { ask, client, headersOf } from "../client.js"
import { Failure, Loading, Nothing } from "../feedback.js"
import { useSession } from "../session.js"
import { Tag, type Tone } from "../tag.js"
import { counts, type Shown, useAbout } from "./coverage-about.js"
import { type Address, type Asked, useAddress } from "./coverage-address.js"
import { CoverageControls } from "./coverage-controls.js"
import { CoverageMap } from "./coverage-map.js"
import { Splits } from "./coverage-splits.js"
import { Trend } from "./coverage-trend.js"
import { useCoverageWords } from "./coverage-words.js"
import "./coverage.css"

const useCoverage = ({ scheme, month, known }: Asked) => {
  const session = useSession()
  return useQuery({
    queryKey: ["coverage", scheme, month, known],
    queryFn: () =>
      ask(
        client.GET("/national/statistics/coverage", {
          headers: headersOf(session),
          params: { query: { scheme, ...(month === "" ? {} : { month }), ...(known === "" ? {} : { knownOn: known }) } },
        }),
      ),
  })
}

const Totals = ({ shown }: { readonly shown: Shown }): ReactNode => {
  const { t } = useCoverageWords()
  const { answer, asked } = shown
  const total = counts(sumOf(chosenOf(nationCells(answer), asked.chosen)))
  const states = statesOf(answer)
  const all = answer.provinces.length
  const held = total.held > 0 ? ` · ${t("coverage.heldCells", { held: total.held })}` : ""
  return (
    <div className="coverage-totals">
      <div className="card total">
        <div className="quiet">{t("coverage.enrolled")}</div>
        <div className="big">{total.enrolled}</div>
        <div className="quiet">{t("coverage.ofPersons", { persons: answer.persons.toLocaleString("en") }) + held}</div>
      </div>
      <div className="card total">
        <div className="quiet">{t("coverage.paid")}</div>
        <div className="big">
          {total.paid} <small>/ {total.enrolled}</small>
        </div>
        <div className="quiet">
          {total.share} {t("coverage.ofEnrolled")}
        </div>
      </div>
      <div className="card total">
        <div className="quiet">{t("coverage.withData")}</div>
        <div className="big">
          {all - states.none - states.never} <small>/ {all}</small>
        </div>
        <div className="quiet">{t("coverage.withDataOf", { all, ...states })}</div>
      </div>
    </div>
  )
}

const tones: Readonly<Record<CoverageProvince["state"], Tone>> = {
  fresh: "green",
  partial: "gold",
  stale: "red",
  none: "plain",
  never: "red",
}

/** What of the chosen province is known, and who has to do something about it. */
const About = ({
  province,
  shown,
  onBack,
}: {
  readonly province: CoverageProvince
  readonly shown: Shown
  readonly onBack: () => void
}): ReactNode => {
  const { t } = useCoverageWords()
  const { place } = useAbout(shown)
  const sum = counts(provinceSum(province, shown.asked.chosen))
  return (
    <section className="card" aria-label={t("coverage.about", { place })}>
      <div className="head">
        <h2>
          {place} <Tag color={tones[province.state]}>{t(`coverage.${province.state}`)}</Tag>
        </h2>
        <Button size="small" className="no-print" onClick={onBack}>
          {t("coverage.back")}
        </Button>
      </div>
      <p className="quiet">
        {province.lastHeard === null ? "" : `${t("coverage.heard", { day: province.lastHeard.slice(0, 10) })} · `}
        {t(`coverage.act_${province.state}`, { place })}
      </p>
      {sum.held > 0 ? <p className="notice">{t("coverage.heldHere", { held: sum.held })}</p> : null}
      <dl className="facts">
        <dt>{t("coverage.enrolled")}</dt>
        <dd>{sum.enrolled}</dd>
        <dt>{t("coverage.paid")}</dt>
        <dd>{sum.paid}</dd>
        <dt>{t("coverage.share")}</dt>
        <dd>{sum.share}</dd>
      </dl>
    </section>
  )
}

const Board = ({ shown, address }: { readonly shown: Shown; readonly address: Address }): ReactNode => {
  const { t } = useCoverageWords()
  const { answer, asked } = shown
  const province = answer.provinces.find((one) => one.province === asked.province)
  const cells = nationCells(answer)
  if (answer.month === null) return <Nothing text={t("coverage.nobody")} />
  return (
    <>
      <Totals shown={shown} />
      <div className="coverage-two">
        <CoverageMap shown={shown} total={sumOf(chosenOf(cells, asked.chosen))} address={address} />
        <div className="stack">
          {province === undefined ? (
            <p className="quiet card no-print">{t("coverage.choose")}</p>
          ) : (
            <About province={province} shown={shown} onBack={() => address.select(null)} />
          )}
          <Splits cells={province?.cells ?? cells} shown={shown} />
        </div>
      </div>
      {asked.province === null ? null : <Trend shown={shown} province={asked.province} address={address} />}
    </>
  )
}

export const CoveragePage = (): ReactNode => {
  const { t } = useCoverageWords()
  const address = useAddress()
  const { asked } = address
  const { data, error, refetch } = useCoverage(asked)
  return (
    <section className="page stack">
      <h1>{t("coverage.title")}</h1>
      <p className="quiet">{t("coverage.lead")}</p>
      <CoverageControls address={address} />
      {asked.known === "" ? null : <p className="notice">{t("coverage.past", { day: asked.known })}</p>}
      {error !== null ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading rows={12} />
      ) : (
        <Board shown={{ asked, answer: data }} address={address} />
      )}
    </section>
  )
}
