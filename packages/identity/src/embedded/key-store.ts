/**
 * Key store on LMDB. A key is on disk (fsync) before anyone may seal with it: an event sealed under a key that a power cut
 * then takes away would be an erased person by accident.
 * Limit: LMDB frees pages without wiping them, so a destroyed key's *wrapped* bytes may linger in the file until the page is
 * used again, and in old backups; it can only be unwrapped with the master secret. Expire backups of the key store accordingly.
 */
import { randomBytes } from "node:crypto"
import { isLeft, right } from "fp-ts/lib/Either.js"
import { open, type Database, type RootDatabase } from "lmdb"
import type { PersonKey } from "@tongzhang/domain/ids"
import {
  assertReason,
  backupOf,
  freshKey,
  inBatches,
  inOrder,
  type Making,
  type Outcome,
  outcomeOf,
  restoredBatch,
  type Row,
  wrongMaster,
} from "../key-rows.js"
import type { KeyBackup, KeyStore, PersonKeyMaterial } from "../key-store.js"
import type { Secret } from "../person-key.js"
import { createWrapper, type RandomBytes, type Wrapper } from "./wrap.js"

export type EmbeddedKeyStoreOptions = {
  /** Folder of the LMDB files; made when missing. */
  readonly path: string
  /** At least 16 bytes, kept apart from the folder. Opening with another one than before is an error. */
  readonly masterSecret: Secret
  /** Default: the system's cryptographic generator. Only a simulation gives another. */
  readonly random?: RandomBytes
  /** ms since 1970; default the system clock. */
  readonly now?: () => number
}

type Parts = Making & { readonly env: RootDatabase; readonly rows: Database<Row, string> }

/** A store opened with a wrong secret would hand out fresh keys beside unreadable ones: refuse at the door. */
const checkSecret = async (env: RootDatabase, wrapper: Wrapper): Promise<void> => {
  const meta = env.openDB<string, string>({ name: "meta", encoding: "string" })
  const known = meta.get("fingerprint")
  if (known === undefined) await meta.put("fingerprint", wrapper.fingerprint)
  else if (known !== wrapper.fingerprint) throw wrongMaster()
}

/** One transaction; afterwards no read of this turn of the loop may answer from a snapshot older than it (lmdb keeps one per turn). */
const changed = async <T>(parts: Parts, work: () => T): Promise<T> => {
  const result = await parts.env.transaction(work)
  parts.env.resetReadTxn()
  return result
}

/** Creates keys for persons who have none, all in one transaction; another writer's key, if it came first, wins. */
const create = async (parts: Parts, persons: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, Outcome>> => {
  const drafts = persons.map((person) => freshKey(parts, person))
  return changed(parts, () => {
    const outcomes = new Map<PersonKey, Outcome>()
    for (const { person, material, row } of drafts) {
      const there = parts.rows.get(person)
      if (there === undefined) void parts.rows.put(person, row)
      outcomes.set(person, there === undefined ? right(material) : outcomeOf(parts.wrapper, person, there))
    }
    return outcomes
  })
}

const keyForMany = async (parts: Parts, persons: readonly PersonKey[]): Promise<readonly Outcome[]> => {
  const outcomes = new Map<PersonKey, Outcome>()
  const missing = new Set<PersonKey>()
  for (const person of persons) {
    if (outcomes.has(person) || missing.has(person)) continue
    const row = parts.rows.get(person)
    if (row === undefined) missing.add(person)
    else outcomes.set(person, outcomeOf(parts.wrapper, person, row))
  }
  if (missing.size > 0) for (const [person, outcome] of await create(parts, [...missing])) outcomes.set(person, outcome)
  return inOrder(persons, outcomes)
}

const findOne = (parts: Parts, person: PersonKey): PersonKeyMaterial | null => {
  const row = parts.rows.get(person)
  return row?.state === "key" ? parts.wrapper.unwrap(person, row.keyId, row.wrapped) : null
}

const destroy = async (parts: Parts, person: PersonKey, reason: string): Promise<void> => {
  assertReason(reason)
  await changed(parts, () => {
    if (parts.rows.get(person)?.state === "destroyed") return
    void parts.rows.put(person, { state: "destroyed", reason, destroyedAt: parts.now() })
  })
}

async function* exportAll(parts: Parts): AsyncGenerator<KeyBackup> {
  for (const { key, value } of parts.rows.getRange({ snapshot: true })) yield backupOf(key as PersonKey, value)
}

/** Decides about the whole batch before it writes: what throws inside an LMDB transaction does not undo what was put. */
const restore = ({ rows, wrapper }: Parts, batch: readonly KeyBackup[]): number => {
  const found = restoredBatch(wrapper, batch, (person) => rows.get(person))
  for (const [person, row] of found.rows) void rows.put(person, row)
  return found.entries
}

/** Opens (or makes) the store. Throws when the folder was made with another master secret. */
export const openEmbeddedKeyStore = async (options: EmbeddedKeyStoreOptions): Promise<KeyStore> => {
  const random = options.random ?? randomBytes
  const wrapper = createWrapper(options.masterSecret, random)
  // overlappingSync would acknowledge before fsync (measured: design tech.md section 0).
  const env = open({ path: options.path, overlappingSync: false, maxDbs: 4 })
  try {
    await checkSecret(env, wrapper)
  } catch (error) {
    await env.close()
    throw error
  }
  const rows = env.openDB<Row, string>({ name: "keys", encoding: "msgpack" })
  const parts: Parts = { env, rows, wrapper, random, now: options.now ?? Date.now }
  return {
    keyFor: async (person) => (await keyForMany(parts, [person]))[0] as Outcome,
    keyForMany: (persons) => keyForMany(parts, persons),
    find: async (person) => findOne(parts, person),
    findMany: async (persons) => {
      const found = new Map<PersonKey, PersonKeyMaterial>()
      for (const person of persons) {
        const material = findOne(parts, person)
        if (material !== null) found.set(person, material)
      }
      return found
    },
    tombstone: async (person) => {
      const row = parts.rows.get(person)
      if (row?.state !== "destroyed") return null
      const outcome = outcomeOf(wrapper, person, row)
      return isLeft(outcome) ? outcome.left : null
    },
    destroy: (person, reason) => destroy(parts, person, reason),
    exportAll: () => exportAll(parts),
    importAll: (entries) => inBatches(entries, (batch) => changed(parts, () => restore(parts, batch))),
    close: () => env.close(),
  }
}
