/** Where conservation stood: enough to go on counting money from there, not to look for violations. */
import type { Moved } from "@tongzhang/domain/enrollment"
import type { StreamName } from "@tongzhang/domain/stream-name"

export type Money = { readonly account_fen: number; readonly pooled_fen: number }

/** One leg of a transfer: sent, booked, or neither. */
export type Passage = {
  out: { readonly stream: StreamName; readonly revision: number; readonly moved: Moved } | null
  in: Moved | null
  failed: boolean
}

export type MoneyMark = { readonly standing: Money; readonly passages: ReadonlyMap<string, Readonly<Passage>> }

export const copyOfPassages = (passages: ReadonlyMap<string, Readonly<Passage>>): Map<string, Passage> =>
  new Map([...passages].map(([key, passage]) => [key, { ...passage }]))

/** Sent by one province and booked by no other. */
export const inTransit = (passages: ReadonlyMap<string, Passage>): Money => {
  const sum = { account_fen: 0, pooled_fen: 0 }
  for (const { out, in: booked } of passages.values()) {
    if (out === null || booked !== null) continue
    sum.account_fen += out.moved.account_fen
    sum.pooled_fen += out.moved.pooled_fen
  }
  return sum
}
