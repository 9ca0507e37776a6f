/** The log's side of witnessing: asks each witness to sign a checkpoint and adds the signatures that are good. */
import { textOf, utf8 } from "./bytes.js"
import { parseCheckpoint } from "./checkpoint.js"
import { formatNote, type NoteKey, parseNote, parseSignatures, type Signature, verifyNote } from "./note.js"
import { type LogReader, readLog } from "./reader.js"
import { checkpointPath } from "./tile-path.js"
import type { TileStore } from "./tile-store.js"
import { formatAddCheckpoint } from "./witness.js"

/** The answer of `POST add-checkpoint`. */
export type WitnessReply = { readonly status: number; readonly body: string }
export type WitnessDoor = {
  readonly key: NoteKey
  /** Throws when the witness cannot be reached. */
  readonly post: (body: string) => Promise<WitnessReply>
}

type Refusal = { readonly witness: string; readonly status: number | null; readonly what: string }

export type Cosigning = {
  /** The checkpoint with every good signature. */
  readonly text: string
  readonly signed: readonly NoteKey[]
  /** Witnesses that did not sign, each with its reason in words. */
  readonly refused: readonly Refusal[]
}

/** Newest checkpoint that witnesses have signed; `checkpoint` itself moves on every second. */
export const witnessedPath = "checkpoint.witnessed"

const conflict = 409

/** Asks with the size the witness is thought to know; it answers 409 and the right one when that is wrong. */
const askOne = async (door: WitnessDoor, reader: LogReader, note: string, size: number): Promise<WitnessReply> => {
  const ask = async (old: number): Promise<WitnessReply> =>
    door.post(formatAddCheckpoint({ old, proof: await reader.consistency(old, size), note }))
  const first = await ask(0)
  const known = /^[0-9]{1,16}\n$/u.test(first.body) ? Number(first.body) : Number.NaN
  return first.status === conflict && known > 0 && known <= size ? ask(known) : first
}

/** @param text a checkpoint signed by the log, of at most the reader's size */
export const collectCosignatures = async (
  text: string,
  reader: LogReader,
  witnesses: readonly WitnessDoor[],
): Promise<Cosigning> => {
  const note = parseNote(text)
  const checkpoint = parseCheckpoint(note?.text ?? "")
  if (note === null || checkpoint === null) throw new Error("not a checkpoint")
  const answers = await Promise.all(
    witnesses.map(async (door): Promise<Signature | Refusal> => {
      const witness = door.key.name
      try {
        const { status, body } = await askOne(door, reader, text, checkpoint.size)
        const lines = status === 200 ? parseSignatures(body) : null
        if (lines === null) return { witness, status, what: body.trim() }
        for (const signature of lines) {
          const verified = await verifyNote({ text: note.text, signatures: [signature] }, [door.key])
          if (verified?.length === 1) return signature
        }
        return { witness, status, what: "its signature does not hold" }
      } catch (cause) {
        return { witness, status: null, what: String(cause) }
      }
    }),
  )
  const good = answers.filter((answer) => "signature" in answer)
  const signatures = [...note.signatures.filter(({ name }) => !good.some((one) => one.name === name)), ...good]
  return {
    text: formatNote({ text: note.text, signatures }),
    signed: witnesses.map(({ key }) => key).filter(({ name }) => good.some((one) => one.name === name)),
    refused: answers.filter((answer): answer is Refusal => !("signature" in answer)),
  }
}

/** Has the current checkpoint signed and keeps it; null when there is none, or nobody has signed. */
export const cosignCurrent = async (tiles: TileStore, witnesses: readonly WitnessDoor[]): Promise<Cosigning | null> => {
  const bytes = await tiles.read(checkpointPath)
  if (bytes === null || witnesses.length === 0) return null
  const text = textOf(bytes)
  const size = parseCheckpoint(parseNote(text)?.text ?? "")?.size ?? 0
  if (size === 0) return null
  const cosigning = await collectCosignatures(text, readLog(tiles, size), witnesses)
  if (cosigning.signed.length > 0) await tiles.write([{ path: witnessedPath, bytes: utf8(cosigning.text) }])
  return cosigning
}
