/**
 * Appends: one BatchAppend call, many writes on it, answers matched by correlation id, and exactly one outcome for each within
 * its timer.
 *
 * What the client library's own `appendToStream` does instead (6.2.1, reproduced): pending appends of all clients of the process
 * sit in one map, so an error on one call rejects the appends of healthy ones; an answer that comes after that makes the handler
 * throw a TypeError nobody can catch, which ends the process; an append that is never answered, or whose call the server ends
 * without an error, stays pending for ever. Here the map belongs to the call ("session"): when a session ends in whatever way,
 * its pending appends are drained as `unknown`, those not yet sent wait for the next session, and an answer for an id that is
 * not (or no longer) in the map is counted and dropped.
 */
import { randomUUID } from "node:crypto"
import { type ClientDuplexStream, status } from "@grpc/grpc-js"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { AppendOutcome, NewEvent, Position } from "../port.js"
import { type BatchAnswer, encodeAppend, withCorrelation } from "./append-wire.js"
import { codeOf, type Connection, silent } from "./connection.js"
import type { EventStoreDbLimits } from "./limits.js"
import type { Observed } from "./observed.js"

/** The server refused an append for a reason no retry will change. */
export class AppendRefused extends Error {
  override name = "AppendRefused"
}

type Pending = {
  readonly stream: StreamName
  readonly pieces: readonly Buffer[]
  readonly settle: (outcome: AppendOutcome | AppendRefused) => void
  /** Null until it is sent. */
  session: Session | null
  correlation: string
  latestAtSend: Position | null
  done: boolean
}

type Session = {
  readonly call: ClientDuplexStream<Buffer, BatchAnswer>
  readonly failed: (error: Error) => Promise<void>
  readonly pending: Map<string, Pending>
  readonly idPrefix: string
  sent: number
  answered: number
  /** Appends sent when the last answer came: nothing older than that can still be called silent. */
  sentAtLastAnswer: number
  blocked: boolean
  over: boolean
}

export type AppenderState = {
  readonly inFlight: number
  readonly waiting: number
  /** Answers nobody waited for any more. */
  readonly lateAnswers: number
  /** Sessions that ended with the reason of the last one. */
  readonly sessionsLost: number
  readonly lastLoss: string | null
}

export type Appender = {
  readonly append: (stream: StreamName, expected: number, events: readonly NewEvent[]) => Promise<AppendOutcome>
  readonly state: () => AppenderState
  readonly close: () => Promise<void>
}

/** Kinds of in-band error after which the write may still have been made. */
const undecided = new Set(["Timeout", "Unknown", "Empty", ""])
/** The server's wait for the pieces of an append is its own write timeout, whatever later moment we name; see `append-wire.ts`. */
const deadlineAhead_seconds = 3_600

export const createAppender = (
  connection: Connection,
  observed: Observed,
  limits: EventStoreDbLimits,
  now: () => number,
): Appender => {
  const waiting: Pending[] = []
  let session: Session | null = null
  let opening = false
  let pause_ms = 0
  let inFlight = 0
  let unsettled = 0
  let lateAnswers = 0
  let sessionsLost = 0
  let lastLoss: string | null = null
  let onIdle: (() => void) | null = null

  const settle = (pending: Pending, outcome: AppendOutcome | AppendRefused): void => {
    if (pending.done) return
    pending.done = true
    unsettled -= 1
    if (pending.session !== null) {
      inFlight -= 1
      pending.session.pending.delete(pending.correlation)
      if ("kind" in outcome && outcome.kind === "unknown") observed.doubt(pending.stream)
    }
    pending.settle(outcome)
    if (unsettled === 0) onIdle?.()
  }

  /** Drains the session: whatever it had in flight is unknown, whatever waits goes to the next. */
  const lose = (lost: Session, error: Error): void => {
    if (lost.over) return
    lost.over = true
    if (session === lost) session = null
    sessionsLost += 1
    lastLoss = error.message
    pause_ms = Math.min(limits.backoffLongest_ms, Math.max(limits.backoffFirst_ms, pause_ms * 2))
    const tooOld = codeOf(error) === status.UNIMPLEMENTED
    for (const pending of lost.pending.values()) {
      settle(
        pending,
        tooOld
          ? new AppendRefused("the server has no BatchAppend: EventStoreDB 21.10 or later is needed")
          : { kind: "unknown", cause: error.message },
      )
    }
    lost.call.cancel()
    lost.failed(error).then(flush, flush)
  }

  const outcomeOf = (pending: Pending, answer: BatchAnswer): AppendOutcome | AppendRefused => {
    if (answer.kind === "wrong_version") return { kind: "conflict", actual: answer.actual }
    if (answer.kind === "error") {
      const text = `${answer.type || "error"}: ${answer.message}`
      return undecided.has(answer.type) ? { kind: "unknown", cause: text } : new AppendRefused(`${pending.stream}: ${text}`)
    }
    if (answer.position === null) return { kind: "unknown", cause: "the server wrote nothing and said it had" }
    return observed.outcomeOf(pending.stream, { revision: answer.revision, position: answer.position }, pending.latestAtSend)
  }

  const answered = (on: Session, answer: BatchAnswer): void => {
    const pending = on.pending.get(answer.correlation)
    on.answered += 1
    on.sentAtLastAnswer = on.sent
    pause_ms = 0
    if (pending === undefined) {
      lateAnswers += 1
      return
    }
    const outcome = outcomeOf(pending, answer)
    settle(pending, outcome)
    flush()
  }

  const open = async (): Promise<void> => {
    opening = true
    try {
      if (pause_ms > 0) await new Promise((resolve) => setTimeout(resolve, pause_ms))
      const { call, failed } = await connection.openBatch()
      const opened: Session = {
        call,
        failed,
        pending: new Map(),
        idPrefix: randomUUID().slice(0, 24),
        sent: 0,
        answered: 0,
        sentAtLastAnswer: 0,
        blocked: false,
        over: false,
      }
      call.on("data", (answer: BatchAnswer) => answered(opened, answer))
      call.on("error", (error: Error) => lose(opened, error))
      call.on("end", () => lose(opened, silent("the server ended the append call")))
      call.on("drain", () => {
        opened.blocked = false
        flush()
      })
      session = opened
    } catch (error) {
      lastLoss = error instanceof Error ? error.message : String(error)
      pause_ms = Math.min(limits.backoffLongest_ms, Math.max(limits.backoffFirst_ms, pause_ms * 2))
    } finally {
      opening = false
    }
    flush()
  }

  const send = (on: Session, pending: Pending): void => {
    on.sent += 1
    pending.correlation = on.idPrefix + on.sent.toString(16).padStart(12, "0")
    pending.session = on
    pending.latestAtSend = observed.latest()
    on.pending.set(pending.correlation, pending)
    inFlight += 1
    for (const piece of pending.pieces) {
      if (!on.call.write(withCorrelation(pending.correlation, piece))) on.blocked = true
    }
  }

  /** Timers run out in the order of arrival, so what expired unsent is in front. */
  const trim = (): void => {
    while (waiting[0]?.done ?? false) waiting.shift()
  }

  /** Sends what waits, in order, as far as the session takes it. */
  const flush = (): void => {
    trim()
    if (waiting.length === 0) return
    if (session === null) {
      if (!opening) void open()
      return
    }
    while (!session.blocked && !session.over && inFlight < limits.appendsInFlight_max) {
      const next = waiting.shift()
      if (next === undefined) return
      if (!next.done) send(session, next)
    }
  }

  const expire = (pending: Pending): void => {
    const on = pending.session
    if (on === null) {
      settle(pending, { kind: "unknown", cause: `not sent within ${limits.appendTimeout_ms} ms` })
      return trim()
    }
    const number = Number.parseInt(pending.correlation.slice(24), 16)
    settle(pending, { kind: "unknown", cause: `no answer within ${limits.appendTimeout_ms} ms` })
    // Not one answer since it was sent: the call itself is dead, and nobody else should wait for it.
    if (on.sentAtLastAnswer < number) lose(on, silent("no answer on the append call"))
  }

  return {
    append: (stream, expected, events) =>
      new Promise((resolve, reject) => {
        if (unsettled - inFlight >= limits.appendsWaiting_max) {
          return resolve({ kind: "unknown", cause: `${unsettled - inFlight} appends are waiting already` })
        }
        const deadline_seconds = Math.ceil(now() / 1_000) + deadlineAhead_seconds
        const pending: Pending = {
          stream,
          pieces: encodeAppend({ stream, expected, events, deadline_seconds }, limits),
          settle: (outcome) => {
            clearTimeout(timer)
            if (outcome instanceof AppendRefused) reject(outcome)
            else resolve(outcome)
          },
          session: null,
          correlation: "",
          latestAtSend: null,
          done: false,
        }
        const timer = setTimeout(() => expire(pending), limits.appendTimeout_ms)
        unsettled += 1
        waiting.push(pending)
        flush()
      }),
    state: () => ({ inFlight, waiting: unsettled - inFlight, lateAnswers, sessionsLost, lastLoss }),
    close: async () => {
      if (unsettled > 0) {
        await new Promise<void>((resolve) => {
          onIdle = resolve
        })
      }
      const last = session
      if (last === null) return
      last.over = true
      session = null
      last.call.cancel()
    },
  }
}
