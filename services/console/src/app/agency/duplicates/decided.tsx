/** A decided case: how long it may be taken back, then what has become of it. The service keeps the time; the page only counts down. */
import { useQueryClient } from "@tanstack/react-query"
import { type ReactNode, useEffect, useState } from "react"
import { yuan } from "../../../view/amounts.js"
import { countdown } from "../../../view/duplicates.js"
import { sideNames } from "../../../view/places.js"
import type { Duplicate } from "../../../view/types.js"
import { Failure } from "../../feedback.js"
import { ReasonForm } from "../reason.js"
import { type CaseId, useSay } from "./case.js"
import { useDuplicateWords } from "./words.js"

/** Seconds left of an answer that said `given` when it came; counts with this machine's clock, which may differ from the ledger's. */
const useSecondsLeft = (given: number, answer: unknown): number => {
  const [left, setLeft] = useState(given)
  useEffect(() => {
    const began = performance.now()
    setLeft(given)
    const timer = setInterval(() => setLeft(Math.max(0, given - Math.floor((performance.now() - began) / 1_000))), 500)
    return () => clearInterval(timer)
  }, [given, answer])
  return left
}

type Props = { readonly which: CaseId; readonly found: Duplicate }

const Undo = ({ which, found }: Props): ReactNode => {
  const { t } = useDuplicateWords()
  const say = useSay(which)
  const queries = useQueryClient()
  const left = useSecondsLeft(found.undo?.seconds_left ?? 0, found)
  useEffect(() => {
    if (left === 0) void queries.invalidateQueries({ queryKey: ["duplicate", which.person, which.id] })
  }, [left, queries, which.person, which.id])
  const words = { reason: t("dup.reason"), usual: t("dup.usual"), pick: t("dup.pickReason"), go: t("dup.undoGo") }
  return (
    <div className="stack">
      <p>
        <span className="visually-hidden">{t("dup.undo")}</span> <strong role="timer">{countdown(left)}</strong>{" "}
        {t("dup.undoLeft")}
      </p>
      <ReasonForm
        words={words}
        templates={[t("dup.undoReason_1"), t("dup.undoReason_2"), t("dup.undoReason_3")]}
        start={t("dup.undoReason_1")}
        busy={say.isPending}
        danger
        onSay={(reason) => say.mutate({ what: "withdrawal", reason })}
      />
      {say.error === null ? null : <Failure error={say.error} />}
    </div>
  )
}

export const Decided = ({ which, found }: Props): ReactNode => {
  const { t, language } = useDuplicateWords()
  if (found.status === "open") return null
  const refund = found.options.find((one) => one.keep === found.keep)?.refund_fen ?? 0
  const kept = found.keep === null ? "" : sideNames([found.keep], language)
  return (
    <section className={`card stack ${found.undo === null ? "" : "undo"}`} aria-labelledby="decided">
      <h2 id="decided">
        {found.keep === null
          ? t("dup.closed", { status: t(`dup.status_${found.status as "open"}`) })
          : t("dup.decided", { side: kept })}
      </h2>
      {found.undo === null ? null : <Undo which={which} found={found} />}
      {found.status === "decided" && found.undo === null ? (
        <p>{found.waiting === null ? t("dup.clearing") : t("dup.clearWaits", { why: found.waiting })}</p>
      ) : null}
      {found.status === "cleared" ? <p>{t("dup.cleared", { refund: yuan(refund) })}</p> : null}
    </section>
  )
}
