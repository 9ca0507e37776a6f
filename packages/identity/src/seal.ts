/**
 * Seals the private fields of an event (name, ID number, phone) under the person's own key.
 *
 * AES-256-GCM with a *synthetic* nonce: HMAC(key, aad, plaintext) cut to 96 bits. A retried command must give the very same
 * event bytes, else the store would take the retry for a different event with a used id; a random nonce would break that. This
 * is the idea of SIV (RFC 5297): equal input gives equal output, and a nonce repeats only together with its plaintext, so
 * GCM's fatal case (one nonce, two plaintexts) does not arise short of a collision of 96 bits.
 * The limit: who sees two sealed texts of one person can tell whether they hold the same fields. A key therefore seals one
 * person's few facts and nothing else, and texts are padded so that the length does not give a name away after erasure.
 */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto"
import { type Either, left, right } from "fp-ts/lib/Either.js"
import type { PersonKeyMaterial } from "./key-store.js"

const version = "s1"
const nonce_bytes = 12
const tag_bytes = 16
const pad_bytes = 64

/** `malformed`: not sealed text. `other_key`: sealed with another key id. `broken`: tampered, or another person's. */
export type SealProblem = { readonly kind: "malformed" | "other_key" | "broken" }

const derive = (key: Uint8Array, purpose: string): Buffer =>
  createHmac("sha256", key).update(`tongzhang/seal/${purpose}`).digest()

const associated = (material: PersonKeyMaterial): Buffer =>
  Buffer.from(`${version}\u0000${material.person}\u0000${material.keyId}`, "utf8")

const assertKey = (material: PersonKeyMaterial): void => {
  if (material.key.length !== 32) throw new Error("seal: a person key has 32 bytes")
}

/** JSON with sorted names, padded with spaces (which JSON allows at its end) to a multiple of 64 bytes. */
const canonical = (plain: Readonly<Record<string, string>>): Buffer => {
  const names = Object.keys(plain).sort()
  const bytes = Buffer.from(JSON.stringify(names.map((name) => [name, plain[name]])), "utf8")
  return Buffer.concat([bytes], Math.ceil((bytes.length + 1) / pad_bytes) * pad_bytes).fill(0x20, bytes.length)
}

/** `s1.{keyId}.{base64url of nonce, tag, ciphertext}`. The same fields and key always give the same text. */
export const seal = (plain: Readonly<Record<string, string>>, material: PersonKeyMaterial): string => {
  assertKey(material)
  const aad = associated(material)
  const bytes = canonical(plain)
  const nonce = createHmac("sha256", derive(material.key, "nonce"))
    .update(aad)
    .update("\u0000")
    .update(bytes)
    .digest()
    .subarray(0, nonce_bytes)
  const cipher = createCipheriv("aes-256-gcm", derive(material.key, "encrypt"), nonce).setAAD(aad)
  const body = Buffer.concat([cipher.update(bytes), cipher.final()])
  return `${version}.${material.keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")}`
}

/** The key id a sealed text names, or null when the text is not sealed text. */
export const keyIdOf = (sealed: string): string | null => {
  const [prefix, keyId, body, ...rest] = sealed.split(".")
  return prefix === version && keyId !== undefined && keyId !== "" && body !== undefined && rest.length === 0 ? keyId : null
}

/** Reads sealed text back. Refuses what was altered, or sealed for another person or under another key. */
export const open = (sealed: string, material: PersonKeyMaterial): Either<SealProblem, Readonly<Record<string, string>>> => {
  assertKey(material)
  const keyId = keyIdOf(sealed)
  const bytes = Buffer.from(sealed.slice(sealed.lastIndexOf(".") + 1), "base64url")
  if (keyId === null || bytes.length < nonce_bytes + tag_bytes) return left({ kind: "malformed" })
  if (keyId !== material.keyId) return left({ kind: "other_key" })
  const decipher = createDecipheriv("aes-256-gcm", derive(material.key, "encrypt"), bytes.subarray(0, nonce_bytes), {
    authTagLength: tag_bytes,
  })
    .setAAD(associated(material))
    .setAuthTag(bytes.subarray(nonce_bytes, nonce_bytes + tag_bytes))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(nonce_bytes + tag_bytes)), decipher.final()]).toString("utf8")
    return right(Object.fromEntries(JSON.parse(text) as [string, string][]))
  } catch {
    return left({ kind: "broken" })
  }
}
