/** Streams.Read: one stream or `$all`, both ways, to a count. Subscriptions are in `subscribe.ts`. */
import { type ServerWritableStream, type ServiceError, status } from "@grpc/grpc-js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import { eventBytes, eventResponse, failure, identifierOf, notLeader, streamDeleted, streamNameOf } from "./codec.js"
import { type NodeContext, statusOfFault, writeThrough } from "./context.js"
import type { Fault } from "./faults.js"
import { filterOf } from "./filter.js"
import type { NodeLog } from "./log.js"
import type { LogRecord } from "./record.js"
import { subscribe } from "./subscribe.js"

/** Bytes of a `ReadResp`, or the message itself. */
export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp | Buffer>

const unknown = (): Partial<ServiceError> => failure(status.UNKNOWN, "Unexpected ReadStreamResult: Error")
const isForwards = (options: streams.ReadReq.Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS

/** `{revision}@{stream}` of a `$>` event; the target is null when it is gone. */
const resolve = (log: NodeLog, record: LogRecord, wanted: boolean): streams.ReadResp | Buffer => {
  if (!wanted || record.type !== "$>") return eventBytes(record)
  const [, revision, stream] = /^(\d+)@(.+)$/s.exec(Buffer.from(record.data).toString("utf8")) ?? []
  const shown = stream === undefined ? null : log.visible(stream)
  const index = Number(revision)
  const target = shown !== null && index >= shown.first ? shown.records[index] : undefined
  return eventResponse(target ?? null, record)
}

/** Records of one stream in the order asked for, or the status that refuses the read; null for a stream that is not there. */
const streamRecords = function* (shown: { records: readonly LogRecord[]; first: number }, from: number, forwards: boolean) {
  const { records, first } = shown
  const step = forwards ? 1 : -1
  const start = forwards ? Math.max(from, first) : Math.min(from, records.length - 1)
  for (let index = start; index >= first && index < records.length; index += step) {
    const record = records[index]
    if (record !== undefined) yield record
  }
}

/** Index in the log where a read of `$all` begins; null for a position between two records. */
export const allIndex = (log: NodeLog, position: streams.ReadReq.Options.Position): number | null => {
  const wanted = Number(position.getCommitPosition())
  const index = log.indexAt(wanted)
  const exact = log.all[index]?.position === wanted || wanted === 0 || index === log.all.length
  return exact ? index : null
}

const allRecords = function* (log: NodeLog, from: number, forwards: boolean): Generator<LogRecord> {
  const step = forwards ? 1 : -1
  for (let index = from; index >= 0 && index < log.all.length; index += step) {
    const record = log.all[index]
    if (record !== undefined) yield record
  }
}

type Planned = Iterable<LogRecord> | Partial<ServiceError> | null
const isRefusal = (planned: Exclude<Planned, null>): planned is Partial<ServiceError> => "code" in planned

const planStream = (log: NodeLog, options: streams.ReadReq.Options, wanted: streams.ReadReq.Options.StreamOptions): Planned => {
  const stream = streamNameOf(wanted.getStreamIdentifier())
  if (log.isTombstoned(stream)) return streamDeleted(stream)
  const forwards = isForwards(options)
  if (forwards && wanted.hasEnd()) return unknown()
  const shown = log.visible(stream)
  if (shown === null) return null
  const last = shown.records.length - 1
  const from = wanted.hasRevision() ? Number(wanted.getRevision()) : wanted.hasEnd() ? last : 0
  return streamRecords(shown, from, forwards)
}

const planAll = (log: NodeLog, options: streams.ReadReq.Options, wanted: streams.ReadReq.Options.AllOptions): Planned => {
  const forwards = isForwards(options)
  const position = wanted.getPosition()
  const index = position === undefined ? (wanted.hasEnd() ? log.all.length : 0) : allIndex(log, position)
  if (index === null) return failure(status.UNKNOWN, "Unexpected ReadAllResult: Error")
  // Backwards gives the events that end at or before the position: the one that begins there is not among them.
  return allRecords(log, forwards ? index : index - 1, forwards)
}

const send = async (node: NodeContext, call: ReadCall, records: Iterable<LogRecord>, fault: Fault | null): Promise<void> => {
  const options = call.request.getOptions() ?? new streams.ReadReq.Options()
  const filter = options.hasAll() ? filterOf(options) : null
  let left = BigInt(options.getCount() || "0")
  let sent = 0
  for (const record of records) {
    if (left === 0n) break
    if (filter !== null && !filter.matches(record)) continue
    if (fault !== null && "afterEvents" in fault && sent >= fault.afterEvents) break
    if (!(await writeThrough(call, resolve(node.log, record, options.getResolveLinks())))) return
    left -= 1n
    sent += 1
  }
  if (fault?.kind === "drop") call.emit("error", failure(status.ABORTED, "Operation timed out"))
  else if (fault?.kind !== "stall") call.end()
}

const answer = async (
  node: NodeContext,
  call: ReadCall,
  options: streams.ReadReq.Options,
  fault: Fault | null,
): Promise<void> => {
  const wanted = options.getStream()
  const planned: Planned =
    options.getCount() === "0"
      ? unknown()
      : wanted === undefined
        ? planAll(node.log, options, options.getAll() ?? new streams.ReadReq.Options.AllOptions())
        : planStream(node.log, options, wanted)
  if (planned === null) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(
      identifierOf(streamNameOf(wanted?.getStreamIdentifier())),
    )
    call.write(new streams.ReadResp().setStreamNotFound(missing))
    call.end()
    return
  }
  if (isRefusal(planned)) {
    call.emit("error", planned)
    return
  }
  await send(node, call, planned, fault)
}

export const handleRead =
  (node: NodeContext) =>
  (call: ReadCall): void => {
    const options = call.request.getOptions() ?? new streams.ReadReq.Options()
    const leader = call.metadata.get("requires-leader")[0] === "true" ? node.leader() : null
    if (leader !== null) {
      call.emit("error", notLeader(leader))
      return
    }
    const subscription = options.hasSubscription()
    const fault = node.faults.next(subscription ? "subscribe" : "read")
    const spoiled = statusOfFault(fault)
    if (spoiled !== null) {
      call.emit("error", spoiled)
      return
    }
    if (fault?.kind === "die") return node.die()
    if (fault?.kind === "never_answer") return
    const run = (): void => {
      const work = subscription ? subscribe(node, call, fault) : answer(node, call, options, fault)
      work.catch((error: unknown) => call.emit("error", failure(status.UNKNOWN, String(error))))
    }
    if (fault?.kind === "answer_late") setTimeout(run, fault.delay_ms)
    else run()
  }
