/**
 * The key-store port. Each person has one random key that seals name and ID number inside events; destroying it erases the
 * identity (个人信息保护法 Art. 47) and leaves months, amounts and proofs as they were. Keys are not derivable from anything:
 * back them up, apart from the facts.
 */
import type { Either } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"

export type PersonKeyMaterial = {
  readonly person: PersonKey
  /** Public name of the key, 16 hex; goes into the event's metadata. */
  readonly keyId: string
  /** 32 random bytes. Do not keep it longer than the work at hand. */
  readonly key: Uint8Array
}

/** What is left of a destroyed key. */
export type KeyDestroyed = {
  readonly kind: "key_destroyed"
  readonly person: PersonKey
  readonly reason: string
  /** ms since 1970 */
  readonly destroyedAt: number
}

/** One entry of a backup: the key still wrapped with the master secret, or a tombstone. */
export type KeyBackup =
  | {
      readonly kind: "wrapped_key"
      readonly person: PersonKey
      readonly keyId: string
      /** base64url */
      readonly wrapped: string
      readonly createdAt: number
    }
  | KeyDestroyed

export type KeyStore = {
  /** The person's key, created when missing and durable before it is returned. Refuses a person whose key was destroyed. */
  readonly keyFor: (person: PersonKey) => Promise<Either<KeyDestroyed, PersonKeyMaterial>>
  /** `keyFor` for many, in one transaction; answers in the order asked, the same person may occur twice. */
  readonly keyForMany: (persons: readonly PersonKey[]) => Promise<readonly Either<KeyDestroyed, PersonKeyMaterial>[]>
  /** Null when there never was a key or it was destroyed. Never creates. */
  readonly find: (person: PersonKey) => Promise<PersonKeyMaterial | null>
  /** `find` for many; persons without a key are absent from the map. */
  readonly findMany: (persons: readonly PersonKey[]) => Promise<ReadonlyMap<PersonKey, PersonKeyMaterial>>
  /** Null unless the person's key was destroyed. */
  readonly tombstone: (person: PersonKey) => Promise<KeyDestroyed | null>
  /** Durable when it resolves; again is harmless and keeps the first reason. Also bars persons who never had a key. */
  readonly destroy: (person: PersonKey, reason: string) => Promise<void>
  /** Every key (wrapped) and tombstone as of the call, for backup. */
  readonly exportAll: () => AsyncIterable<KeyBackup>
  /**
   * Puts a backup back (same master secret) and resolves to how many entries were new. A tombstone wins over a key, here and in the
   * backup: restoring never brings an erased identity back. Throws when a person's key here differs from the one in the backup.
   */
  readonly importAll: (entries: AsyncIterable<KeyBackup> | Iterable<KeyBackup>) => Promise<number>
  readonly close: () => Promise<void>
}
