/** The origin's statement 信息表: found in the origin's books once sent, drafted from them before. */
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { Enrollment, Moved } from "@tongzhang/domain/enrollment"
import type { TransferId } from "@tongzhang/domain/ids"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore } from "@tongzhang/event-store/port"

const page = 100

const isOut = (event: LedgerEvent, id: TransferId): event is Extract<LedgerEvent, { type: "TransferredOut" }> =>
  event.type === "TransferredOut" && event.transferId === id

/** True when the relation has been sent away by this application. */
export const hasSent = (origin: Enrollment, id: TransferId): boolean => origin.acts.has(`TransferredOut:${id}:`)

/** What the origin sent with this application, newest events first; null when it has not sent anything. */
export const findTransferredOut = async (
  store: EventStore,
  stream: StreamName,
  origin: Enrollment,
  id: TransferId,
): Promise<Moved | null> => {
  if (!hasSent(origin, id)) return null
  let from: number | undefined
  for (;;) {
    const records = await store.readStream(stream, { direction: "backwards", max: page, ...(from === undefined ? {} : { from }) })
    for (const record of records) {
      const decoded = decodeEvent(record)
      if (decoded.ok && isOut(decoded.event, id)) {
        const { months, account_fen, pooled_fen, bases_fen } = decoded.event
        return { months, account_fen, pooled_fen, bases_fen }
      }
    }
    const oldest = records.at(-1)
    if (oldest === undefined || oldest.revision === 0) throw new Error(`${stream}: TransferredOut of ${id} is not there`)
    from = oldest.revision - 1
  }
}
