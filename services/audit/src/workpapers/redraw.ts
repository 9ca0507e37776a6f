/** Drawing a sample again from the ledger as it stands: equal, or the first thing that is not. */
import type { EventStore, Position } from "@tongzhang/event-store/port"
import { drawSample } from "../sample/population.js"
import type { Drawn } from "../sample/draw.js"
import type { PaperSample } from "./paper.js"

export type Redrawn = {
  readonly sample: string
  readonly equal: boolean
  /** The first difference; null when there is none. */
  readonly first: string | null
  readonly facts: number
  readonly amount_fen: number
  readonly items: number
}

const fields = ["event", "type", "stream", "revision", "position", "amount_fen", "stratum", "hits"] as const

const firstDifference = (then: PaperSample, now: Drawn): string | null => {
  const length = Math.max(then.items.length, now.items.length)
  for (let i = 0; i < length; i++) {
    const [was, is] = [then.items[i], now.items[i]]
    if (was === undefined || is === undefined)
      return `item ${i + 1}: ${was?.event ?? "none"} was drawn, ${is?.event ?? "none"} is drawn now`
    const differing = fields.find((field) => was[field] !== is[field])
    if (differing !== undefined) return `item ${i + 1}, ${differing}: ${was[differing]} was drawn, ${is[differing]} is drawn now`
  }
  if (then.facts !== now.facts) return `facts drawn from: ${then.facts} then, ${now.facts} now`
  return then.amount_fen === now.amount_fen ? null : `sum drawn from: ${then.amount_fen} fen then, ${now.amount_fen} fen now`
}

export const redraw = async (store: EventStore, then: PaperSample): Promise<Redrawn> => {
  const { seed, method, size, upTo, province, scheme, recorded } = then
  const now = await drawSample(store, {
    seed,
    method,
    size,
    upTo: upTo as Position,
    province: province ?? undefined,
    scheme: scheme ?? undefined,
    recorded: recorded ?? undefined,
  })
  const first = firstDifference(then, now)
  const { facts, amount_fen, items } = now
  return { sample: then.sample, equal: first === null, first, facts, amount_fen, items: items.length }
}
