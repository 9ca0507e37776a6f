/**
 * Generated persons with whole histories: what the synthetic nation reports goes through the deciders of the domain, and to many of them
 * happens what only services do: an overlap decided and cleared, a transfer N 到 1, finished or stuck half-way.
 */
import { createHash } from "node:crypto"
import { encodeEvent, encodeMetadata, eventIdFor } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import * as benefit from "@tongzhang/domain/benefit"
import { birthDateOf, sexOf } from "@tongzhang/domain/citizen-id"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import { monthOfDate } from "@tongzhang/domain/month"
import * as person from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { decideBenefit, decideEnrollment, decidePerson } from "@tongzhang/intake/rows/decide"
import type { Prepared } from "@tongzhang/intake/rows/prepared"
import type { Entry } from "@tongzhang/nation/book"
import type { NationPerson } from "@tongzhang/nation/person"
import { type Either, isLeft } from "fp-ts/lib/Either.js"

/** An aggregate of the domain: its start, its fold, and a decision about it. */
export type Aggregate<State, Event> = {
  readonly initial: State
  readonly evolve: (state: State, event: Event) => State
}
type Decide<State, Event> = (state: State) => Either<unknown, readonly Event[]>

export type Ledger = {
  readonly person: PersonKey
  /** True when the decision was taken; a refused one leaves the ledger as it was. */
  readonly decide: <State, Event extends LedgerEvent>(
    stream: StreamName,
    aggregate: Aggregate<State, Event>,
    decide: Decide<State, Event>,
  ) => boolean
  readonly state: <State, Event extends LedgerEvent>(stream: StreamName, aggregate: Aggregate<State, Event>) => State
  readonly records: () => readonly RecordedEvent[]
}

const metadata = encodeMetadata({
  actor: { kind: "system", id: "test" },
  channel: "batch",
  purpose: "test",
  commandId: "test",
  correlationId: "test",
})

export const openLedger = (key: PersonKey): Ledger => {
  const log: RecordedEvent[] = []
  const states = new Map<StreamName, { state: unknown; revision: number }>()
  const at = (stream: StreamName, initial: unknown) => {
    const found = states.get(stream) ?? { state: initial, revision: -1 }
    states.set(stream, found)
    return found
  }
  return {
    person: key,
    state: (stream, { initial }) => at(stream, initial).state as typeof initial,
    records: () => log,
    decide: (stream, { initial, evolve }, decide) => {
      const held = at(stream, initial)
      const decided = decide(held.state as typeof initial)
      if (isLeft(decided)) return false
      for (const event of decided.right) {
        held.state = evolve(held.state as typeof initial, event)
        held.revision++
        const position = String(log.length + 1).padStart(12, "0") as Position
        const encoded = encodeEvent(eventIdFor(stream, "test", held.revision), event, metadata)
        log.push({ ...encoded, stream, revision: held.revision, position, recordedAt: 1_700_000_000_000 + log.length * 1_000 })
      }
      return true
    },
  }
}

export const relationStream = (ledger: Ledger, province: ProvinceCode, scheme: SchemeCode): StreamName =>
  enrollment.streamOf({ province, scheme, person: ledger.person })

/** What a province's row does to the ledger, decided as intake decides it. */
const report = (ledger: Ledger, { province, command }: Entry): void => {
  const prepared = { province, command } as unknown as Prepared
  if (!("scheme" in command)) {
    if (command.act !== "register")
      ledger.decide(person.streamOf(ledger.person), person, (state) => decidePerson(prepared, state, () => "name") as never)
  } else if ("claim" in command) {
    const who = ledger.state(person.streamOf(ledger.person), person)
    ledger.decide(
      benefit.streamOf(ledger.person, command.scheme),
      benefit,
      (state) => decideBenefit(prepared, state, who) as never,
    )
  } else
    ledger.decide(
      relationStream(ledger, province, command.scheme),
      enrollment,
      (state) => decideEnrollment(prepared, state) as never,
    )
}

export const keyOf = (citizenId: string): PersonKey =>
  createHash("sha256").update(citizenId).digest("hex").slice(0, 32) as PersonKey

/** The person's ledger after everything the provinces reported. */
export const ledgerOf = ({ citizenId, hukou, entries }: NationPerson): Ledger => {
  const ledger = openLedger(keyOf(citizenId))
  const registered = {
    sex: sexOf(citizenId),
    birthMonth: monthOfDate(birthDateOf(citizenId)),
    hukou,
    sealed: "sealed",
    nameIndex: "name",
  }
  ledger.decide(person.streamOf(ledger.person), person, person.registerPerson(registered))
  for (const entry of entries) report(ledger, entry)
  return ledger
}

export type Side = {
  readonly side: string
  readonly province: ProvinceCode
  readonly scheme: SchemeCode
  readonly stream: StreamName
}

/** Relations that were ever opened. */
export const relationsOf = (ledger: Ledger): readonly Side[] =>
  [...new Set(ledger.records().map(({ stream }) => stream))].flatMap((stream) => {
    const found = /^Enrollment-((\d{2})_(\d{3}))_/u.exec(stream)
    if (found === null) return []
    const [, side = "", province, scheme] = found
    return [{ side, province: province as ProvinceCode, scheme: scheme as SchemeCode, stream }]
  })

export const employeeRelations = (ledger: Ledger): readonly Side[] => relationsOf(ledger).filter(({ scheme }) => scheme === "110")

export const day = (text: string): DateText => text as DateText
