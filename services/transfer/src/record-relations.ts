/** The record as the index of a person's relations: one query instead of a probe per province and scheme. */
import type { Position } from "@tongzhang/event-store/port"
import type { RecordDb } from "@tongzhang/record/database"
import { createProgress } from "@tongzhang/record/progress"
import type { Queries } from "@tongzhang/record/queries"
import type { RelationIndex } from "./relations.js"

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
