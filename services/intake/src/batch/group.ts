/**
 * The rows of one person in one window, decided in their order: registration, acts, warnings. Pure: states in, writes and outcomes
 * out. Nothing here is written yet, so a group can be decided again when somebody else was faster.
 */
import { isLeft } from "fp-ts/lib/Either.js"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { RowRefusal, RowWarning } from "@tongzhang/contracts/refusals-intake"
import type { Benefit } from "@tongzhang/domain/benefit"
import { birthDateOf, type CitizenId, sexOf } from "@tongzhang/domain/citizen-id"
import type { Enrollment } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { monthOfDate } from "@tongzhang/domain/month"
import { initial as unregistered, type Person, registerPerson, streamOf as personStream } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { registerIdOf } from "../rows/command-ids.js"
import { decideBenefit, decideEnrollment, decidePerson, foldEvents, saidOf } from "../rows/decide.js"
import { acceptedWith, refused, type RowOutcome, unchanged } from "../rows/outcome.js"
import type { Prepared, StreamKind } from "../rows/prepared.js"

export type PreparedRow = { readonly row: number; readonly prepared: Prepared }

/** One command's events on one stream. */
export type Write = {
  readonly row: number
  readonly commandId: string
  readonly prepared: Prepared
  readonly events: readonly LedgerEvent[]
  /** Name and ID number to seal into the event, where it carries an identity. */
  readonly identity: { readonly name: string; readonly citizenId: CitizenId } | null
}

export type StreamWrites = {
  readonly stream: StreamName
  readonly kind: StreamKind
  readonly writes: Write[]
  /** After the writes. */
  state: unknown
}

export type GroupDecision = {
  readonly person: PersonKey
  readonly rows: readonly PreparedRow[]
  /** False when a row was refused or had nothing new: worth a look at whether the states were up to date. */
  readonly allAccepted: boolean
  /** The person's own stream first: whoever reads the log meets the person before the facts. */
  readonly streams: readonly StreamWrites[]
}

/** Where the outcomes of a window go, by the row's place in it. */
export type Outcomes = { readonly first: number; readonly list: (RowOutcome | undefined)[] }

export type StateReader = (stream: StreamName, kind: StreamKind) => unknown

const withPersonWarnings = (prepared: Prepared, person: Person, nameIndex: (name: string) => string): readonly RowWarning[] => {
  const { command, warnings } = prepared
  const { name, hukou } = saidOf(command)
  const found: RowWarning[] = []
  if (name !== undefined && command.act !== "correct_name" && person.nameIndex !== null && nameIndex(name) !== person.nameIndex)
    found.push({ code: "NAME_DIFFERS" })
  if (hukou !== undefined && person.hukou !== null && person.hukou !== hukou)
    found.push({ code: "HUKOU_DIFFERS", recorded: person.hukou, stated: hukou })
  if (person.diedOn !== null && command.act === "contribute" && command.to > monthOfDate(person.diedOn))
    found.push({ code: "AFTER_DEATH", month: command.to, diedOn: person.diedOn })
  return found.length === 0 ? warnings : [...warnings, ...found]
}

const registration = (prepared: Prepared, name: string, nameIndex: (name: string) => string): LedgerEvent => {
  const { citizenId, command } = prepared
  const decision = registerPerson({
    sex: sexOf(citizenId),
    birthMonth: monthOfDate(birthDateOf(citizenId)),
    hukou: saidOf(command).hukou ?? null,
    sealed: "",
    nameIndex: nameIndex(name),
  })(unregistered)
  const event = isLeft(decision) ? undefined : decision.right[0]
  if (event === undefined) throw new Error("registering an unregistered person decided nothing")
  return event
}
const nameMissing: RowRefusal = { code: "NAME_MISSING" }

export const decideGroup = (
  rows: readonly PreparedRow[],
  read: StateReader,
  nameIndex: (name: string) => string,
  outcomes: Outcomes,
): GroupDecision => {
  const first = rows[0]
  if (first === undefined) throw new Error("a group needs a row")
  const { person } = first.prepared
  const ownStream = personStream(person)
  const own: StreamWrites = { stream: ownStream, kind: "person", writes: [], state: read(ownStream, "person") }
  const streams: StreamWrites[] = [own]
  const targetOf = ({ stream, kind }: Prepared): StreamWrites => {
    for (const known of streams) if (known.stream === stream) return known
    const target: StreamWrites = { stream, kind, writes: [], state: read(stream, kind) }
    streams.push(target)
    return target
  }
  const write = (target: StreamWrites, entry: Write): void => {
    target.writes.push(entry)
    target.state = foldEvents(target.kind, target.state, entry.events)
  }
  const register = (row: number, prepared: Prepared, name: string): void =>
    write(own, {
      row,
      commandId: registerIdOf(person),
      prepared,
      events: [registration(prepared, name, nameIndex)],
      identity: { name, citizenId: prepared.citizenId },
    })

  const decideRow = ({ row, prepared }: PreparedRow): RowOutcome => {
    const who = own.state as Person
    const { command, kind } = prepared
    const { name } = saidOf(command)
    const mayRegister = kind !== "person" || command.act === "register"
    if (!who.registered && mayRegister && name === undefined) return refused(nameMissing)
    const warnings = withPersonWarnings(prepared, who, nameIndex)
    if (command.act === "register") {
      // Known already: what the row says is compared and never taken over silently.
      if (who.registered) return warnings.length === 0 ? unchanged : acceptedWith(warnings)
      register(row, prepared, name ?? "")
      return acceptedWith(warnings)
    }
    const target = targetOf(prepared)
    const decision =
      kind === "enrollment"
        ? decideEnrollment(prepared, target.state as Enrollment)
        : kind === "benefit"
          ? decideBenefit(prepared, target.state as Benefit, who)
          : decidePerson(prepared, who, nameIndex)
    if (isLeft(decision)) return refused(decision.left)
    if (decision.right.length === 0) return warnings.length === 0 ? unchanged : { ...unchanged, warnings }
    if (!who.registered) register(row, prepared, name ?? "")
    const identity = command.act === "correct_name" ? { name: command.name, citizenId: prepared.citizenId } : null
    write(target, { row, commandId: prepared.commandId, prepared, events: decision.right, identity })
    return acceptedWith(warnings)
  }

  let allAccepted = true
  for (const entry of rows) {
    const outcome = decideRow(entry)
    outcomes.list[entry.row - outcomes.first] = outcome
    if (outcome.status === "unchanged" || outcome.status === "refused") allAccepted = false
  }
  return { person, rows, allAccepted, streams: streams.filter(({ writes }) => writes.length > 0) }
}
