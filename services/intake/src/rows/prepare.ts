/** Command to `Prepared`: ID number to person key, stream, command id, checks that need no ledger. Same path for rows and HTTP. */
import { isLeft } from "fp-ts/lib/Either.js"
import { type CitizenId, normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { RowRefusal } from "@tongzhang/contracts/refusals-intake"
import { streamOf as benefitStream } from "@tongzhang/domain/benefit"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { blindIndex, createPersonKeys, type Secret } from "@tongzhang/identity/person-key"
import type { IntakeLimits } from "../limits.js"
import type { LimitBook } from "../policies/limit-book.js"
import { periodOf, refusalOf, warningsOf } from "./checks.js"
import { commandIdOf, withLine } from "./command-ids.js"
import type { Prepared, PrepareOutcome, Today } from "./prepared.js"
import { familyOf, type RowCommand } from "./row-command.js"

type Known = { readonly citizenId: CitizenId; readonly person: PersonKey }

export type Identities = {
  readonly identify: (text: string) => Known | RowRefusal
  /** Keyed index of a name, for exact search and comparison. */
  readonly nameIndex: (name: string) => string
}

/** Purpose of the blind index of names; the national service searches by the same word. */
export const namePurpose = "name"

/** ID numbers and names stay in this process's memory, bounded; nothing of them is logged. */
export const createIdentities = (secret: Secret, limits: IntakeLimits): Identities => {
  const keys = createPersonKeys(secret, 0)
  const known = new Map<string, Known>()
  const names = new Map<string, string>()
  const remember = <V>(map: Map<string, V>, key: string, value: V): V => {
    if (map.size >= limits.personKeys_remembered_max) map.clear()
    map.set(key, value)
    return value
  }
  return {
    identify: (text) => {
      const before = known.get(text)
      if (before !== undefined) return before
      const normal = normaliseCitizenId(text)
      if (isLeft(normal)) return normal.left
      return remember(known, text, { citizenId: normal.right, person: keys.of(normal.right) })
    },
    nameIndex: (name) => names.get(name) ?? remember(names, name, blindIndex(name, secret, namePurpose)),
  }
}

const streamFor = (province: ProvinceCode, person: PersonKey, command: RowCommand): StreamName => {
  if (!("scheme" in command)) return personStream(person)
  return familyOf(command) === "benefit"
    ? benefitStream(person, command.scheme)
    : enrollmentStream({ province, scheme: command.scheme, person })
}

export type Preparing = {
  readonly province: ProvinceCode
  readonly identities: Identities
  readonly today: Today
  readonly limits: IntakeLimits
  readonly limitBook: LimitBook
}

export const prepare = (given: RowCommand, { province, identities, today, limits, limitBook }: Preparing): PrepareOutcome => {
  const known = identities.identify(given.citizenId)
  if ("code" in known) return { refusal: known }
  const { citizenId, person } = known
  const command = withLine(province, person, given)
  const period = periodOf(command)
  const refusal = refusalOf(command, period, today, limits)
  if (refusal !== null) return { refusal }
  const nameIndex = (): string => identities.nameIndex("name" in command && command.name !== undefined ? command.name : "")
  const prepared: Prepared = {
    command,
    province,
    citizenId,
    person,
    kind: familyOf(command),
    stream: streamFor(province, person, command),
    commandId: commandIdOf(province, person, command, nameIndex),
    period,
    warnings: warningsOf(command, limitBook, citizenId),
  }
  return { prepared }
}
