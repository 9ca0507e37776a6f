/**
 * Catch-up subscriptions: confirmation, history, caughtUp once, live. One loop over the log, so nothing falls between history
 * and live; a slow reader is held by flow control and never dropped unless a test orders it.
 */
import { randomUUID } from "node:crypto"
import { type ServiceError, status } from "@grpc/grpc-js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import { eventBytes, failure, streamDeleted, streamNameOf } from "./codec.js"
import { type NodeContext, writeThrough } from "./context.js"
import type { Fault } from "./faults.js"
import { type Filter, filterOf } from "./filter.js"
import type { NodeLog } from "./log.js"
import { allIndex, type ReadCall } from "./read.js"
import type { LogRecord } from "./record.js"

/** Where the subscription stands, and what comes next there. */
type Source = {
  /** The next record, matching or not; null at the end. */
  readonly next: () => LogRecord | null
  readonly filter: Filter | null
  readonly refusal: () => Partial<ServiceError> | null
}

const allSource = (log: NodeLog, options: streams.ReadReq.Options): Source | Partial<ServiceError> => {
  const wanted = options.getAll() ?? new streams.ReadReq.Options.AllOptions()
  const position = wanted.getPosition()
  let index: number | null = wanted.hasEnd() ? log.all.length : 0
  if (position !== undefined) {
    index = allIndex(log, position)
    // The start is exclusive: the first event is the one after the position.
    if (index !== null && log.all[index]?.position === Number(position.getCommitPosition())) index += 1
  }
  if (index === null) return failure(status.UNKNOWN, "Unexpected subscription start: not a record")
  let at = index
  return { next: () => log.all[at++] ?? (at--, null), filter: filterOf(options), refusal: () => null }
}

const streamSource = (log: NodeLog, options: streams.ReadReq.Options): Source | Partial<ServiceError> => {
  const wanted = options.getStream() ?? new streams.ReadReq.Options.StreamOptions()
  const stream = streamNameOf(wanted.getStreamIdentifier())
  if (options.hasFilter()) return failure(status.INVALID_ARGUMENT, "The combination of options is invalid")
  const end = log.visible(stream)?.records.length ?? 0
  let at = wanted.hasRevision() ? Number(wanted.getRevision()) + 1 : wanted.hasEnd() ? end : 0
  return {
    next: () => {
      const shown = log.visible(stream)
      if (shown === null) return null
      at = Math.max(at, shown.first)
      const record = shown.records[at]
      if (record === undefined) return null
      at += 1
      return record
    },
    filter: null,
    refusal: () => (log.isTombstoned(stream) ? streamDeleted(stream) : null),
  }
}

const checkpointOf = (record: LogRecord): streams.ReadResp => {
  const checkpoint = new streams.ReadResp.Checkpoint()
  checkpoint.setCommitPosition(String(record.position)).setPreparePosition(String(record.position))
  return new streams.ReadResp().setCheckpoint(checkpoint)
}

const waitForWrite = (log: NodeLog, call: ReadCall): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (open: boolean): void => {
      unlisten()
      call.off("cancelled", onGone)
      call.off("close", onGone)
      resolve(open)
    }
    const onGone = (): void => settle(false)
    const unlisten = log.onWrite(() => settle(true))
    call.once("cancelled", onGone)
    call.once("close", onGone)
  })

/** True when the fault has struck and the subscription is over (or silent for ever). */
const strike = (call: ReadCall, fault: Fault | null, sent: number): boolean => {
  if (fault?.kind === "end_stream") call.end()
  else if (fault === null || !("afterEvents" in fault) || sent < fault.afterEvents) return false
  else if (fault.kind === "drop") {
    const reason = "Operation timed out: Consumer too slow to handle event while live. Client resubscription required."
    call.emit("error", failure(status.ABORTED, reason))
  }
  return true
}

export const subscribe = async (node: NodeContext, call: ReadCall, fault: Fault | null): Promise<void> => {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options()
  const source = options.hasAll() ? allSource(node.log, options) : streamSource(node.log, options)
  if ("code" in source) {
    call.emit("error", source)
    return
  }
  const { next, filter, refusal } = source as Source
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())
  call.write(new streams.ReadResp().setConfirmation(confirmation))
  let considered = 0
  let sent = 0
  let live = false
  while (!call.cancelled && !call.destroyed) {
    const refused = refusal()
    if (refused !== null) {
      call.emit("error", refused)
      return
    }
    if (strike(call, fault, sent)) return
    const record = next()
    if (record === null) {
      if (!live && node.saysCaughtUp) call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()))
      live = true
      if (!(await waitForWrite(node.log, call))) return
      continue
    }
    considered += 1
    if (filter === null || filter.matches(record)) {
      sent += 1
      if (!(await writeThrough(call, eventBytes(record)))) return
    }
    if (filter !== null && considered % filter.checkpointEvery === 0) call.write(checkpointOf(record))
    // A long history must not hold up everyone else in the process.
    if (considered % 500 === 0) await new Promise(setImmediate)
  }
}
