/** The decision with its reason, what the person wants, a second officer where the refund is large, and "no duplicate". */
import { Button } from "antd"
import { type ReactNode, useState } from "react"
import { yuan } from "../../../view/amounts.js"
import { sideNames } from "../../../view/places.js"
import type { Duplicate } from "../../../view/types.js"
import { Failure } from "../../feedback.js"
import { useSession } from "../../session.js"
import { ReasonForm } from "../reason.js"
import { type CaseId, useSay } from "./case.js"
import { useDuplicateWords } from "./words.js"

const channels = ["counter", "phone", "letter"] as const
const channelOf = (value: string): (typeof channels)[number] => channels.find((one) => one === value) ?? "counter"

type Props = { readonly which: CaseId; readonly found: Duplicate }

export const PersonsChoice = ({ which, found }: Props): ReactNode => {
  const { t, language } = useDuplicateWords()
  const say = useSay(which)
  const [keep, setKeep] = useState(found.choice?.keep ?? found.sides[0] ?? "")
  const [channel, setChannel] = useState<(typeof channels)[number]>("counter")
  const { choice } = found
  return (
    <section className="card stack" aria-labelledby="choice">
      <h2 id="choice">{t("dup.choice")}</h2>
      {found.agreementNeeded ? <p className="notice">{t("dup.agreement")}</p> : null}
      <p>
        {choice === null
          ? t("dup.choiceNone")
          : t("dup.choiceSaid", {
              on: choice.on,
              side: sideNames([choice.keep], language),
              channel: t(`dup.channel_${choice.channel}`),
            })}
      </p>
      {found.status === "open" ? (
        <form
          className="row no-print"
          onSubmit={(event) => {
            event.preventDefault()
            say.mutate({ what: "choice", keep, channel })
          }}
        >
          <label className="field">
            <span>{t("dup.wants")}</span>
            <select value={keep} onChange={(event) => setKeep(event.target.value)}>
              {found.sides.map((side) => (
                <option key={side} value={side}>
                  {sideNames([side], language)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t("dup.channel")}</span>
            <select value={channel} onChange={(event) => setChannel(channelOf(event.target.value))}>
              {channels.map((one) => (
                <option key={one} value={one}>
                  {t(`dup.channel_${one}`)}
                </option>
              ))}
            </select>
          </label>
          <Button htmlType="submit" loading={say.isPending}>
            {t("dup.choiceGo")}
          </Button>
        </form>
      ) : null}
      {say.error === null ? null : <Failure error={say.error} />}
    </section>
  )
}

const Approval = ({ which, found }: Props): ReactNode => {
  const { t, language } = useDuplicateWords()
  const session = useSession()
  const say = useSay(which)
  const { asked, limit_fen } = found.approval
  if (asked === null) return limit_fen === null ? null : <p className="quiet">{t("dup.second", { limit: yuan(limit_fen) })}</p>
  const mine = asked.officer === session.caller.id
  return (
    <div className="stack">
      <p className="notice">
        {t("dup.asked", { officer: asked.officer, side: sideNames([asked.keep], language), reason: asked.reason })}
      </p>
      {mine ? (
        <p>{t("dup.askedSelf")}</p>
      ) : (
        <Button
          type="primary"
          loading={say.isPending}
          onClick={() => say.mutate({ what: "decision", keep: asked.keep, reason: asked.reason })}
        >
          {t("dup.approve")}
        </Button>
      )}
      {say.error === null ? null : <Failure error={say.error} />}
    </div>
  )
}

export const Decide = ({ which, found, picked }: Props & { readonly picked: string | null }): ReactNode => {
  const { t, language } = useDuplicateWords()
  const say = useSay(which)
  const [dismissing, setDismissing] = useState(false)
  const words = { reason: t("dup.reason"), usual: t("dup.usual"), pick: t("dup.pickReason") }
  const refund = found.options.find((one) => one.keep === picked)?.refund_fen ?? 0
  return (
    <section className="card stack no-print" aria-labelledby="decide">
      <h2 id="decide">{t("dup.decide")}</h2>
      <Approval which={which} found={found} />
      {picked === null ? (
        <p className="quiet">{t("dup.decideLead")}</p>
      ) : (
        <>
          <p>{t("dup.decideKeep", { side: sideNames([picked], language), refund: yuan(refund) })}</p>
          {found.choice !== null && found.choice.keep !== picked ? <p className="notice">{t("dup.against")}</p> : null}
          <ReasonForm
            words={{ ...words, go: t("dup.decideGo") }}
            templates={[t("dup.reason_1"), t("dup.reason_2"), t("dup.reason_3"), t("dup.reason_4")]}
            busy={say.isPending}
            onSay={(reason) => say.mutate({ what: "decision", keep: picked, reason })}
          />
        </>
      )}
      {say.error === null ? null : <Failure error={say.error} />}
      <details open={dismissing} onToggle={(event) => setDismissing(event.currentTarget.open)}>
        <summary>{t("dup.dismiss")}</summary>
        {dismissing ? (
          <div className="stack">
            <p className="quiet">{t("dup.dismissLead")}</p>
            <ReasonForm
              words={{ ...words, go: t("dup.dismissGo") }}
              templates={[t("dup.dismiss_1"), t("dup.dismiss_2"), t("dup.dismiss_3")]}
              busy={say.isPending}
              danger
              onSay={(reason) => say.mutate({ what: "dismissal", reason })}
            />
          </div>
        ) : null}
      </details>
    </section>
  )
}
