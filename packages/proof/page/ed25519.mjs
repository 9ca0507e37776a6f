// The browser's own Ed25519 where it has one, else the library's.
import { hashes, verify } from "@noble/ed25519"
import { sha512 } from "@noble/hashes/sha2.js"

hashes.sha512 = sha512

const native = async (publicKey, message, signature) => {
  const key = await crypto.subtle.importKey("raw", publicKey, { name: "Ed25519" }, false, ["verify"])
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, message)
}

export const verifyEd25519 = async (publicKey, message, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    return await native(publicKey, message, signature)
  } catch {
    try {
      return verify(signature, message, publicKey)
    } catch {
      return false
    }
  }
}
