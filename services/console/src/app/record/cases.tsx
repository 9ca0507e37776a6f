/** What is open about this person: who acts, until when, and why; never a bare "processing". */
import type { ReactNode } from "react"
import { Link } from "react-router"
import { isEndless, span } from "../../view/amounts.js"
import { actorOfStep, openFirst } from "../../view/cases.js"
import { provinceName, relationName, sideNames } from "../../view/places.js"
import type { OverlapCase, TransferCase, UnifiedRecord } from "../../view/types.js"
import { None } from "../feedback.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"

/** Whoever works on cases goes on from here to the case itself. */
const useMayOpen = (): boolean => {
  const { kind } = useSession().caller
  return kind === "agency" || kind === "center"
}

const Transfer = ({ one }: { readonly one: TransferCase }): ReactNode => {
  const { t, language } = useLanguage()
  const mayOpen = useMayOpen()
  return (
    <li className="card">
      <h3>{t("transferTo", { province: provinceName(one.to, language) })}</h3>
      <ul className="plain">
        {one.legs.map((leg) => (
          <li key={leg.from}>
            {t("leg", { province: provinceName(leg.from, language) })}:{" "}
            {leg.outcome === "booked"
              ? t("leg_booked")
              : leg.outcome === "failed"
                ? t("leg_failed", { why: leg.failure ?? "" })
                : leg.waitsFor === null
                  ? ""
                  : `${t(`leg_${leg.waitsFor}`)} · ${t("actsUntil", { who: provinceName(actorOfStep(leg.waitsFor, leg.from, one.to), language), due: leg.due })}`}{" "}
            {leg.escalated ? <Tag color="red">{t("escalated")}</Tag> : null}{" "}
            {mayOpen ? <Link to={`/tasks/${one.transferId}/${leg.from}`}>{t("openCase")}</Link> : null}
          </li>
        ))}
      </ul>
    </li>
  )
}

const Overlap = ({ one, person }: { readonly one: OverlapCase; readonly person: string }): ReactNode => {
  const { t, language } = useLanguage()
  const mayOpen = useMayOpen()
  const who = [...new Set(one.sides.map((side) => provinceName(side.slice(0, 2), language)))].join(
    language === "zh" ? "、" : ", ",
  )
  return (
    <li className="card">
      <h3>
        {t("overlapCase", { sides: sideNames(one.sides, language) })}{" "}
        <Tag color={one.open ? "red" : "plain"}>{t(`overlapStatus_${one.status}`)}</Tag>
      </h3>
      <p>
        {isEndless(one.months)
          ? t("endlessFrom", { from: one.ranges[0]?.from ?? "" })
          : t("overlapMonths", { count: one.months, ranges: one.ranges.map(span).join(", ") })}
        {one.recommended === null ? "" : ` · ${t("recommended", { side: relationName(one.recommended, language) })}`}
      </p>
      {one.open ? <p className="quiet">{t("overlapWho", { who })}</p> : null}
      {mayOpen ? <Link to={`/duplicates/${person}/${one.family}/${encodeURIComponent(one.case)}`}>{t("openCase")}</Link> : null}
    </li>
  )
}

export const Cases = ({ cases, person }: { readonly cases: UnifiedRecord["cases"]; readonly person: string }): ReactNode => {
  const { t } = useLanguage()
  const none = cases.transfers.length + cases.overlaps.length + cases.holds.length === 0
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">{t("cases")}</h2>
      {none ? <None text={t("casesEmpty")} /> : null}
      <ul className="plain stack">
        {openFirst(cases.overlaps).map((one) => (
          <Overlap key={one.case} one={one} person={person} />
        ))}
        {openFirst(cases.transfers).map((one) => (
          <Transfer key={one.transferId} one={one} />
        ))}
        {cases.holds.map((hold) => (
          <li key={hold.claim} className="card">
            {t("hold", { reason: hold.reason })}
          </li>
        ))}
      </ul>
    </section>
  )
}
