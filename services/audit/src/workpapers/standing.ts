/** What a report stands on: a position of the ledger, and the signed checkpoint of exactly that position where a log is kept. */
import { parseCheckpoint } from "@tongzhang/proof/checkpoint"
import { parseNote } from "@tongzhang/proof/note"
import type { EventStore } from "@tongzhang/event-store/port"
import type { Published } from "@tongzhang/proof/log"
import type { Clock } from "@tongzhang/service-kit/clock"
import { problem } from "@tongzhang/service-kit/problem"
import type { ProofKeeper } from "../proof/keeper.js"

export type Standing = { readonly position: string; readonly checkpoint: string | null }

/** How long the log may take to reach the ledger's end. */
const log_wait_ms = 20_000

const notReady = () =>
  problem({
    status: 503,
    rule: "PROOF_NOT_READY",
    hint_zh: "证明日志尚未追上账本，请稍后再试",
    hint_en: "The proof log has not reached the ledger's end: ask again in a moment",
    retry_after_seconds: 5,
  })

/**
 * The checkpoint with the signatures of every witness that answers: who trusts a witness need not trust this ledger. A witness that
 * is away does not hold up a closing, and a log that has gone on meanwhile is theirs to sign, not this report's.
 */
const witnessed = async (proof: ProofKeeper, { size, text }: Published): Promise<string> => {
  const round = await proof.cosign().catch(() => null)
  return parseCheckpoint(parseNote(round?.text ?? "")?.text ?? "")?.size === size && round !== null ? round.text : text
}

/** The ledger as it is now. Throws PROOF_NOT_READY (503) when the log does not catch up. */
export const standingOf = async ({
  store,
  clock,
  proof,
}: {
  readonly store: EventStore
  readonly clock: Clock
  readonly proof?: ProofKeeper | undefined
}): Promise<Standing> => {
  if (proof === undefined) {
    const position = await store.head()
    if (position === null) throw notReady()
    return { position, checkpoint: null }
  }
  const waiting = new AbortController()
  const late = clock.sleep(log_wait_ms, waiting.signal).then(() => "late" as const)
  const came = await Promise.race([proof.caughtUp().then(() => "caught up" as const), late])
  waiting.abort()
  const published = proof.log()?.published() ?? null
  if (came === "late" || published === null || published.position === null) throw notReady()
  return { position: published.position, checkpoint: await witnessed(proof, published) }
}
