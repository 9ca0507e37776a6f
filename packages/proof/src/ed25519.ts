/** Ed25519 (RFC 8032) over raw 32-byte keys. The offline page puts WebCrypto in this file's place. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto"

/** DER around a raw key (RFC 8410): node takes keys in this form only. */
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex")
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex")

export type Ed25519Signer = { readonly publicKey: Uint8Array; readonly sign: (message: Uint8Array) => Uint8Array }

/** @param seed 32 bytes, the private key of RFC 8032 */
export const signerOf = (seed: Uint8Array): Ed25519Signer => {
  if (seed.length !== 32) throw new Error(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" })
  const publicKey = Uint8Array.from(createPublicKey(key).export({ format: "der", type: "spki" }).subarray(publicPrefix.length))
  return { publicKey, sign: (message) => sign(null, message, key) }
}

const known = new Map<string, KeyObject>()

const keyObject = (publicKey: Uint8Array): KeyObject => {
  const name = Buffer.from(publicKey).toString("base64")
  let key = known.get(name)
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: "der", type: "spki" })
    known.set(name, key)
  }
  return key
}

export const verifyEd25519 = async (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  publicKey.length === 32 && signature.length === 64 && verify(null, message, keyObject(publicKey), signature)
