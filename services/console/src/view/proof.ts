/**
 * The proof log checked where the reader sits, with the same code as the offline verifiers: what the service says about itself is
 * not taken for granted.
 */
import { fromBase64, toBase64 } from "@tongzhang/proof/bytes"
import { openCheckpoint } from "@tongzhang/proof/checkpoint"
import { type Hash, verifyConsistency } from "@tongzhang/proof/merkle"
import { type NoteKey, parseVkey } from "@tongzhang/proof/note"
import { checkReceipt } from "@tongzhang/proof/receipt"

export type Signed = { readonly name: string; /** Seconds since 1970, of a witness. */ readonly time: number | null }
export type Checkpoint = {
  readonly size: number
  /** Base 64. */
  readonly root: string
  readonly signed: readonly Signed[]
}
export type CheckpointProblem = "NOT_A_CHECKPOINT" | "SIGNATURE_FALSE" | "NOT_SIGNED_BY_LOG" | "KEY_UNREADABLE"
export type ReadCheckpoint =
  { readonly ok: true; readonly checkpoint: Checkpoint } | { readonly ok: false; readonly problem: CheckpointProblem }

const keysOf = (vkeys: readonly string[]): NoteKey[] | null => {
  try {
    return vkeys.map(parseVkey)
  } catch {
    return null
  }
}

/** Signatures checked against the keys the reader trusts. */
export const readCheckpoint = async (text: string, vkey: string, witnesses: readonly string[] = []): Promise<ReadCheckpoint> => {
  const [log, ...others] = keysOf([vkey, ...witnesses]) ?? []
  if (log === undefined) return { ok: false, problem: "KEY_UNREADABLE" }
  const opened = await openCheckpoint(text, log, others)
  if (typeof opened === "string") return { ok: false, problem: opened }
  const { size, root } = opened.checkpoint
  const signed = opened.verified.map(({ key, time }) => ({ name: key.name, time }))
  return { ok: true, checkpoint: { size, root: toBase64(root), signed } }
}

const hashesOf = (texts: readonly string[]): Hash[] | null => {
  const hashes = texts.map(fromBase64)
  return hashes.some((hash) => hash === null) ? null : hashes.filter((hash) => hash !== null)
}

/**
 * Whether the later checkpoint's log begins with the earlier one's, entry for entry. The roots are those of the signed checkpoints;
 * of the service's answer only the hashes between them are used.
 */
export const continues = (earlier: Checkpoint, later: Checkpoint, proof: readonly string[]): boolean => {
  const [hashes, from, to] = [hashesOf(proof), fromBase64(earlier.root), fromBase64(later.root)]
  if (hashes === null || from === null || to === null) return false
  return verifyConsistency({ size: earlier.size, root: from }, { size: later.size, root: to }, hashes)
}

export type ReceiptVerdict =
  | {
      readonly ok: true
      readonly id: string
      readonly type: string
      /** ms since 1970 */
      readonly recordedAt: number
      readonly index: number
      readonly size: number
      readonly signed: readonly Signed[]
      readonly data: unknown
    }
  | { readonly ok: false; readonly problem: string }

export const verifyReceipt = async (text: string, vkey: string, witnesses: readonly string[]): Promise<ReceiptVerdict> => {
  const [log, ...others] = keysOf([vkey, ...witnesses]) ?? []
  if (log === undefined) return { ok: false, problem: "KEY_UNREADABLE" }
  const checked = await checkReceipt(text, log, others)
  if (!checked.ok) return { ok: false, problem: checked.problem }
  const { id, type, data } = JSON.parse(checked.receipt.content) as { id: string; type: string; data: unknown }
  const { recordedAt, index } = checked.receipt
  const signed = checked.signed.map(({ key, time }) => ({ name: key.name, time }))
  return { ok: true, id, type, recordedAt, index, size: checked.size, signed, data }
}

/** What a browser remembers of the log it has seen, so that a history rewritten since then is noticed. */
export type Remembered = { readonly vkey: string; readonly checkpoint: string; /** ISO 8601 */ readonly at: string }

export const parseRemembered = (text: string | null): Remembered | null => {
  try {
    const value: unknown = JSON.parse(text ?? "null")
    if (typeof value !== "object" || value === null) return null
    const { vkey, checkpoint, at } = value as Record<string, unknown>
    return typeof vkey === "string" && typeof checkpoint === "string" && typeof at === "string" ? { vkey, checkpoint, at } : null
  } catch {
    return null
  }
}

/** `12 s`, `5 min`, `3 h`, `2 d`: how long ago, at least 0. */
export const ageOf = (seconds: number): { readonly count: number; readonly unit: "second" | "minute" | "hour" | "day" } => {
  const at = Math.max(0, Math.floor(seconds))
  if (at < 90) return { count: at, unit: "second" }
  if (at < 5_400) return { count: Math.round(at / 60), unit: "minute" }
  return at < 129_600 ? { count: Math.round(at / 3_600), unit: "hour" } : { count: Math.round(at / 86_400), unit: "day" }
}
