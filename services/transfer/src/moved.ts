/** What a relation would carry away today: months, account, pooled share (66号 Art 4), from its ledger alone. */
import type { Enrollment, Moved } from "@tongzhang/domain/enrollment"
import { countedMonths, type Ledger, sumOver } from "@tongzhang/domain/enrollment-ledger"
import { monthMax } from "@tongzhang/domain/month"
import { intersection, ofRange, ranges } from "@tongzhang/domain/month-set"
import { type Fen, fen } from "@tongzhang/domain/money"
import { pooledShare, pooledSince, transferMoney } from "@tongzhang/law/rules/transfer-money"

/**
 * Bases that 12 % is taken of: this place's since 1998-01, and those that came with earlier transfers. Refunds of received months
 * lower `bases_fen` of the ledger, so what was received is the ledger's sum less the own bases.
 */
const pooledBases = (ledger: Ledger): Fen => {
  const own_fen = sumOver(ledger, ledger.months, "base_fen")
  const ownSince_fen = sumOver(ledger, intersection(ledger.months, ofRange(pooledSince, monthMax)), "base_fen")
  const received_fen = Math.max(0, ledger.bases_fen - own_fen)
  return fen(ownSince_fen + received_fen)
}

/** What earlier transfers brought in pooled money is the most that can leave again for those months. */
const receivedLimit = (ledger: Ledger, pooled_fen: Fen): Fen => {
  if (ledger.received.length === 0) return pooled_fen
  const ownSince = intersection(ledger.months, ofRange(pooledSince, monthMax))
  const own_fen = pooledShare(sumOver(ledger, ownSince, "base_fen"))
  const brought_fen = ledger.received.reduce((sum, part) => sum + part.pooled_fen, 0)
  return fen(Math.min(pooled_fen, own_fen + brought_fen))
}

export const movedOf = ({ ledger, temporary }: Enrollment): Moved => {
  const bases_fen = pooledBases(ledger)
  const money = transferMoney({ temporary, account_fen: ledger.account_fen, bases_fen, pooled_fen: ledger.pooled_fen })
  return {
    months: ranges(countedMonths(ledger)),
    account_fen: money.account_fen,
    pooled_fen: temporary ? money.pooled_fen : receivedLimit(ledger, money.pooled_fen),
    bases_fen: ledger.bases_fen,
  }
}

/** Nothing to carry: no month counted and no fen in the account. */
export const isEmptyMove = (moved: Moved): boolean => moved.months.length === 0 && moved.account_fen === 0
