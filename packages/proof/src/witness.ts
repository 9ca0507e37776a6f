/**
 * A witness (c2sp.org/tlog-witness): another province that signs a log's checkpoint only when it continues the last one it signed.
 * So the log cannot show two histories, or take one back, without a witness noticing; what it noticed is kept as evidence.
 */
import { fromBase64, sameBytes, textOf, toBase64, utf8 } from "./bytes.js"
import { type Checkpoint, openCheckpoint } from "./checkpoint.js"
import { hash_bytes, type Hash, verifyConsistency } from "./merkle.js"
import { formatSignature, type NoteKey, type Signature } from "./note.js"
import type { CosignSigner } from "./signer.js"
import type { TileStore } from "./tile-store.js"

export type WitnessOptions = {
  readonly signer: CosignSigner
  /** Keys of the logs it watches; a key's name is its log's origin. */
  readonly logs: readonly NoteKey[]
  /** Where it keeps what it has signed; losing this loses its memory, so keep it apart from the log. */
  readonly state: TileStore
  /** ms since 1970 */
  readonly now: () => number
}

export type WitnessRefusal = {
  readonly kind: "refused"
  readonly status: 400 | 403 | 404 | 409 | 422
  readonly rule:
    | "REQUEST_UNREADABLE"
    | "LOG_UNKNOWN"
    | "CHECKPOINT_NOT_SIGNED"
    | "OLD_SIZE_DIFFERS"
    | "SPLIT_VIEW"
    | "ROLLBACK"
    | "HISTORY_INCONSISTENT"
  readonly what: string
  /** Size of the last checkpoint this witness signed for the log. */
  readonly size: number
}
export type WitnessAnswer = { readonly kind: "cosigned"; readonly signature: Signature; readonly line: string } | WitnessRefusal

export type WitnessState = { readonly size: number; readonly note: string }

export type Witness = {
  readonly key: NoteKey
  /** One at a time per witness; what it signs is durable before it answers. */
  readonly addCheckpoint: (body: string) => Promise<WitnessAnswer>
  /** The last checkpoint signed for a log, and whatever spoke against it. */
  readonly lastOf: (origin: string) => Promise<WitnessState | null>
  readonly evidenceOf: (origin: string) => Promise<readonly string[]>
}

export type AddCheckpoint = { readonly old: number; readonly proof: readonly Hash[]; readonly note: string }

const proof_lines_max = 63

export const formatAddCheckpoint = ({ old, proof, note }: AddCheckpoint): string =>
  `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join("")}\n${note}`

/** Null when the body has another form. */
export const parseAddCheckpoint = (body: string): AddCheckpoint | null => {
  const split = body.indexOf("\n\n")
  const [first = "", ...lines] = body.slice(0, Math.max(split, 0)).split("\n")
  const [, old] = /^old (0|[1-9][0-9]{0,15})$/u.exec(first) ?? []
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === hash_bytes) as Hash[]
  if (split < 0 || old === undefined || lines.length > proof_lines_max || proof.length !== lines.length) return null
  return { old: Number(old), proof, note: body.slice(split + 2) }
}

const folderOf = (origin: string): string => encodeURIComponent(origin)

type Known = { readonly note: string; readonly checkpoint: Checkpoint } | null

/** What speaks against a checkpoint that the log has signed; null when nothing does. */
const objection = (known: Known, request: AddCheckpoint, offered: Checkpoint): Omit<WitnessRefusal, "kind" | "size"> | null => {
  const last = known?.checkpoint ?? { size: 0, root: new Uint8Array(0) }
  const { size } = offered
  if (request.old > size) return { status: 400, rule: "REQUEST_UNREADABLE", what: `old ${request.old} is larger than ${size}` }
  if (size < last.size)
    return { status: 409, rule: "ROLLBACK", what: `offered size ${size}, but size ${last.size} was already signed` }
  if (size === last.size && last.size > 0 && !sameBytes(offered.root, last.root))
    return { status: 409, rule: "SPLIT_VIEW", what: `two checkpoints of size ${size} with different roots` }
  if (request.old !== last.size)
    return { status: 409, rule: "OLD_SIZE_DIFFERS", what: `the last signed size is ${last.size}, not ${request.old}` }
  if (last.size === 0 ? request.proof.length > 0 : !verifyConsistency(last, offered, request.proof))
    return {
      status: 422,
      rule: "HISTORY_INCONSISTENT",
      what: `the proof does not lead from the signed size ${last.size} to ${size}: history was rewritten, or the proof is false`,
    }
  return null
}

/** These are signed statements of the log that cannot both be true, or look so: kept with what was signed before. */
const damning: readonly WitnessRefusal["rule"][] = ["SPLIT_VIEW", "ROLLBACK", "HISTORY_INCONSISTENT"]

export const createWitness = ({ signer, logs, state, now }: WitnessOptions): Witness => {
  const known = async (log: NoteKey): Promise<Known> => {
    const bytes = await state.read(`${folderOf(log.name)}/signed`)
    if (bytes === null) return null
    const note = textOf(bytes)
    const opened = await openCheckpoint(note, log)
    if (typeof opened === "string") throw new Error(`what this witness kept for ${log.name} is damaged: ${opened}`)
    return { note, checkpoint: opened.checkpoint }
  }
  const keepEvidence = async (log: NoteKey, rule: string, offered: string, signed: Known): Promise<void> => {
    const path = `${folderOf(log.name)}/evidence/${now()}-${rule}`
    await state.write([{ path, bytes: utf8(`${rule}\n\noffered:\n${offered}\nsigned before:\n${signed?.note ?? "nothing"}`) }])
  }
  const decide = async (body: string): Promise<WitnessAnswer> => {
    const refused = (status: WitnessRefusal["status"], rule: WitnessRefusal["rule"], what: string, size = 0): WitnessRefusal => ({
      kind: "refused",
      status,
      rule,
      what,
      size,
    })
    const request = parseAddCheckpoint(body)
    if (request === null) return refused(400, "REQUEST_UNREADABLE", "takes: old SIZE, proof lines, an empty line, a checkpoint")
    const origin = request.note.slice(0, request.note.indexOf("\n"))
    const log = logs.find(({ name }) => name === origin)
    if (log === undefined) return refused(404, "LOG_UNKNOWN", `this witness does not watch ${origin}`)
    const opened = await openCheckpoint(request.note, log)
    if (typeof opened === "string") return refused(403, "CHECKPOINT_NOT_SIGNED", opened)
    const last = await known(log)
    const against = objection(last, request, opened.checkpoint)
    if (against !== null) {
      if (damning.includes(against.rule)) await keepEvidence(log, against.rule, request.note, last)
      return { kind: "refused", ...against, size: last?.checkpoint.size ?? 0 }
    }
    await state.write([{ path: `${folderOf(origin)}/signed`, bytes: utf8(request.note) }])
    const signature = signer.cosign(opened.note.text, Math.floor(now() / 1000))
    return { kind: "cosigned", signature, line: formatSignature(signature) }
  }

  let line: Promise<unknown> = Promise.resolve()
  return {
    key: signer.key,
    addCheckpoint: (body) => {
      const answer = line.then(() => decide(body))
      line = answer.catch(() => undefined)
      return answer
    },
    lastOf: async (origin) => {
      const log = logs.find(({ name }) => name === origin)
      const last = log === undefined ? null : await known(log)
      return last === null ? null : { size: last.checkpoint.size, note: last.note }
    },
    evidenceOf: async (origin) => {
      const folder = `${folderOf(origin)}/evidence`
      const names = await state.list(folder)
      const texts = await Promise.all(names.map(async (name) => state.read(`${folder}/${name}`)))
      return texts.filter((bytes) => bytes !== null).map(textOf)
    },
  }
}
