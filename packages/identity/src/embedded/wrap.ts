/** Wrapping of person keys with the master secret: a stolen key file alone opens nothing. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto"
import type { PersonKeyMaterial } from "../key-store.js"
import { assertSecret, type Secret } from "../person-key.js"

export type RandomBytes = (length: number) => Uint8Array

export type Wrapper = {
  readonly wrap: (material: PersonKeyMaterial) => Buffer
  /** Throws when the bytes were altered or belong to another person: a damaged store, not a refusal. */
  readonly unwrap: (person: PersonKeyMaterial["person"], keyId: string, wrapped: Uint8Array) => PersonKeyMaterial
  /** Recognises the master secret at opening without revealing it. */
  readonly fingerprint: string
}

const nonce_bytes = 12
const tag_bytes = 16

/** The master secret is stretched with HKDF into a wrapping key; keys are bound to their person by the associated data. */
export const createWrapper = (masterSecret: Secret, random: RandomBytes): Wrapper => {
  assertSecret(masterSecret, "key store")
  const wrappingKey = Buffer.from(hkdfSync("sha256", masterSecret, "tongzhang", "person key wrapping v1", 32))
  const aad = (person: string, keyId: string) => Buffer.from(`${person}\u0000${keyId}`, "utf8")
  return {
    wrap: ({ person, keyId, key }) => {
      const nonce = random(nonce_bytes)
      const cipher = createCipheriv("aes-256-gcm", wrappingKey, nonce).setAAD(aad(person, keyId))
      const body = Buffer.concat([cipher.update(key), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    unwrap: (person, keyId, wrapped) => {
      const decipher = createDecipheriv("aes-256-gcm", wrappingKey, wrapped.subarray(0, nonce_bytes), {
        authTagLength: tag_bytes,
      })
        .setAAD(aad(person, keyId))
        .setAuthTag(wrapped.subarray(nonce_bytes, nonce_bytes + tag_bytes))
      const key = Buffer.concat([decipher.update(wrapped.subarray(nonce_bytes + tag_bytes)), decipher.final()])
      return { person, keyId, key }
    },
    fingerprint: createHmac("sha256", wrappingKey).update("fingerprint").digest("hex").slice(0, 32),
  }
}
