/** Who has signed the log, when, and who has not and why. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button } from "antd"
import type { ReactNode } from "react"
import { momentInChina } from "../../../view/amounts.js"
import { readCheckpoint } from "../../../view/proof.js"
import type { ProofLogAnswer } from "../../../view/types.js"
import { ask, client, headersOf } from "../../client.js"
import { Failure, Nothing } from "../../feedback.js"
import { useSession } from "../../session.js"
import { Tag } from "../../tag.js"
import { logText } from "./log-source.js"
import { useAgo } from "./status.js"
import { useProofWords } from "./words.js"

const nameOf = (vkey: string): string => vkey.split("+")[0] ?? vkey

export const Witnesses = ({ log }: { readonly log: ProofLogAnswer }): ReactNode => {
  const { t } = useProofWords()
  const ago = useAgo()
  const session = useSession()
  const queries = useQueryClient()
  const witnessed = useQuery({
    queryKey: ["proof-witnessed", log.vkey, log.round?.at],
    enabled: log.witnesses.length > 0,
    queryFn: async () => {
      const text = await logText("checkpoint.witnessed")
      return text === null ? null : readCheckpoint(text, log.vkey, log.witnesses)
    },
  })
  const round = useMutation({
    mutationFn: () => ask(client.POST("/audit/proof/cosign", { headers: headersOf(session) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["proof"] }),
  })
  const signed = witnessed.data?.ok === true ? witnessed.data.checkpoint : null
  return (
    <section className="card stack" aria-labelledby="proof-witnesses">
      <h2 id="proof-witnesses">{t("proof.witnesses")}</h2>
      <p className="quiet">{t("proof.witnessesLead")}</p>
      {log.witnesses.length === 0 ? <Nothing text={t("proof.witnessNone")} hint={t("proof.witnessNoneHint")} /> : null}
      <ul className="plain lines">
        {log.witnesses.map((vkey) => {
          const name = nameOf(vkey)
          const mine = signed?.signed.find((one) => one.name === name)
          const refused = log.round?.refused.find((one) => one.witness === name)
          return (
            <li key={vkey}>
              <span>
                <strong className="mono">{name}</strong>{" "}
                {mine === undefined ? (
                  <Tag color="red">{t("proof.witnessMissing")}</Tag>
                ) : (
                  <Tag color="green">{t("proof.witnessSigned", { size: signed?.size ?? 0 })}</Tag>
                )}
              </span>
              <span className={refused === undefined ? "quiet" : "notice"}>
                {mine?.time === undefined || mine.time === null
                  ? ""
                  : `${t("proof.witnessWhen")} ${ago(Date.now() / 1000 - mine.time)} · ${momentInChina(new Date(mine.time * 1000).toISOString())}`}
                {refused === undefined ? "" : ` ${t("proof.witnessWhy")}: ${refused.what}`}
              </span>
            </li>
          )
        })}
      </ul>
      {log.witnesses.length === 0 ? null : (
        <div className="row no-print">
          <Button loading={round.isPending} onClick={() => round.mutate()}>
            {t("proof.witnessAsk")}
          </Button>
          {log.round === null ? null : (
            <span className="quiet">
              {t("proof.witnessAsked", {
                at: momentInChina(log.round.at),
                signed: log.round.signed.length,
                refused: log.round.refused.length,
              })}
            </span>
          )}
        </div>
      )}
      {round.error === null ? null : <Failure error={round.error} />}
      {witnessed.data?.ok === false ? (
        <p className="notice">{t("proof.signedBad", { problem: witnessed.data.problem })}</p>
      ) : null}
    </section>
  )
}
