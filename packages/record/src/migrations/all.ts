/** Every migration, in order. Applied ones are never edited: a change is a new file. */
import type { Migration, MigrationProvider } from "kysely"
import * as first from "./0001-first.js"

const migrations: Readonly<Record<string, Migration>> = { "0001-first": first }

export const migrationProvider: MigrationProvider = { getMigrations: async () => ({ ...migrations }) }
