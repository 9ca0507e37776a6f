/** Reads: bounded, with a timer against silence, tried again while the error is one that passes. */
import { status } from "@grpc/grpc-js"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { AllPage, Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from "../port.js"
import { codeOf, type Connection, ConnectionClosed, isNotLeader, silent } from "./connection.js"
import type { EventStoreDbLimits } from "./limits.js"
import type { Observed } from "./observed.js"
import { laterOf } from "./position.js"
import { allRequest, headRequest, type ReadMessage, streamRequest } from "./read-wire.js"

/** Thrown when a read failed for good or for too long; the cause is the last error. */
export class ReadFailed extends Error {
  override name = "ReadFailed"
}

const passing = new Set<number>([status.UNAVAILABLE, status.CANCELLED, status.ABORTED, status.DEADLINE_EXCEEDED, status.INTERNAL])
/** Errors that a later try may not meet: the node went away, moved, or was slow. */
export const mayPass = (error: unknown): boolean => {
  if (error instanceof ConnectionClosed) return false
  const code = codeOf(error)
  return code === null || passing.has(code) || isNotLeader(error)
}

export type Reader = {
  readonly readStream: (stream: StreamName, options: ReadStreamOptions) => Promise<readonly RecordedEvent[]>
  readonly readAll: (options: ReadAllOptions) => Promise<AllPage>
  readonly head: () => Promise<Position | null>
}

/** Where an event or a tombstone stands. */
const positionOf = (message: ReadMessage): Position[] => {
  if (message.kind === "event") return [message.event.position]
  return message.kind === "tombstone" ? [message.position] : []
}

type Page = { readonly events: readonly RecordedEvent[]; readonly last: Position | null; readonly full: boolean }

/** All messages of one read call. */
const collect = async (connection: Connection, request: Buffer, idle_ms: number): Promise<readonly ReadMessage[]> => {
  const { call, failed } = await connection.openRead(request)
  const messages: ReadMessage[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(silent(`no message of a read within ${idle_ms} ms`)), idle_ms)
      const settle = (then: () => void) => (): void => {
        clearTimeout(timer)
        then()
      }
      call.on("data", (message: ReadMessage) => {
        messages.push(message)
        timer.refresh()
      })
      call.on("end", settle(resolve))
      call.on("error", (error: Error) => settle(() => reject(error))())
    })
    return messages
  } catch (error) {
    call.cancel()
    await failed(error as Error)
    throw error
  }
}

export const createReader = (connection: Connection, observed: Observed, limits: EventStoreDbLimits): Reader => {
  const read = async (request: Buffer): Promise<readonly ReadMessage[]> => {
    let pause_ms = limits.backoffFirst_ms
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await collect(connection, request, limits.readIdle_ms)
      } catch (error) {
        if (attempt >= limits.readTries_max || !mayPass(error)) {
          throw new ReadFailed(`read failed after ${attempt} tries: ${(error as Error).message}`, { cause: error })
        }
        await new Promise((resolve) => setTimeout(resolve, pause_ms))
        pause_ms = Math.min(limits.backoffLongest_ms, pause_ms * 2)
      }
    }
  }
  const eventsOf = (messages: readonly ReadMessage[]): readonly RecordedEvent[] => {
    const events: RecordedEvent[] = []
    for (const message of messages) if (message.kind === "event") events.push(message.event)
    return events
  }

  const head = async (): Promise<Position | null> => {
    const [event] = eventsOf(await read(headRequest(limits.searchWindow_events)))
    const position = event?.position ?? null
    observed.sawPosition(position)
    return position
  }

  /** At most `max` events after `from`; `full` when more may follow. */
  const readPage = async (from: Position | null, max: number, prefixes: readonly string[] | undefined): Promise<Page> => {
    // The server begins at `from` itself, where an event of ours may stand; one more than asked for makes up for it.
    const wanted = from === null ? max : max + 1
    const messages = await read(allRequest(from, wanted, prefixes, limits.searchWindow_events))
    const counted = messages.flatMap(positionOf)
    const events = eventsOf(messages).filter(({ position }) => from === null || position > from)
    const page = events.slice(0, max)
    const last = (events.length > max ? page.at(-1)?.position : counted.at(-1)) ?? null
    observed.sawPosition(last)
    return { events: page, last: laterOf(last, from), full: counted.length >= wanted || page.length >= max }
  }

  /**
   * A full page is one call. A short one has considered everything that stood in the log before it was read: that is known up to
   * the latest position seen until then, and when the log goes further, a second page is read up to there.
   */
  const readAll = async ({ after, max, prefixes }: ReadAllOptions): Promise<AllPage> => {
    if (max <= 0) return { events: [], next: after, atEnd: false }
    const seen = observed.latest()
    const first = await readPage(after, max, prefixes)
    if (first.full) return { events: first.events, next: first.last, atEnd: false }
    const considered = laterOf(first.last, seen)
    const end = await head()
    if (end === null || (considered !== null && end <= considered)) return { events: first.events, next: considered, atEnd: true }
    const second = await readPage(considered, max - first.events.length, prefixes)
    const events = [...first.events, ...second.events]
    if (second.full) return { events, next: second.last, atEnd: false }
    return { events, next: laterOf(second.last, end), atEnd: true }
  }

  return {
    head,
    readStream: async (stream, { direction, from, max }) => {
      if (max <= 0) return []
      const events = eventsOf(await read(streamRequest(stream, direction === "backwards", from ?? null, max)))
      for (const { position } of events) observed.sawPosition(position)
      return events
    },
    readAll,
  }
}
