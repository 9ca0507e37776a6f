/** What money a pension relation takes along (国办发〔2009〕66号 Art 4 and 5). */
import { type YearMonth, month } from "@tongzhang/domain/month"
import { basisPoints, type Fen, fen, share, zero } from "@tongzhang/domain/money"
import { type Citation, citations } from "../citation.js"

/** Bases of months before this one take no pooled money along. */
export const pooledSince: YearMonth = month("1998-01")
export const pooledRate_bp = basisPoints(1_200)

/**
 * Pooled money that moves: 12 % of the bases, whatever the employer really paid.
 * @param bases_fen sum of the monthly bases really paid for since 1998-01, fen
 */
export const pooledShare = (bases_fen: Fen): Fen => share(bases_fen, pooledRate_bp, "half_up")

export type RelationMoney = {
  readonly temporary: boolean
  /** Balance of the personal account with interest, fen (before 1998: own payments with interest). */
  readonly account_fen: Fen
  /** Sum of the bases since 1998-01, fen. */
  readonly bases_fen: Fen
  /** What the pooled side of the relation holds; moves in full from a temporary account. */
  readonly pooled_fen: Fen
}

export type TransferMoney = {
  readonly account_fen: Fen
  readonly pooled_fen: Fen
  readonly total_fen: Fen
  readonly citation: Citation
}

/** An ordinary relation: account and 12 % of the bases. A temporary account: everything paid, with its interest. */
export const transferMoney = (relation: RelationMoney): TransferMoney => {
  const pooled_fen = relation.temporary ? relation.pooled_fen : pooledShare(relation.bases_fen)
  return {
    account_fen: relation.account_fen,
    pooled_fen: pooled_fen < 0 ? zero : pooled_fen,
    total_fen: fen(relation.account_fen + Math.max(0, pooled_fen)),
    citation: relation.temporary ? citations.temporaryAccount : citations.transferMoney,
  }
}
