/**
 * Drawing a sample of money facts that anybody can draw again: the seed and the ledger's position decide, nothing else. No random
 * number generator: a fact's rank is the hash of seed and event id, so the order in which facts are read does not matter.
 */
import { createHash } from "node:crypto"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"

export type Item = {
  readonly event: string
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly position: string
  readonly province: string
  readonly scheme: string
  readonly amount_fen: number
  /** `44 110 ContributionRecorded <10^4`: province, scheme, kind, size in yuan. */
  readonly stratum: string
}

/** Money a fact moves, fen; null: it moves none. */
export const amountOf = (event: LedgerEvent): number | null => {
  switch (event.type) {
    case "ContributionRecorded":
    case "ContributionCorrected":
    case "TransferredIn":
    case "TransferredOut":
      return event.account_fen + event.pooled_fen
    case "ContributionRefunded":
      return event.refund_fen
    case "SubsidyCredited":
    case "InterestCredited":
    case "BenefitPaid":
    case "BenefitOverpaid":
    case "BenefitRecovered":
      return event.amount_fen
    default:
      return null
  }
}

/** Whole yuan by their number of digits: audits look at large amounts more closely than at many small ones. */
export const bandOf = (amount_fen: number): string => `<10^${String(Math.floor(amount_fen / 100)).length}`

const rankOf = (seed: string, event: string): string => createHash("sha256").update(`${seed}|${event}`).digest("hex")

type Ranked = { readonly rank: string; readonly item: Item }
const byRank = (a: Ranked, b: Ranked): number => (a.rank < b.rank ? -1 : 1)

export type Stratum = { readonly stratum: string; readonly facts: number; readonly amount_fen: number; readonly drawn: number }
export type Drawn = {
  readonly facts: number
  readonly amount_fen: number
  readonly strata: readonly Stratum[]
  readonly items: readonly (Item & { readonly hits: number })[]
}

/** Shares of `size` by number of facts: largest remainder, ties by name, and no stratum more than it has. */
export const allocate = (counts: ReadonlyMap<string, number>, size: number): Map<string, number> => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const wanted = Math.min(size, total)
  const exact = [...counts].map(([name, count]) => ({
    name,
    floor: Math.floor((wanted * count) / total),
    rest: (wanted * count) % total,
  }))
  const shares = new Map(exact.map(({ name, floor }) => [name, floor]))
  let left = wanted - exact.reduce((sum, { floor }) => sum + floor, 0)
  for (const { name } of exact.sort((a, b) => b.rest - a.rest || (a.name < b.name ? -1 : 1))) {
    if (left-- <= 0) break
    shares.set(name, (shares.get(name) ?? 0) + 1)
  }
  return shares
}

/** Every stratum in proportion to its facts. One pass; keeps at most `size` facts of each stratum. */
export const drawStratified = async (items: AsyncIterable<Item>, seed: string, size: number): Promise<Drawn> => {
  const strata = new Map<string, { facts: number; amount_fen: number; best: Ranked[] }>()
  for await (const item of items) {
    const found = strata.get(item.stratum) ?? { facts: 0, amount_fen: 0, best: [] }
    strata.set(item.stratum, found)
    found.facts++
    found.amount_fen += item.amount_fen
    found.best.push({ rank: rankOf(seed, item.event), item })
    // Cut back at twice the size: sorting at every fact would cost more than the hash.
    if (found.best.length >= size * 2) found.best = found.best.sort(byRank).slice(0, size)
  }
  const names = [...strata.keys()].sort()
  const shares = allocate(new Map(names.map((name) => [name, strata.get(name)?.facts ?? 0])), size)
  const all = names.map((stratum) => ({ stratum, ...(strata.get(stratum) ?? { facts: 0, amount_fen: 0, best: [] }) }))
  const drawn = all.map(({ stratum, best }) => best.sort(byRank).slice(0, shares.get(stratum) ?? 0))
  return {
    facts: all.reduce((sum, { facts }) => sum + facts, 0),
    amount_fen: all.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
    strata: all.map(({ stratum, facts, amount_fen }, i) => ({ stratum, facts, amount_fen, drawn: drawn[i]?.length ?? 0 })),
    items: drawn.flat().map(({ item }) => ({ ...item, hits: 1 })),
  }
}

/**
 * Monetary-unit sampling: every `interval`th fen of the population, from a seeded start; a fact is drawn as often as it holds such a
 * fen, so its chance is its amount. Two passes in the order of the log.
 */
export const drawMonetary = async (read: () => AsyncIterable<Item>, seed: string, size: number): Promise<Drawn> => {
  let total = 0n
  let facts = 0
  for await (const { amount_fen } of read()) {
    total += BigInt(amount_fen)
    facts++
  }
  const items: (Item & { hits: number })[] = []
  if (total > 0n) {
    const wanted = BigInt(size)
    const start = BigInt(`0x${rankOf(seed, "start")}`) % total
    // Point k lies at (start + k * total) / size: exact, where a rounded interval would drift.
    let passed = 0n
    let k = 0n
    const pointOf = (n: bigint): bigint => (start + n * total) / wanted
    for await (const item of read()) {
      passed += BigInt(item.amount_fen)
      let hits = 0
      while (k < wanted && pointOf(k) < passed) {
        hits++
        k++
      }
      if (hits > 0) items.push({ ...item, hits })
    }
  }
  return { facts, amount_fen: Number(total), strata: [], items }
}
