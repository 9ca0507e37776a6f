/** Checks an audit bundle and names what is wrong with it: the event, where an event is touched, else the file or the byte. */
import { fromBase64, fromHex, sameBytes, textOf, toHex } from "../bytes.js"
import { openCheckpoint, type SignedCheckpoint } from "../checkpoint.js"
import { viewEntry } from "../entry-view.js"
import { type Hash, leafHash, rootFromInclusion } from "../merkle.js"
import { type NoteKey, parseVkey } from "../note.js"
import { entryFor, entryWith } from "../receipt.js"
import { sha256 } from "../sha256.js"
import { formats, type Manifest, names, type OmittedEvent, type Zip } from "./format.js"

export type BundleFinding = {
  readonly rule:
    | "FILE_DAMAGED"
    | "MANIFEST_UNREADABLE"
    | "CHECKPOINT_FALSE"
    | "EVENT_ALTERED"
    | "EVENT_UNREADABLE"
    | "EVENT_MISSING"
    | "WITNESS_MISSING"
  /** The event's id where one is concerned. */
  readonly event: string | null
  readonly what: string
}

export type BundleReport = {
  readonly ok: boolean
  readonly findings: readonly BundleFinding[]
  readonly manifest: Manifest | null
  readonly events: number
  readonly size: number
  readonly signed: readonly { readonly name: string; readonly time: number | null }[]
  /** False: the key that the bundle itself names was believed. */
  readonly trusted: boolean
}

export type BundleTrust = { readonly log: string | null; readonly witnesses: readonly string[]; readonly witnesses_min: number }

type Line = { readonly index: number; readonly recordedAt: number; readonly proof: readonly number[]; readonly content: string }
type OmittedLine = Omit<OmittedEvent, "proof"> & { readonly proof: readonly number[] }
type Identified = { readonly id?: string; readonly stream?: string; readonly revision?: number }

const finding = (rule: BundleFinding["rule"], event: string | null, what: string): BundleFinding => ({ rule, event, what })
const parsed = <T>(text: string): T | null => {
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}
/** Damaged text is still looked at: what it names can be named. */
const loose = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes ?? new Uint8Array(0))

const identify = (content: string): Identified => parsed<Identified>(content) ?? { id: idIn(content) }
const idIn = (text: string): string => /"id\\?":\\?"([0-9a-f-]{36})/u.exec(text)?.[1] ?? "?"

const checkEvent = (
  text: string,
  number: number,
  hashes: readonly (Hash | null)[],
  { checkpoint }: SignedCheckpoint,
): BundleFinding | null => {
  const line = parsed<Line>(text)
  if (line === null || typeof line.content !== "string" || !Array.isArray(line.proof))
    return finding("EVENT_UNREADABLE", idIn(text), `line ${number} of ${names.events} is no event`)
  const { id = "?", stream = "?", revision = -1 } = identify(line.content)
  const place = `entry ${line.index}, ${stream} revision ${revision}`
  const proof = line.proof.map((n) => hashes[n] ?? null)
  const entry = entryFor(line.content, line.recordedAt)
  if (entry === null) return finding("EVENT_UNREADABLE", id, `${place}: the content names no event`)
  const known = proof.filter((hash) => hash !== null)
  const root = known.length === proof.length ? rootFromInclusion(leafHash(entry), line.index, checkpoint.size, known) : null
  if (root !== null && sameBytes(root, checkpoint.root)) return null
  return finding("EVENT_ALTERED", viewEntry(entry).id, `${place}: it, or its proof, is not what the ledger has published`)
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u
const policy = "Policy-"

/** One that is only named: it is in the log under this hash, and it is a parameter; nothing else may be left out. */
const checkOmitted = (
  text: string,
  number: number,
  hashes: readonly (Hash | null)[],
  { checkpoint }: SignedCheckpoint,
): BundleFinding | null => {
  const line = parsed<OmittedLine>(text)
  const { id = "?", stream = "", revision = -1, hash = "", proof = [] } = line ?? {}
  if (line === null || !uuid.test(id) || !/^[0-9a-f]{64}$/u.test(hash) || !Array.isArray(proof))
    return finding("EVENT_UNREADABLE", idIn(text), `line ${number} of ${names.omitted} names no event`)
  const place = `entry ${line.index}, ${stream} revision ${revision}`
  if (!stream.startsWith(policy)) return finding("EVENT_MISSING", id, `${place}: only parameters may be left out`)
  const entry = entryWith(id, line.recordedAt, fromHex(hash))
  const known = proof.map((n) => hashes[n] ?? null).filter((one) => one !== null)
  const root =
    entry !== null && known.length === proof.length
      ? rootFromInclusion(leafHash(entry), line.index, checkpoint.size, known)
      : null
  return root !== null && sameBytes(root, checkpoint.root)
    ? null
    : finding("EVENT_ALTERED", id, `${place}, left out: its hash or proof is not what the ledger has published`)
}

/**
 * Revisions of each stream follow one another: an event left out of the middle is missed. Of a month only parameters are asked: the
 * streams of persons are cut there. Parameters that are only named count, in the order of their revisions.
 */
const checkGaps = (lines: readonly string[], omitted: readonly string[], manifest: Manifest): BundleFinding[] => {
  const shown = lines.map((text) => identify(parsed<Line>(text)?.content ?? ""))
  const named = omitted.map((text): Identified => parsed<OmittedLine>(text) ?? {})
  const isPolicy = ({ stream = "" }: Identified): boolean => stream.startsWith(policy)
  const policies = [...shown, ...named].filter(isPolicy).toSorted((a, b) => (a.revision ?? -1) - (b.revision ?? -1))
  const others = manifest.scope.kind === "province-month" ? [] : shown.filter((one) => !isPolicy(one))
  const heads = new Map<string, number>()
  return [...others, ...policies].flatMap(({ stream = "?", revision = -1, id = "?" }) => {
    const expected = (heads.get(stream) ?? -1) + 1
    heads.set(stream, revision)
    return revision === expected
      ? []
      : [finding("EVENT_MISSING", id, `${stream}: revision ${revision} comes where ${expected} was next`)]
  })
}

const linesOf = (bytes: Uint8Array | undefined): string[] =>
  loose(bytes)
    .split("\n")
    .filter((line) => line !== "")

const checkEvents = (
  files: Readonly<Record<string, Uint8Array>>,
  manifest: Manifest,
  opened: SignedCheckpoint,
): BundleFinding[] => {
  const hashes = (parsed<string[]>(loose(files[names.hashes])) ?? []).map((text) =>
    typeof text === "string" ? fromBase64(text) : null,
  )
  const [lines, omitted] = [linesOf(files[names.events]), linesOf(files[names.omitted])]
  const wrong = [
    ...lines.flatMap((line, i) => checkEvent(line, i + 1, hashes, opened) ?? []),
    ...omitted.flatMap((line, i) => checkOmitted(line, i + 1, hashes, opened) ?? []),
  ]
  const short = (what: string, found: number, said: number): BundleFinding[] =>
    found === said ? [] : [finding("EVENT_MISSING", null, `${found} ${what}, the manifest says ${said}`)]
  return [
    ...wrong,
    ...short("events", lines.length, manifest.events),
    ...short("parameters left out", omitted.length, manifest.omitted ?? 0),
    ...(wrong.length > 0 ? [] : checkGaps(lines, omitted, manifest)),
  ]
}

const checkFiles = (files: Readonly<Record<string, Uint8Array>>, manifest: Manifest): BundleFinding[] => [
  ...Object.entries(manifest.files).flatMap(([name, digest]) => {
    const bytes = files[name]
    if (bytes === undefined) return [finding("FILE_DAMAGED", null, `${name} is missing`)]
    return toHex(sha256(bytes)) === digest ? [] : [finding("FILE_DAMAGED", null, `${name} is not what the manifest says`)]
  }),
  ...Object.keys(files).flatMap((name) =>
    name === names.manifest || manifest.files[name] !== undefined
      ? []
      : [finding("FILE_DAMAGED", null, `${name} is not in the manifest`)],
  ),
]

/** Whatever is not within a file (names, times, lengths) is what the same files always give. */
const checkContainer = (zip: Zip, bytes: Uint8Array, files: Readonly<Record<string, Uint8Array>>): BundleFinding[] => {
  const again = zip.zip(files)
  if (sameBytes(again, bytes)) return []
  const at = again.findIndex((byte, i) => byte !== bytes[i])
  return [
    finding(
      "FILE_DAMAGED",
      null,
      `the zip's own structure differs from byte ${at < 0 ? Math.min(again.length, bytes.length) : at} on`,
    ),
  ]
}

const keys = (texts: readonly string[]): NoteKey[] => texts.map(parseVkey)

const checkOpened = async (
  zip: Zip,
  bytes: Uint8Array,
  files: Readonly<Record<string, Uint8Array>>,
  trust: BundleTrust,
): Promise<BundleReport> => {
  const manifest = parsed<Manifest>(loose(files[names.manifest]))
  const nothing = { ok: false, manifest, events: 0, size: 0, signed: [], trusted: trust.log !== null }
  if (
    manifest === null ||
    !formats.includes(manifest.format) ||
    typeof manifest.log !== "string" ||
    typeof manifest.files !== "object"
  )
    return { ...nothing, findings: [finding("MANIFEST_UNREADABLE", null, `${names.manifest} is damaged, or of another format`)] }
  const container = [...checkFiles(files, manifest), ...checkContainer(zip, bytes, files)]
  const opened = await open(files, manifest, trust)
  if (typeof opened === "string") return { ...nothing, findings: [finding("CHECKPOINT_FALSE", null, opened), ...container] }
  const witnessed = opened.verified.filter(({ key }) => key.name !== opened.checkpoint.origin)
  const few =
    witnessed.length < trust.witnesses_min
      ? [finding("WITNESS_MISSING", null, `${witnessed.length} of ${trust.witnesses_min} witnesses have signed`)]
      : []
  const findings = [...checkEvents(files, manifest, opened), ...few, ...container]
  return {
    ...nothing,
    ok: findings.length === 0,
    findings,
    events: manifest.events,
    size: opened.checkpoint.size,
    signed: opened.verified.map(({ key, time }) => ({ name: key.name, time })),
  }
}

const open = async (
  files: Readonly<Record<string, Uint8Array>>,
  manifest: Manifest,
  trust: BundleTrust,
): Promise<SignedCheckpoint | string> => {
  try {
    const log = parseVkey(trust.log ?? manifest.log)
    const witnesses = keys(trust.witnesses.length > 0 ? trust.witnesses : manifest.witnesses)
    return await openCheckpoint(textOf(files[names.checkpoint] ?? new Uint8Array(0)), log, witnesses)
  } catch (error) {
    return String(error)
  }
}

/** @param trust `log` null believes the key in the bundle: then only its own coherence is shown */
export const checkBundle = async (zip: Zip, bytes: Uint8Array, trust: BundleTrust): Promise<BundleReport> => {
  let files: Readonly<Record<string, Uint8Array>>
  try {
    files = zip.unzip(bytes)
  } catch (error) {
    const findings = [finding("FILE_DAMAGED", null, `no readable zip: ${String(error)}`)]
    return { ok: false, findings, manifest: null, events: 0, size: 0, signed: [], trusted: trust.log !== null }
  }
  return checkOpened(zip, bytes, files, trust)
}
