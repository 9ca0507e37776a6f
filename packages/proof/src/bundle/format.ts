/**
 * An audit bundle: one zip file with events, their proofs, the rules and parameters, a timeline to read and the program that checks
 * it all. Runs in Node alone (verify.mjs) and inside the ledger.
 */
import { toHex, utf8 } from "../bytes.js"
import type { Hash } from "../merkle.js"
import { sha256 } from "../sha256.js"

export type Zip = {
  /** Stored, not packed, with times of its own choosing: the same files give the same bytes. */
  readonly zip: (files: Readonly<Record<string, Uint8Array>>) => Uint8Array
  /** Throws on bytes that are no such file. */
  readonly unzip: (bytes: Uint8Array) => Readonly<Record<string, Uint8Array>>
}

export type BundledEvent = {
  /** RFC 8785 text of the event. */
  readonly content: string
  /** ms since 1970 */
  readonly recordedAt: number
  readonly index: number
  readonly proof: readonly Hash[]
}

/**
 * A parameter that was not in force for anybody in the bundle: not shown, and still accounted for, so that one left out in silence is
 * seen. Whoever wants it asks the ledger for its id and compares the hash.
 */
export type OmittedEvent = {
  readonly stream: string
  readonly revision: number
  readonly id: string
  /** SHA-256 of the content, hex. */
  readonly hash: string
  /** ms since 1970 */
  readonly recordedAt: number
  readonly index: number
  readonly proof: readonly Hash[]
}

export type BundleScope = {
  readonly kind: "person" | "case" | "province-month"
  /** Person key, stream of the case, or `31 2024-06`. */
  readonly of: string
}

export type BundleParts = {
  readonly scope: BundleScope
  /** ms since 1970 */
  readonly madeAt: number
  /** Verifier keys, as text: to be compared with what the reader got elsewhere. */
  readonly log: string
  readonly witnesses: readonly string[]
  readonly checkpoint: string
  readonly size: number
  readonly events: readonly BundledEvent[]
  readonly omitted: readonly OmittedEvent[]
  /** Everything else: rules, parameters, timeline, verifier. */
  readonly files: Readonly<Record<string, Uint8Array>>
}

export const names = {
  manifest: "manifest.json",
  checkpoint: "checkpoint",
  events: "events.ndjson",
  omitted: "omitted.ndjson",
  hashes: "hashes.json",
} as const
export const format = "tongzhang-bundle/2"
/** Bundles of the first form hold whole streams of parameters. */
export const formats: readonly string[] = ["tongzhang-bundle/1", format]

export type Manifest = {
  readonly format: string
  readonly scope: BundleScope
  readonly madeAt: string
  readonly log: string
  readonly witnesses: readonly string[]
  readonly size: number
  readonly events: number
  /** Absent in the first form. */
  readonly omitted?: number
  /** SHA-256 of every other file, hex. */
  readonly files: Readonly<Record<string, string>>
}

const base64 = (hash: Hash): string => Buffer.from(hash).toString("base64")

/** Neighbours share most hashes of their proofs: each is written once and named by its number. */
export const makeBundle = (zip: Zip, parts: BundleParts): Uint8Array => {
  const numbers = new Map<string, number>()
  const numberOf = (hash: Hash): number => {
    const text = base64(hash)
    const known = numbers.get(text) ?? numbers.size
    numbers.set(text, known)
    return known
  }
  const lines = parts.events.map(({ content, recordedAt, index, proof }) =>
    JSON.stringify({ index, recordedAt, proof: proof.map(numberOf), content }),
  )
  const omitted = parts.omitted.map(({ proof, ...one }) => JSON.stringify({ ...one, proof: proof.map(numberOf) }))
  const files: Record<string, Uint8Array> = {
    [names.checkpoint]: utf8(parts.checkpoint),
    [names.events]: utf8(lines.map((line) => `${line}\n`).join("")),
    [names.omitted]: utf8(omitted.map((line) => `${line}\n`).join("")),
    [names.hashes]: utf8(JSON.stringify([...numbers.keys()])),
    ...parts.files,
  }
  const { scope, madeAt, log, witnesses, size, events } = parts
  const manifest: Manifest = {
    format,
    scope,
    madeAt: new Date(madeAt).toISOString(),
    log,
    witnesses,
    size,
    events: events.length,
    omitted: omitted.length,
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, toHex(sha256(bytes))])),
  }
  return zip.zip({ [names.manifest]: utf8(JSON.stringify(manifest, null, 2)), ...files })
}
