/** Plain facts for engine tests: persons who are registered, enrolled in Shanghai and pay month by month. */
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { DateText, LineId, PersonKey } from "@tongzhang/domain/ids"
import { addMonths, month } from "@tongzhang/domain/month"
import type { Fen } from "@tongzhang/domain/money"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { EventStore } from "@tongzhang/event-store/port"
import type { asNewEvents } from "@tongzhang/record/testing/facts"

const personOf = (n: number): PersonKey => n.toString(16).padStart(32, "0") as PersonKey
const fen = (value: number): Fen => value as Fen

const registered = (n: number): LedgerEvent => ({
  type: "PersonRegistered",
  sex: n % 2 === 0 ? "female" : "male",
  birthMonth: month("1985-03"),
  hukou: "34",
  sealed: `sealed${n}`,
  nameIndex: `name${n}`,
})
const opened: LedgerEvent = {
  type: "EnrollmentOpened",
  from: month("2020-01"),
  capacity: "employee",
  employer: "E",
  temporary: false,
}
const paid = (n: number, line: number): LedgerEvent => {
  const of = addMonths(month("2020-01"), line)
  const base = 500_000 + n * 100
  return {
    type: "ContributionRecorded",
    kind: "regular",
    line: `L${line}` as LineId,
    from: of,
    to: of,
    paidOn: `${of}-15` as DateText,
    base_fen: fen(base),
    employer_fen: fen(base / 5),
    personal_fen: fen((base * 8) / 100),
    subsidy_fen: fen(0),
    pooled_fen: fen(base / 5),
    account_fen: fen((base * 8) / 100),
  }
}

/** Persons `from` to `from + persons - 1`, `months` payments each. */
export const addNation = async (
  store: EventStore,
  encode: typeof asNewEvents,
  persons: number,
  months: number,
  from = 1,
): Promise<void> => {
  for (let n = from; n < from + persons; n++) {
    await store.append(personStream(personOf(n)), -1, encode(personStream(personOf(n)), [registered(n)]))
    const stream = enrollmentStream({ province: "31", scheme: "110", person: personOf(n) })
    const events = [opened, ...Array.from({ length: months }, (_, line) => paid(n, line))]
    await store.append(stream, -1, encode(stream, events))
  }
}
