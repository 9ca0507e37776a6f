/** What key stores have in common, whatever holds the rows: making a key, reading a row, and what a backup may change. */
import { type Either, left, right } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { RandomBytes, Wrapper } from "./embedded/wrap.js"
import type { KeyBackup, KeyDestroyed, PersonKeyMaterial } from "./key-store.js"

export type Row =
  | { readonly state: "key"; readonly keyId: string; readonly wrapped: Uint8Array; readonly createdAt: number }
  | { readonly state: "destroyed"; readonly reason: string; readonly destroyedAt: number }

export type Outcome = Either<KeyDestroyed, PersonKeyMaterial>
export type Making = { readonly wrapper: Wrapper; readonly random: RandomBytes; readonly now: () => number }
export type Draft = {
  readonly person: PersonKey
  readonly material: PersonKeyMaterial
  readonly row: Extract<Row, { readonly state: "key" }>
}

const keyId_bytes = 8
const key_bytes = 32

export const wrongMaster = (): Error => new Error("key store: the master secret is not the one this store was made with")

export const freshKey = ({ wrapper, random, now }: Making, person: PersonKey): Draft => {
  const material = { person, keyId: Buffer.from(random(keyId_bytes)).toString("hex"), key: random(key_bytes) }
  return { person, material, row: { state: "key", keyId: material.keyId, wrapped: wrapper.wrap(material), createdAt: now() } }
}

export const outcomeOf = (wrapper: Wrapper, person: PersonKey, row: Row): Outcome =>
  row.state === "key"
    ? right(wrapper.unwrap(person, row.keyId, row.wrapped))
    : left({ kind: "key_destroyed", person, reason: row.reason, destroyedAt: row.destroyedAt })

/** Outcomes in the order asked; a person without one is a defect of the store. */
export const inOrder = (persons: readonly PersonKey[], outcomes: ReadonlyMap<PersonKey, Outcome>): readonly Outcome[] =>
  persons.map((person) => {
    const outcome = outcomes.get(person)
    if (outcome === undefined) throw new Error("key store: a person asked for got no outcome")
    return outcome
  })

export const assertReason = (reason: string): void => {
  if (reason.trim() === "") throw new Error("key store: destroying a key needs a reason")
}

export const backupOf = (person: PersonKey, row: Row): KeyBackup =>
  row.state === "key"
    ? {
        kind: "wrapped_key",
        person,
        keyId: row.keyId,
        wrapped: Buffer.from(row.wrapped).toString("base64url"),
        createdAt: row.createdAt,
      }
    : { kind: "key_destroyed", person, reason: row.reason, destroyedAt: row.destroyedAt }

const rowOf = (entry: KeyBackup): Row =>
  entry.kind === "wrapped_key"
    ? { state: "key", keyId: entry.keyId, wrapped: Buffer.from(entry.wrapped, "base64url"), createdAt: entry.createdAt }
    : { state: "destroyed", reason: entry.reason, destroyedAt: entry.destroyedAt }

/** The row a backup's entry puts in place of `there`; null when it says nothing new. Throws when the two keys contradict. */
const restored = (wrapper: Wrapper, entry: KeyBackup, there: Row | undefined): Row | null => {
  const row = rowOf(entry)
  if (row.state === "key") wrapper.unwrap(entry.person, row.keyId, row.wrapped)
  if (there?.state === "destroyed" || (there !== undefined && row.state === "key" && there.keyId === row.keyId)) return null
  if (there !== undefined && row.state === "key")
    throw new Error(`key store: ${entry.person} has another key here than in the backup`)
  return row
}

/** What a batch of a backup changes: the rows to write and how many entries were new. Throws before anything is written. */
export const restoredBatch = (
  wrapper: Wrapper,
  batch: readonly KeyBackup[],
  there: (person: PersonKey) => Row | undefined,
): { readonly rows: ReadonlyMap<PersonKey, Row>; readonly entries: number } => {
  const rows = new Map<PersonKey, Row>()
  let entries = 0
  for (const entry of batch) {
    const row = restored(wrapper, entry, rows.get(entry.person) ?? there(entry.person))
    if (row === null) continue
    rows.set(entry.person, row)
    entries += 1
  }
  return { rows, entries }
}

const import_batch = 1_000

/** Hands a backup on in batches and sums what each says it wrote. */
export const inBatches = async (
  entries: AsyncIterable<KeyBackup> | Iterable<KeyBackup>,
  write: (batch: readonly KeyBackup[]) => Promise<number>,
): Promise<number> => {
  let written = 0
  let batch: KeyBackup[] = []
  const flush = async (): Promise<void> => {
    const full = batch
    batch = []
    if (full.length > 0) written += await write(full)
  }
  for await (const entry of entries) if (batch.push(entry) >= import_batch) await flush()
  await flush()
  return written
}
