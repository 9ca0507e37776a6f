/** The record as the list behind the queue of cases. */
import type { Queries } from "@tongzhang/record/queries"
import type { CaseIndex } from "./routes.js"

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
