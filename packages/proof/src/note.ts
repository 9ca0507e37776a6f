/** Signed notes (c2sp.org/signed-note): a text, an empty line, and lines `— name base64(key id | signature)`. */
import { concat, fromBase64, sameBytes, toBase64, toHex, utf8 } from "./bytes.js"
import { verifyEd25519 } from "./ed25519.js"
import { sha256 } from "./sha256.js"

/** What a key signs: the note itself, or a witness's cosignature with its time. */
export const algorithms = { ed25519: 1, cosignature: 4 } as const
export type Algorithm = (typeof algorithms)[keyof typeof algorithms]

export type NoteKey = {
  readonly name: string
  /** First four bytes of SHA-256(name, "\n", algorithm, public key). */
  readonly id: Uint8Array
  readonly algorithm: Algorithm
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}
export type Signature = { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array }
/** `text` ends with a newline and is what was signed. */
export type Note = { readonly text: string; readonly signatures: readonly Signature[] }

const signatures_max = 64
const nameForm = /^[^\s+]+$/u

export const keyId = (name: string, algorithm: Algorithm, publicKey: Uint8Array): Uint8Array =>
  sha256(concat(utf8(`${name}\n`), Uint8Array.of(algorithm), publicKey)).slice(0, 4)

/** Throws on a name with a space or `+` in it. */
export const noteKey = (name: string, algorithm: Algorithm, publicKey: Uint8Array): NoteKey => {
  if (!nameForm.test(name)) throw new Error(`${JSON.stringify(name)} is no key name: it takes no spaces and no +`)
  return { name, algorithm, publicKey, id: keyId(name, algorithm, publicKey) }
}

/** The text form that others are given: `name+id+base64(algorithm | public key)`. */
export const formatVkey = ({ name, id, algorithm, publicKey }: NoteKey): string =>
  `${name}+${toHex(id)}+${toBase64(concat(Uint8Array.of(algorithm), publicKey))}`

/** Throws with the reason when the text is no verifier key of a kind we know. */
export const parseVkey = (text: string): NoteKey => {
  const [, name = "", id = "", material = ""] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim()) ?? []
  const bytes = fromBase64(material)
  if (bytes?.length !== 33) throw new Error(`${JSON.stringify(text)} is no Ed25519 verifier key: name+id+key`)
  const algorithm = bytes[0]
  if (algorithm !== algorithms.ed25519 && algorithm !== algorithms.cosignature)
    throw new Error(`verifier key of ${name}: unknown algorithm ${algorithm}`)
  const key = noteKey(name, algorithm, bytes.slice(1))
  if (toHex(key.id) !== id) throw new Error(`verifier key of ${name}: its id should be ${toHex(key.id)}`)
  return key
}

export const formatSignature = ({ name, id, signature }: Signature): string =>
  `\u2014 ${name} ${toBase64(concat(id, signature))}\n`

export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(formatSignature).join("")}`

/** Signature lines alone, as a witness answers them. Null when a line has another form. */
export const parseSignatures = (lines: string): Signature[] | null => {
  if (!lines.endsWith("\n")) return null
  const parsed = lines
    .slice(0, -1)
    .split("\n")
    .map((line) => {
      const [, name, material = ""] = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line) ?? []
      const bytes = fromBase64(material)
      return name === undefined || bytes === null || bytes.length < 5
        ? null
        : { name, id: bytes.slice(0, 4), signature: bytes.slice(4) }
    })
  return parsed.some((one) => one === null) || parsed.length > signatures_max ? null : parsed.filter((one) => one !== null)
}

/** Null when the text is no signed note. No signature is checked yet. */
export const parseNote = (note: string): Note | null => {
  // eslint-disable-next-line no-control-regex -- the format forbids every control character but the newline
  if (/[\u0000-\u0009\u000b-\u001f]/u.test(note)) return null
  const split = note.lastIndexOf("\n\n")
  if (split < 0) return null
  const signatures = parseSignatures(note.slice(split + 2))
  return signatures === null ? null : { text: note.slice(0, split + 1), signatures }
}

const time_bytes = 8

/** What a signature of this kind is over; null when the signature is too short to say. */
const signedMessage = (
  text: string,
  algorithm: Algorithm,
  signature: Uint8Array,
): { message: Uint8Array; bare: Uint8Array } | null => {
  if (algorithm === algorithms.ed25519) return { message: utf8(text), bare: signature }
  const time = cosignatureTime(signature)
  return time === null ? null : { message: cosignedMessage(text, time), bare: signature.slice(time_bytes) }
}

/** c2sp.org/tlog-cosignature, Ed25519. */
export const cosignedMessage = (text: string, time_seconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${time_seconds}\n${text}`)

/** When a witness signed, in seconds since 1970; null when these are not a cosignature's bytes. */
export const cosignatureTime = (signature: Uint8Array): number | null => {
  if (signature.length !== time_bytes + 64) return null
  const time = Number.parseInt(toHex(signature.subarray(0, time_bytes)), 16)
  return Number.isSafeInteger(time) ? time : null
}

export type Verified = {
  readonly key: NoteKey
  /** For cosignatures: seconds since 1970. */
  readonly time: number | null
}

/** Which of the keys have signed. A signature that names a known key and is false makes the whole note false: null. */
export const verifyNote = async ({ text, signatures }: Note, keys: readonly NoteKey[]): Promise<readonly Verified[] | null> => {
  const verified: Verified[] = []
  for (const { name, id, signature } of signatures) {
    const key = keys.find((one) => one.name === name && sameBytes(one.id, id))
    if (key === undefined || verified.some((one) => one.key === key)) continue
    const signed = signedMessage(text, key.algorithm, signature)
    if (signed === null || !(await verifyEd25519(key.publicKey, signed.message, signed.bare))) return null
    verified.push({ key, time: key.algorithm === algorithms.cosignature ? cosignatureTime(signature) : null })
  }
  return verified
}
