/** One commit in the making: applies the append rules to waiting appends and packs what they write into blocks. */
import type { StreamName } from "@tongzhang/domain/stream-name"
import { noStream, type AppendOutcome, type NewEvent } from "../port.js"
import {
  blockHeaderBytes,
  positionOfHead,
  recordHasId,
  recordPrevious,
  recordRevision,
  toPosition,
  writeBlockHeader,
  writeRecord,
  type Head,
  type RecordPlace,
} from "./layout.js"
import type { EmbeddedLimits } from "./limits.js"

export type WaitingAppend = {
  readonly stream: StreamName
  readonly expected: number
  readonly events: readonly NewEvent[]
  /** Upper bound of the bytes it will take in a block. */
  readonly bytesMax: number
  readonly resolve: (outcome: AppendOutcome) => void
}

export type Block = { readonly key: number; readonly bytes: Buffer }

export type Batch = {
  /** False: this one must wait for the next commit. */
  readonly take: (append: WaitingAppend) => boolean
  readonly seal: () => {
    readonly blocks: readonly Block[]
    readonly heads: ReadonlyMap<StreamName, Head>
    readonly answers: readonly { readonly append: WaitingAppend; readonly outcome: AppendOutcome }[]
    /** Position of the last event once committed. */
    readonly last: number
  }
}

type BatchInput = {
  /** Position of the last committed event. */
  readonly committed: number
  readonly headOf: (stream: StreamName) => Head | undefined
  readonly blockAt: (key: number) => Buffer | undefined
  readonly recordedAt: number
  readonly limits: EmbeddedLimits
  /** Reused by every batch: the one before is on disk by now. */
  readonly arena: Buffer
}

/** Compares the ids with the events that stand at `expected + 1` and after. All of them are committed. */
const compareRetry = (append: WaitingAppend, head: Head, blockAt: BatchInput["blockAt"]): AppendOutcome => {
  const conflict: AppendOutcome = { kind: "conflict", actual: head.revision }
  const last = append.expected + append.events.length
  if (last > head.revision) return conflict
  let place: RecordPlace | null = head
  let key = 0
  let block: Buffer | undefined
  let position = positionOfHead(head)
  while (place !== null) {
    if (place.block !== key) [key, block] = [place.block, blockAt(place.block)]
    if (block === undefined) throw new Error(`block ${place.block} of ${append.stream} is missing: the store is damaged`)
    const revision = recordRevision(block, place.offset)
    if (revision <= append.expected) break
    if (revision === last) position = place.block + block.readUInt32LE(place.offset + 20)
    const event = append.events[revision - append.expected - 1]
    if (event !== undefined && !recordHasId(block, place.offset, event.id)) return conflict
    place = recordPrevious(block, place.offset)
  }
  return { kind: "already_there", revision: last, position: toPosition(position) }
}

export const createBatch = (input: BatchInput): Batch => {
  const { limits, committed } = input
  const heads = new Map<StreamName, Head>()
  const answers: { append: WaitingAppend; outcome: AppendOutcome }[] = []
  const blocks: Block[] = []
  let arena = input.arena
  let used = 0
  let blockStart = 0
  let blockKey = committed + 1
  let count = 0
  let events = 0

  const closeBlock = (): void => {
    if (count === 0) return
    writeBlockHeader(arena, blockStart, count, input.recordedAt)
    blocks.push({ key: blockKey, bytes: arena.subarray(blockStart, used) })
    blockKey += count
    blockStart = used
    count = 0
  }

  const write = (append: WaitingAppend, head: Head | undefined): AppendOutcome => {
    if (count > 0 && used - blockStart + append.bytesMax > limits.blockBytes) closeBlock()
    if (count === 0) {
      // Too big for the arena: only ever the first of a batch, so nothing written needs to move.
      if (used + blockHeaderBytes + append.bytesMax > arena.length)
        arena = Buffer.allocUnsafeSlow(blockHeaderBytes + append.bytesMax)
      used = blockStart + blockHeaderBytes
    }
    let previous: RecordPlace | null = head ?? null
    let revision = append.expected
    let offset = 0
    for (const event of append.events) {
      revision += 1
      offset = used - blockStart
      used = writeRecord(arena, used, { stream: append.stream, event, revision, index: count, previous })
      previous = { block: blockKey, offset }
      count += 1
    }
    events += append.events.length
    const written = { block: blockKey, offset, revision, index: count - 1 }
    heads.set(append.stream, written)
    return { kind: "appended", revision, position: toPosition(positionOfHead(written)) }
  }

  const fits = (append: WaitingAppend): boolean =>
    events === 0 ||
    (events + append.events.length <= limits.commitEventsMax && used + blockHeaderBytes + append.bytesMax <= arena.length)

  const take = (append: WaitingAppend): boolean => {
    const inBatch = heads.get(append.stream)
    const head = inBatch ?? input.headOf(append.stream)
    const actual = head?.revision ?? noStream
    let outcome: AppendOutcome
    if (append.expected > actual) outcome = { kind: "conflict", actual }
    else if (append.events.length === 0) {
      outcome = { kind: "already_there", revision: actual, position: toPosition(head === undefined ? 0 : positionOfHead(head)) }
    } else if (append.expected === actual) {
      if (!fits(append)) return false
      outcome = write(append, head)
    } else if (inBatch !== undefined) {
      // To compare ids it must be on disk first.
      return false
    } else outcome = head === undefined ? { kind: "conflict", actual } : compareRetry(append, head, input.blockAt)
    answers.push({ append, outcome })
    return true
  }

  return {
    take,
    seal: () => {
      closeBlock()
      return { blocks, heads, answers, last: blockKey - 1 }
    },
  }
}
