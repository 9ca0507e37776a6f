/** Keys that sign: a log's own, and a witness's. Kept as `PRIVATE+KEY+name+id+base64(1 | seed)`, the form of Go's note package. */
import { randomBytes } from "node:crypto"
import { concat, fromBase64, toBase64, toHex, utf8 } from "./bytes.js"
import { signerOf } from "./ed25519.js"
import { algorithms, cosignedMessage, keyId, type NoteKey, noteKey, type Signature } from "./note.js"

export type NoteSigner = { readonly key: NoteKey; readonly sign: (text: string) => Signature }
export type CosignSigner = { readonly key: NoteKey; readonly cosign: (text: string, time_seconds: number) => Signature }

/** A new key. Whoever reads it can sign in this name. */
export const newSigningKey = (name: string): string => {
  const seed = randomBytes(32)
  const id = keyId(name, algorithms.ed25519, signerOf(seed).publicKey)
  return `PRIVATE+KEY+${noteKey(name, algorithms.ed25519, signerOf(seed).publicKey).name}+${toHex(id)}+${toBase64(concat(Uint8Array.of(algorithms.ed25519), seed))}`
}

const parse = (text: string): { readonly name: string; readonly seed: Uint8Array } => {
  const [, name = "", id = "", material = ""] =
    /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim()) ?? []
  const bytes = fromBase64(material)
  // The text itself is a secret and stays out of the message.
  if (bytes?.length !== 33 || bytes[0] !== algorithms.ed25519) throw new Error("no Ed25519 signing key: PRIVATE+KEY+name+id+key")
  const seed = bytes.slice(1)
  if (toHex(keyId(name, algorithms.ed25519, signerOf(seed).publicKey)) !== id)
    throw new Error(`signing key of ${name}: its id is false`)
  return { name, seed }
}

/** The log's signer. Throws on text that is no signing key. */
export const openNoteSigner = (text: string): NoteSigner => {
  const { name, seed } = parse(text)
  const signer = signerOf(seed)
  const key = noteKey(name, algorithms.ed25519, signer.publicKey)
  return { key, sign: (note) => ({ name, id: key.id, signature: signer.sign(utf8(note)) }) }
}

/** A witness's signer (cosignature/v1); its verifier key has algorithm 4 and so another id. */
export const openCosigner = (text: string): CosignSigner => {
  const { name, seed } = parse(text)
  const signer = signerOf(seed)
  const key = noteKey(name, algorithms.cosignature, signer.publicKey)
  return {
    key,
    cosign: (note, time_seconds) => {
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(BigInt(time_seconds))
      return { name, id: key.id, signature: concat(time, signer.sign(cosignedMessage(note, time_seconds))) }
    },
  }
}
