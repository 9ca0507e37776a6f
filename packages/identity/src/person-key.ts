/**
 * Keyed hashes that stand for a person. Citizen ID numbers are few (region x birthday x sequence, about 10^10), so a plain
 * hash could be reversed by trying them all in an afternoon: everything rests on the secret, which lives outside the ledger.
 */
import { createHmac } from "node:crypto"
import { LRUCache } from "lru-cache"
import type { PersonKey } from "@tongzhang/domain/ids"

export type Secret = Uint8Array | string

/** A shorter secret is easier to guess than the ID number it protects. */
const secret_bytes_min = 16

const hash32 = (text: string, secret: Secret): string =>
  createHmac("sha256", secret).update(text, "utf8").digest("hex").slice(0, 32)

/** Throws when the secret is too short to protect anything: a broken installation, not a refusal. */
export const assertSecret = (secret: Secret, what: string): void => {
  const length_bytes = typeof secret === "string" ? Buffer.byteLength(secret, "utf8") : secret.length
  if (length_bytes < secret_bytes_min)
    throw new Error(`${what}: the secret has ${length_bytes} bytes, at least ${secret_bytes_min} are needed`)
}

/**
 * The name a person bears in streams, topics, logs and URLs: HMAC-SHA-256 of the normalised 18-character ID number,
 * first 16 bytes as 32 lowercase hex. Give it the normalised form only (`@tongzhang/domain/citizen-id`); about 6 us.
 */
export const personKeyOf = (citizenId18: string, secret: Secret): PersonKey => {
  assertSecret(secret, "person key")
  if (citizenId18.length !== 18) throw new Error("person key: give the normalised 18-character citizen ID number")
  return hash32(citizenId18, secret) as PersonKey
}

export type PersonKeys = { readonly of: (citizenId18: string) => PersonKey }

/**
 * `personKeyOf` with the secret fixed and a bounded memo, for batch files in which the same people come back month after month.
 * The memo holds ID numbers in this process's memory only; `remember_max` 0 turns it off.
 */
export const createPersonKeys = (secret: Secret, remember_max = 100_000): PersonKeys => {
  assertSecret(secret, "person key")
  if (remember_max === 0) return { of: (citizenId18) => personKeyOf(citizenId18, secret) }
  const memo = new LRUCache<string, PersonKey>({ max: remember_max })
  return {
    of: (citizenId18) => {
      const known = memo.get(citizenId18)
      if (known !== undefined) return known
      const key = personKeyOf(citizenId18, secret)
      memo.set(citizenId18, key)
      return key
    },
  }
}

/** Dots that agencies type between the parts of a name (买买提·艾力); GB 18030 and keyboards offer many. */
const middleDots = /[·•‧∙⋅・･.]/gu

/** One spelling for names that a person would call equal: width, case, spaces and middle dots do not count. */
export const normaliseName = (name: string): string =>
  name.normalize("NFKC").replaceAll(/\s+/gu, "").replaceAll(middleDots, "·").toUpperCase()

/**
 * Index value for exact search (a name, a phone number) without storing the text: keyed, never reversible, and different for
 * each purpose so that two indexes cannot be joined. Equal texts give equal values, so the index shows how common a name is.
 */
export const blindIndex = (text: string, secret: Secret, purpose: string): string => {
  assertSecret(secret, "blind index")
  if (purpose === "") throw new Error("blind index: name the purpose")
  return hash32(`${purpose}\u0000${normaliseName(text)}`, secret)
}
