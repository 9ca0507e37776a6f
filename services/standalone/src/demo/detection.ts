/** Compares the cases the detector has opened with the labels of the nation: every case and every month. */
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import { isPersonKey, type PersonKey } from "@tongzhang/domain/ids"
import { equals, ofRanges, ranges } from "@tongzhang/domain/month-set"
import * as Overlap from "@tongzhang/domain/overlap"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { PersonKeys } from "@tongzhang/identity/person-key"
import type { DuplicateLabel } from "@tongzhang/nation/duplicates"
import type { Queries } from "@tongzhang/record/queries"
import { isRight } from "fp-ts/lib/Either.js"

export type Detection = {
  readonly expected: number
  /** Labels found with exactly their kind and months. */
  readonly detected: number
  readonly falseAlarms: number
  readonly precision: number
  readonly recall: number
  /** What went wrong, named; empty when nothing did. */
  readonly differences: readonly string[]
}

/** What is looked at: the queue in the record, and each case among the facts. */
export type Seen = { readonly queries: Queries; readonly aggregates: AggregateStore; readonly personKeys: PersonKeys }

type Found = { readonly person: PersonKey; readonly id: string; readonly family: Overlap.OverlapFamily; readonly open: boolean }

const page = 1_000

const allCases = async ({ queries }: Seen): Promise<Found[]> => {
  const found: Found[] = []
  for (let offset = 0; ; offset += page) {
    const { rows } = await queries.overlaps({ offset, limit: page })
    for (const row of rows)
      if (isPersonKey(row.person_key))
        found.push({
          person: row.person_key,
          id: row.case_id,
          family: row.family as Overlap.OverlapFamily,
          open: row.status !== "dissolved",
        })
    if (rows.length < page) return found
  }
}

const keyOfLabel = ({ personKeys }: Seen, label: DuplicateLabel): string => {
  const id = normaliseCitizenId(label.citizenId)
  if (!isRight(id)) throw new Error(`the nation labelled an impossible number ${label.citizenId}`)
  return `${personKeys.of(id.right)} ${Overlap.caseIdOf(label.sides[0], label.sides[1])}`
}

/** A case dissolved by a reversal counts as no alarm: it has taken itself back. */
export const compareWithTruth = async (seen: Seen, labels: readonly DuplicateLabel[]): Promise<Detection> => {
  const truth = new Map(labels.map((label) => [keyOfLabel(seen, label), label]))
  const differences: string[] = []
  let detected = 0
  let falseAlarms = 0
  for (const { person, id, family, open } of await allCases(seen)) {
    if (!open) continue
    const label = truth.get(`${person} ${id}`)
    truth.delete(`${person} ${id}`)
    const { state } = await seen.aggregates.load(Overlap, Overlap.streamOf(person, family))
    const found = state.cases.get(id)
    if (label === undefined || found === undefined) {
      falseAlarms++
      differences.push(`false alarm: ${person} ${id}`)
    } else if (found.kind === label.kind && equals(found.months, ofRanges(label.months))) detected++
    else
      differences.push(
        `other months or kind: ${person} ${id} found ${found.kind} ${JSON.stringify(ranges(found.months))}, labelled ${label.kind} ${JSON.stringify(label.months)}`,
      )
  }
  for (const missed of truth.keys()) differences.push(`missed: ${missed}`)
  const expected = labels.length
  const alarms = detected + falseAlarms
  const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
  return { expected, detected, falseAlarms, precision: ratio(detected, alarms), recall: ratio(detected, expected), differences }
}
