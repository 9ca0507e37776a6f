/** What a person's relations hold, added up over provinces: months and money before and after a transfer must be the same. */
import { provinceCodes } from "@tongzhang/domain/codes"
import * as Enrollment from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { size } from "@tongzhang/domain/month-set"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"

export type Holding = { readonly months: number; readonly account_fen: number; readonly bases_fen: number }

/** Own and received months of every 110 relation, each relation's counted by itself: a month held twice counts twice. */
export const holdingOf = async (aggregates: AggregateStore, person: PersonKey): Promise<Holding> => {
  let total: Holding = { months: 0, account_fen: 0, bases_fen: 0 }
  for (const province of provinceCodes) {
    const stream = Enrollment.streamOf({ province, scheme: "110", person })
    const { state } = await aggregates.load(Enrollment, stream)
    const received = state.ledger.received.reduce((sum, part) => sum + size(part.months), 0)
    total = {
      months: total.months + size(state.ledger.months) + received,
      account_fen: total.account_fen + state.ledger.account_fen,
      bases_fen: total.bases_fen + state.ledger.bases_fen,
    }
  }
  return total
}
