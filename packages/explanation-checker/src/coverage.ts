/**
 * "All of them": an operand that a rule claims to be complete is compared with what the events hold. Each kind of claim lists the
 * facts it wants as `event field month`; where several events vouch for one month, any of them will do.
 */
import { type Operand, operandsOf, scopeOf, type Step } from "./document.js"
import type { CheckedEvent, Coverage, Evidence } from "./evidence.js"
import { fieldOf, holdsRanges, monthsAt } from "./fields.js"
import { familyOf, hasBegun, type RelationHistory, standingMonths } from "./history.js"

/** What must be there: for each item the leaves that would do, as keys. */
type Wanted = ReadonlyMap<string, readonly string[]>

const key = (eventId: string, field: string, month?: string): string =>
  `${eventId} ${field}${month === undefined ? "" : ` ${month}`}`

const keyOfOperand = (operand: Operand): string =>
  operand.kind === "fact"
    ? key(operand.eventId ?? "", operand.field ?? "", operand.month)
    : operand.kind === "explained"
      ? `${operand.rule} ${scopeOf(operand, "stream") ?? scopeOf(operand, "family") ?? ""}`
      : `${operand.kind} ${JSON.stringify(operand.value)}`

type Claim = { readonly step: Step; readonly claim: Coverage; readonly evidence: Evidence }

const textOf = (claim: Coverage, name: string): string => (typeof claim[name] === "string" ? claim[name] : "")

const inScope = ({ step }: Claim, month: string): boolean => {
  const [from, until] = [scopeOf(step, "from"), scopeOf(step, "until")]
  return (from === null || from <= month) && (until === null || month <= until)
}

const relationOf = ({ step, evidence }: Claim): RelationHistory => {
  const stream = scopeOf(step, "stream") ?? ""
  const found = evidence.history.relations.get(stream)
  if (found === undefined) throw new Error(`the events hold no relation ${stream}`)
  return found
}

const ownField = "from..to"
const inField = "months"

const monthKeys = (asked: Claim, months: Iterable<readonly [string, readonly CheckedEvent[]]>): Wanted =>
  new Map(
    [...months]
      .filter(([month]) => inScope(asked, month))
      .map(([month, events]) => [
        month,
        events.map((event) => key(event.id, event.type === "ContributionRecorded" ? ownField : inField, month)),
      ]),
  )

const relationMonths = (asked: Claim, relation: RelationHistory, which: string): Wanted => {
  const { events } = asked.evidence
  if (which === "standing")
    return monthKeys(
      asked,
      [...standingMonths(relation)].map(([month, ids]) => [month, ids.flatMap((id) => events.get(id) ?? [])] as const),
    )
  const held = which === "late" ? relation.late : which === "earned" ? relation.earned : relation.own
  return monthKeys(
    asked,
    [...held].map(([month, event]) => [month, [event]] as const),
  )
}

/** Of one part of a transfer, brought in or sent away. */
const partMonths = (asked: Claim): Wanted => {
  const relation = relationOf(asked)
  const [transfer, province] = [scopeOf(asked.step, "transfer"), scopeOf(asked.step, "province")]
  const parts = textOf(asked.claim, "direction") === "out" ? relation.sent : relation.received
  const part = parts.findLast((one) => one.transferId === transfer && one.province === province)
  return monthKeys(
    asked,
    [...(part?.months ?? [])].map((month) => [month, part === undefined ? [] : [part.event]] as const),
  )
}

const lines = (asked: Claim): Wanted => {
  const relation = relationOf(asked)
  const field = textOf(asked.claim, "field")
  const only = scopeOf(asked.step, "line")
  const months = asked.claim["each"] === "month"
  const counted = asked.claim["which"] === "own"
  const wanted = new Map<string, readonly string[]>()
  for (const { line, current, months: all, recorded } of relation.lines.values()) {
    if (current === null || (only !== null && only !== line)) continue
    if (!months) wanted.set(line, [key(current.id, field)])
    else
      for (const month of all)
        if (inScope(asked, month) && (!counted || relation.own.get(month) === recorded))
          wanted.set(`${line} ${month}`, [key(current.id, field, month)])
  }
  return wanted
}

const matches = (asked: Claim, of: unknown, where: unknown): boolean =>
  Object.entries((where ?? {}) as Readonly<Record<string, string>>).every(
    ([field, operand]) => (of as Readonly<Record<string, unknown>>)[field] === scopeOf(asked.step, operand),
  )

type Field = string | { readonly operand?: string; readonly byType?: Readonly<Record<string, string>> }

/** A path, the name of the operand that holds it, or one path for each type of event. */
const fieldFor = ({ step, claim }: Claim, event: CheckedEvent): string => {
  const field = claim["field"] as Field
  if (typeof field === "string") return field
  return field.byType === undefined ? (scopeOf(step, field.operand ?? "") ?? "") : (field.byType[event.type] ?? "")
}

/** Leaves of one event: its field, or the same field of each entry of a list in it (`legs`, `options`). */
const leavesOf = (asked: Claim, event: CheckedEvent): readonly string[] => {
  const { claim } = asked
  const field = fieldFor(asked, event)
  const list = claim["each"]
  const paths =
    typeof list === "string"
      ? ((event.data[list] ?? []) as readonly unknown[]).flatMap((entry, i) =>
          matches(asked, entry, claim["whereEach"]) ? [`${list}.${i}.${field}`] : [],
        )
      : [field]
  return paths.flatMap((path) =>
    holdsRanges(fieldOf(event, path))
      ? monthsAt(event, path)
          .filter((month) => inScope(asked, month))
          .map((month) => key(event.id, path, month))
      : Array.isArray(fieldOf(event, path))
        ? []
        : [key(event.id, path)],
  )
}

const eventsWanted = (asked: Claim): Wanted => {
  const { claim, step, evidence } = asked
  const types = claim["types"] as readonly string[]
  const stream = evidence.history.streams.get(scopeOf(step, "stream") ?? "")
  if (stream === undefined) throw new Error(`the events hold no stream ${scopeOf(step, "stream") ?? "(none named)"}`)
  const all = stream.filter((event) => types.includes(event.type) && matches(asked, event.data, claim["where"]))
  if (all.length === 0 && claim["otherwise"] !== undefined)
    return eventsWanted({ ...asked, claim: claim["otherwise"] as Coverage })
  const chosen = claim["newest"] === true ? all.slice(-1) : all
  return new Map(chosen.flatMap((event) => leavesOf(asked, event)).map((leaf) => [leaf, [leaf]]))
}

const relationsOf = ({ step, evidence, claim }: Claim): readonly RelationHistory[] => {
  const schemes = claim["schemes"] as readonly string[] | undefined
  const [family, scheme, until] = [scopeOf(step, "family"), scopeOf(step, "scheme"), scopeOf(step, "until")]
  return [...evidence.history.relations.values()].filter(
    (relation) =>
      (family === null || familyOf(relation) === family) &&
      (scheme === null || relation.scheme === scheme) &&
      (schemes === undefined || schemes.includes(relation.scheme)) &&
      hasBegun(relation, until),
  )
}

/** Months of a family: counted at all, counted by several relations, or on their way between two. */
const familyMonths = (asked: Claim): Wanted => {
  const relations = relationsOf(asked)
  const which = textOf(asked.claim, "which")
  const counted = new Map<string, readonly string[]>()
  for (const relation of relations)
    for (const [month, leaves] of relationMonths(asked, relation, "standing"))
      counted.set(month, [...(counted.get(month) ?? []), ...leaves])
  if (which === "several") return new Map([...counted].filter(([, leaves]) => leaves.length > 1))
  if (which === "any") return counted
  const transit = new Map<string, readonly string[]>()
  for (const relation of relations)
    for (const part of relation.sent) {
      const booked = relations.some(
        (other) => other !== relation && [...other.received, ...other.sent].some((one) => one.transferId === part.transferId),
      )
      if (booked) continue
      for (const month of part.months)
        if (inScope(asked, month) && !counted.has(month))
          transit.set(month, [...(transit.get(month) ?? []), key(part.event.id, inField, month)])
    }
  return transit
}

/** One explained operand for each relation or family of the person. */
const nodes = (asked: Claim): Wanted => {
  const relations = relationsOf(asked)
  const names = textOf(asked.claim, "per") === "family" ? relations.map(familyOf) : relations.map((relation) => relation.stream)
  return new Map(names.map((name) => [name, [`${textOf(asked.claim, "rule")} ${name}`]]))
}

const wantedBy = (asked: Claim): Wanted => {
  const { claim, evidence } = asked
  const { known } = evidence.history
  switch (claim.of) {
    case "months":
      return relationMonths(asked, relationOf(asked), textOf(claim, "which"))
    case "part":
      return partMonths(asked)
    case "received":
      return new Map(relationOf(asked).received.map(({ event }) => [event.id, [key(event.id, textOf(claim, "field"))]] as const))
    case "lines":
      return lines(asked)
    case "events":
      return eventsWanted(asked)
    case "family":
      return familyMonths(asked)
    case "nodes":
      return nodes(asked)
    case "streams":
      return new Map([...known].map(([name, events]) => [name, [key(events.at(-1)?.id ?? "", textOf(claim, "field"))]]))
    case "latest": {
      const all = [...known.values()].flat()
      const last = Math.max(...all.map((event) => event.recordedAt))
      return new Map([["latest", all.filter((event) => event.recordedAt === last).map((event) => key(event.id, "recordedAt"))]])
    }
    default:
      throw new Error(`no such claim: ${claim.of}`)
  }
}

/** In words, what an operand that must be complete lacks, and what it holds beyond; null when it is complete. */
export const uncovered = (
  step: Step,
  name: string,
  claim: Coverage,
  evidence: Evidence,
): { stated: string; derived: string } | null => {
  const wanted = wantedBy({ step, claim, evidence })
  const open = new Map<string, string>()
  for (const [item, leaves] of wanted) for (const leaf of leaves) open.set(leaf, item)
  const missing = new Set(wanted.keys())
  const beyond: string[] = []
  if (claim["ordered"] === true) {
    const [stated, due] = [operandsOf(step, name).map(keyOfOperand), [...wanted.values()].flat()]
    if (stated.join("\n") !== due.join("\n")) return { stated: stated.join(", "), derived: due.join(", ") }
  }
  for (const operand of operandsOf(step, name)) {
    const item = open.get(keyOfOperand(operand))
    if (item === undefined || !missing.delete(item)) beyond.push(keyOfOperand(operand))
  }
  if (missing.size === 0 && beyond.length === 0) return null
  const some = (all: readonly string[]): string =>
    `${all.slice(0, 3).join(", ")}${all.length > 3 ? `, … ${all.length} in all` : ""}`
  return {
    stated: beyond.length === 0 ? "a part of them" : `also ${some(beyond)}`,
    derived: missing.size === 0 ? "not these" : `missing: ${some([...missing])}`,
  }
}
