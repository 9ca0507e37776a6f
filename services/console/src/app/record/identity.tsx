/** Who it is, masked; the full identity only for a purpose that is written down. */
import { Button, Radio } from "antd"
import { type ReactNode, useState } from "react"
import { type Purpose, purposesOf } from "../../view/caller.js"
import { provinceName } from "../../view/places.js"
import type { RecordAnswer } from "../../view/types.js"
import { Dialog } from "../dialog.js"
import { useLanguage } from "../i18n.js"
import { useSession } from "../session.js"
import { Tag } from "../tag.js"

export const Identity = ({
  answer,
  personKey,
  revealFor,
  onReveal,
}: {
  readonly answer: RecordAnswer
  readonly personKey: string
  readonly revealFor: Purpose | null
  readonly onReveal: (purpose: Purpose | null) => void
}): ReactNode => {
  const { t, language } = useLanguage()
  const session = useSession()
  const purposes = purposesOf(session.caller.kind)
  const [asking, setAsking] = useState(false)
  const [purpose, setPurpose] = useState<Purpose>(session.purpose)
  const { identity } = answer
  const { person } = answer.record
  const name =
    identity.state === "erased"
      ? t("erased")
      : identity.state === "unreadable"
        ? t("unreadable")
        : (identity.name ?? t("unknown"))
  const canReveal = identity.state === "masked"
  return (
    <div className="identity">
      <div className="grow">
        <p className="name">
          {name} <span className="mono id">{identity.citizenId ?? personKey.slice(0, 12)}</span>
        </p>
        <p className="quiet">
          {person.sex === null ? "" : `${t(`sex_${person.sex}`)} · `}
          {person.birthMonth === null ? "" : `${t("born")} ${person.birthMonth} · `}
          {person.hukou === null ? "" : `${t("hukou")} ${provinceName(person.hukou, language)}`}
          {person.diedOn === null ? null : <Tag color="red">{t("died", { on: person.diedOn })}</Tag>}
        </p>
        {revealFor === null ? null : <p className="notice">{t("revealed", { purpose: t(`purpose_${revealFor}`) })}</p>}
      </div>
      <div className="no-print">
        {canReveal ? <Button onClick={() => setAsking(true)}>{t("reveal")}</Button> : null}
        {revealFor === null ? null : <Button onClick={() => onReveal(null)}>{t("hide")}</Button>}
      </div>
      {asking ? (
        <Dialog
          title={t("reveal")}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button
                type="primary"
                onClick={() => {
                  setAsking(false)
                  onReveal(purpose)
                }}
              >
                {t("revealConfirm")}
              </Button>
              <Button onClick={() => setAsking(false)}>{t("cancel")}</Button>
            </>
          }
        >
          <p>{t("revealLead")}</p>
          <Radio.Group value={purpose} onChange={(event) => setPurpose(event.target.value as Purpose)} aria-label={t("purpose")}>
            {purposes.map((one) => (
              <Radio key={one} value={one}>
                {t(`purpose_${one}`)}
              </Radio>
            ))}
          </Radio.Group>
        </Dialog>
      ) : null}
    </div>
  )
}
