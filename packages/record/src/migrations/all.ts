/** Every migration, in order. Applied ones are never edited: a change is a new file. */
import type { MigrationProvider } from "kysely"
import * as first from "./0001-first.js"
import { partitionedInto } from "./0002-partitions.js"
import * as coverageMonths from "./0003-coverage-months.js"

export type MigrationSettings = {
  /** Parts of the tables of persons; 1: undivided. */
  readonly partitions: number
}

export const migrationsFor = ({ partitions }: MigrationSettings): MigrationProvider => ({
  getMigrations: async () => ({
    "0001-first": first,
    "0002-partitions": partitionedInto(partitions),
    "0003-coverage-months": coverageMonths,
  }),
})
