/** How a relation's account grew, fact by fact, from the explanation of its balance. */
import type { ExplainAnswer } from "./types.js"

export type BalancePoint = { readonly at: string; readonly balance_fen: number; readonly by_fen: number; readonly type: string }
export type Parts = Extract<ExplainAnswer, { readonly parts: unknown }>["parts"]

/**
 * In order of booking. A point stands at the last month its fact paid; a fact about no month (interest, a transfer) stands at the
 * day it was recorded.
 */
export const balanceOf = (parts: Parts): BalancePoint[] =>
  parts.map(({ months, recordedAt, value, by, type }) => ({
    at: months?.split(/\.\.|\s/u).at(-1) ?? recordedAt.slice(0, 10),
    balance_fen: value,
    by_fen: by,
    type,
  }))
