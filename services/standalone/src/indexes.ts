/** Lists that services need and the record answers: which relations a person has, which cases wait in the queue. */
import type { CaseIndex } from "@tongzhang/duplicates/routes"
import type { Position } from "@tongzhang/event-store/port"
import { createProgress } from "@tongzhang/record/progress"
import type { RecordDb } from "@tongzhang/record/database"
import type { Queries } from "@tongzhang/record/queries"
import type { RelationIndex } from "@tongzhang/transfer/relations"

const wait_ms = 30_000

export const relationIndex = (record: RecordDb, queries: Queries): RelationIndex => {
  const { waitFor } = createProgress(record)
  return {
    relationsOf: (person) => queries.relationsOf(person),
    caughtUp: async (position) => {
      // A plan made on an old index could forget a province: better to try again later.
      if (!(await waitFor(position as Position, wait_ms)))
        throw new Error(`the record has not reached ${position} after ${wait_ms} ms`)
    },
  }
}

export const overlapIndex = (queries: Queries): CaseIndex => ({
  cases: async ({ province, status, kind, offset, limit }) => {
    const filter = {
      ...(province === null ? {} : { province }),
      ...(status === null ? {} : { status }),
      ...(kind === null ? {} : { kind }),
    }
    const { rows, total } = await queries.overlaps({ ...filter, offset, limit })
    const cases = rows.map(({ person_key, family, case_id, kind: kindOf, status: statusOf, months, recommended }) => ({
      person: person_key,
      family,
      case: case_id,
      kind: kindOf,
      status: statusOf,
      months,
      recommended,
    }))
    return { cases, total }
  },
})
