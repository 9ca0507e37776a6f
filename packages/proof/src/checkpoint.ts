/** Checkpoints (c2sp.org/tlog-checkpoint): origin, size and root of the log, as a signed note. */
import { fromBase64, toBase64 } from "./bytes.js"
import { hash_bytes, type Hash } from "./merkle.js"
import { type Note, type NoteKey, parseNote, type Verified, verifyNote } from "./note.js"

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Hash }

export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`

/** The body of a checkpoint; extension lines are allowed and not read. Null when it is none. */
export const parseCheckpoint = (text: string): Checkpoint | null => {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n")
  const bytes = fromBase64(root)
  const extensions = rest.slice(0, -1)
  if (origin === "" || !/^(0|[1-9][0-9]{0,15})$/u.test(size) || bytes?.length !== hash_bytes) return null
  if (rest.at(-1) !== "" || extensions.includes("")) return null
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root: bytes } : null
}

export type SignedCheckpoint = { readonly note: Note; readonly checkpoint: Checkpoint; readonly verified: readonly Verified[] }
export type CheckpointProblem = "NOT_A_CHECKPOINT" | "SIGNATURE_FALSE" | "NOT_SIGNED_BY_LOG"

/**
 * Reads a checkpoint and checks its signatures against the keys that the reader trusts.
 * @param log the log's own key; its name is the origin the checkpoint must carry
 * @param witnesses keys of cosigners; unknown signatures are passed over
 */
export const openCheckpoint = async (
  text: string,
  log: NoteKey,
  witnesses: readonly NoteKey[] = [],
): Promise<SignedCheckpoint | CheckpointProblem> => {
  const note = parseNote(text)
  const checkpoint = note === null ? null : parseCheckpoint(note.text)
  if (note === null || checkpoint === null) return "NOT_A_CHECKPOINT"
  const verified = await verifyNote(note, [log, ...witnesses])
  if (verified === null) return "SIGNATURE_FALSE"
  if (checkpoint.origin !== log.name || !verified.some(({ key }) => key === log)) return "NOT_SIGNED_BY_LOG"
  return { note, checkpoint, verified }
}
