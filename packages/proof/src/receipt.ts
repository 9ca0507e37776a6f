/**
 * Receipt of one event (c2sp.org/tlog-proof): proof of inclusion and checkpoint, with the event's content as extra data, so that it
 * is checked without any network by whoever trusts the keys. Runs in Node and in a browser.
 */
import { concat, fromBase64, fromHex, sameBytes, textOf, toBase64, utf8 } from "./bytes.js"
import { openCheckpoint } from "./checkpoint.js"
import { type EntryView, viewEntry } from "./entry-view.js"
import { hash_bytes, type Hash, leafHash, rootFromInclusion } from "./merkle.js"
import type { NoteKey, Verified } from "./note.js"
import { sha256 } from "./sha256.js"

export type Receipt = {
  /** RFC 8785 text of the event (entry.ts). */
  readonly content: string
  /** ms since 1970 */
  readonly recordedAt: number
  readonly index: number
  readonly proof: readonly Hash[]
  /** Signed checkpoint. */
  readonly checkpoint: string
}

const header = "c2sp.org/tlog-proof@v1"

export const formatReceipt = ({ content, recordedAt, index, proof, checkpoint }: Receipt): string =>
  [
    header,
    `extra ${toBase64(utf8(JSON.stringify({ content, recordedAt })))}`,
    `index ${index}`,
    ...proof.map(toBase64),
    "",
    checkpoint,
  ].join("\n")

const parseExtra = (line: string): Pick<Receipt, "content" | "recordedAt"> | null => {
  const bytes = line.startsWith("extra ") ? fromBase64(line.slice(6)) : null
  if (bytes === null) return null
  try {
    const { content, recordedAt } = JSON.parse(textOf(bytes)) as Record<string, unknown>
    return typeof content === "string" && Number.isSafeInteger(recordedAt) ? { content, recordedAt: recordedAt as number } : null
  } catch {
    return null
  }
}

/** Null when the text has another form. Nothing is checked yet. */
export const parseReceipt = (text: string): Receipt | null => {
  const split = text.indexOf("\n\n")
  const [first, extraLine = "", indexLine = "", ...lines] = text.slice(0, Math.max(split, 0)).split("\n")
  const extra = parseExtra(extraLine)
  const [, index] = /^index (0|[1-9][0-9]{0,15})$/u.exec(indexLine) ?? []
  const proof = lines.map(fromBase64)
  if (first !== header || extra === null || index === undefined || proof.some((hash) => hash?.length !== hash_bytes)) return null
  return { ...extra, index: Number(index), proof: proof as Hash[], checkpoint: text.slice(split + 2) }
}

/** The log's entry that content and recorded time stand for; null when the content names no event. */
export const entryFor = (content: string, recordedAt: number): Uint8Array | null => {
  const id = /"id":"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"/u.exec(idPart(content))?.[1]
  return id === undefined ? null : entryWith(id, recordedAt, sha256(utf8(content)))
}

/** The entry of an event of which only the hash of the content is known; null for what can be none. @param id a UUID */
export const entryWith = (id: string, recordedAt: number, hash: Uint8Array): Uint8Array | null => {
  if (!Number.isSafeInteger(recordedAt) || recordedAt < 0 || hash.length !== hash_bytes) return null
  return concat(fromHex(`${id.replaceAll("-", "")}${recordedAt.toString(16).padStart(16, "0")}`), hash)
}

/** The event's own id, wherever another "id" may stand within its data. */
const idPart = (content: string): string => {
  try {
    const { id } = JSON.parse(content) as { readonly id?: unknown }
    return JSON.stringify({ id })
  } catch {
    return ""
  }
}

export type ReceiptProblem =
  "NOT_A_RECEIPT" | "NOT_A_CHECKPOINT" | "SIGNATURE_FALSE" | "NOT_SIGNED_BY_LOG" | "EVENT_NOT_IN_LOG" | "WITNESSES_MISSING"
export type ReceiptCheck =
  | {
      readonly ok: true
      readonly entry: EntryView
      readonly receipt: Receipt
      readonly size: number
      readonly signed: readonly Verified[]
    }
  | { readonly ok: false; readonly problem: ReceiptProblem; readonly what: string }

const words: Readonly<Record<ReceiptProblem, string>> = {
  NOT_A_RECEIPT: "this is no receipt, or a part of it is missing",
  NOT_A_CHECKPOINT: "the receipt's checkpoint cannot be read",
  SIGNATURE_FALSE: "a signature under the checkpoint is false",
  NOT_SIGNED_BY_LOG: "the checkpoint is not signed by the ledger you trust",
  EVENT_NOT_IN_LOG: "the event is not what the ledger has published: something in it was changed",
  WITNESSES_MISSING: "too few witnesses have signed the checkpoint",
}

/** @param witnesses_min how many of the witnesses must have signed */
export const checkReceipt = async (
  text: string,
  log: NoteKey,
  witnesses: readonly NoteKey[] = [],
  witnesses_min = 0,
): Promise<ReceiptCheck> => {
  const fail = (problem: ReceiptProblem): ReceiptCheck => ({ ok: false, problem, what: words[problem] })
  const receipt = parseReceipt(text)
  const entry = receipt === null ? null : entryFor(receipt.content, receipt.recordedAt)
  if (receipt === null || entry === null) return fail("NOT_A_RECEIPT")
  const opened = await openCheckpoint(receipt.checkpoint, log, witnesses)
  if (typeof opened === "string") return fail(opened)
  const { size, root } = opened.checkpoint
  const reached = rootFromInclusion(leafHash(entry), receipt.index, size, receipt.proof)
  if (reached === null || !sameBytes(reached, root)) return fail("EVENT_NOT_IN_LOG")
  if (opened.verified.filter(({ key }) => key !== log).length < witnesses_min) return fail("WITNESSES_MISSING")
  return { ok: true, entry: viewEntry(entry), receipt, size, signed: opened.verified }
}
