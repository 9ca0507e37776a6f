/** Streams.Append (one write per call) and Streams.BatchAppend (many writes on one call, answered by correlation id). */
import {
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServiceError,
  status as grpcStatus,
} from "@grpc/grpc-js"
import code from "@eventstore/db-client/generated/code_pb.js"
import shared from "@eventstore/db-client/generated/shared_pb.js"
import statusPb from "@eventstore/db-client/generated/status_pb.js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import anyPb from "google-protobuf/google/protobuf/any_pb.js"
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js"
import { empty, expectedOf, failure, identifierOf, streamDeleted, streamNameOf, tooBig, uuidText } from "./codec.js"
import { appendBytes, type NodeContext, refuseProposed, statusOfFault, whenSettled, writesDespite } from "./context.js"
import type { Fault } from "./faults.js"
import type { AppendResult, Expected, ProposedEvent } from "./record.js"

type Proposed = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage

/** The event, or the status it is refused with. */
const proposedOf = (message: Proposed): ProposedEvent | Partial<ServiceError> => {
  const id = uuidText(message.getId())
  const metadata = message.getMetadataMap()
  const refused = refuseProposed(id, metadata)
  if (refused !== null) return refused
  return {
    id: id ?? "",
    type: metadata.get("type") ?? "",
    contentType: metadata.get("content-type") ?? "",
    data: message.getData_asU8(),
    customMetadata: message.getCustomMetadata_asU8(),
  }
}
const isEvent = (value: ProposedEvent | Partial<ServiceError>): value is ProposedEvent => "contentType" in value

const wrongVersion = (expected: Expected, current: bigint | null): streams.AppendResp => {
  const wrong = new streams.AppendResp.WrongExpectedVersion()
  if (current === null) wrong.setCurrentNoStream(empty())
  else wrong.setCurrentRevision(current.toString())
  if (expected === "any") wrong.setExpectedAny(empty())
  else if (expected === "no_stream") wrong.setExpectedNoStream(empty())
  else if (expected === "stream_exists") wrong.setExpectedStreamExists(empty())
  else wrong.setExpectedRevision(expected.toString())
  return new streams.AppendResp().setWrongExpectedVersion(wrong)
}

const appendResponse = (expected: Expected, result: AppendResult): streams.AppendResp => {
  if (result.kind === "wrong_version") return wrongVersion(expected, result.current)
  const success = new streams.AppendResp.Success()
  if (result.kind === "stream_deleted" || result.revision < 0n) success.setNoStream(empty())
  else success.setCurrentRevision(result.revision.toString())
  if (result.kind !== "stream_deleted" && result.position !== null) {
    const position = new streams.AppendResp.Position()
    success.setPosition(position.setCommitPosition(String(result.position)).setPreparePosition(String(result.position)))
  } else success.setNoPosition(empty())
  return new streams.AppendResp().setSuccess(success)
}

type Wanted = { readonly stream: string; readonly expected: Expected; readonly events: readonly ProposedEvent[] }

/** Checks and writes as one plain append; the status when it is refused out of band. */
const perform = ({ log, maxAppend_bytes }: NodeContext, wanted: Wanted): AppendResult | Partial<ServiceError> => {
  if (wanted.stream === "") return failure(grpcStatus.INVALID_ARGUMENT, "Stream name is empty")
  if (appendBytes(wanted.events) > maxAppend_bytes) return tooBig(maxAppend_bytes)
  return log.append(wanted.stream, wanted.expected, wanted.events)
}
const isResult = (value: AppendResult | Partial<ServiceError>): value is AppendResult => "kind" in value

export const handleAppend =
  (node: NodeContext) =>
  (call: ServerReadableStream<streams.AppendReq, streams.AppendResp>, answer: sendUnaryData<streams.AppendResp>): void => {
    let options: streams.AppendReq.Options | undefined
    const events: ProposedEvent[] = []
    let refused: Partial<ServiceError> | null = null
    call.on("data", (message: streams.AppendReq) => {
      if (message.hasOptions()) options = message.getOptions()
      const proposed = message.getProposedMessage()
      if (proposed === undefined) return
      const event = proposedOf(proposed)
      if (isEvent(event)) events.push(event)
      else refused ??= event
    })
    call.on("error", () => {})
    call.on("end", () => {
      const leader = call.metadata.get("requires-leader")[0] === "true" ? node.leader() : null
      const fault: Fault | null = leader === null ? node.faults.next("append") : { kind: "not_leader", leader }
      if (options === undefined) return answer(failure(grpcStatus.INVALID_ARGUMENT, "No options"), null)
      if (refused !== null) return answer(refused, null)
      const given = options
      const wanted = {
        stream: streamNameOf(given.getStreamIdentifier()),
        expected: expectedOf(given, () => given.getRevision()),
        events,
      }
      answerAppend(node, wanted, fault, answer)
    })
  }

const answerAppend = (
  node: NodeContext,
  wanted: Wanted,
  fault: Fault | null,
  answer: sendUnaryData<streams.AppendResp>,
): void => {
  if (fault?.kind === "wrong_version") return answer(null, wrongVersion(wanted.expected, fault.current))
  const result = writesDespite(fault) ? perform(node, wanted) : null
  const spoiled = statusOfFault(fault)
  if (spoiled !== null) return answer(spoiled, null)
  if (fault?.kind === "die") return node.die()
  if (fault?.kind === "never_answer" || result === null) return
  const settle = (): void => {
    if (!isResult(result)) return answer(result, null)
    if (result.kind === "stream_deleted") return answer(streamDeleted(wanted.stream), null)
    answer(null, appendResponse(wanted.expected, result))
  }
  whenSettled(node, fault, settle, (error) => answer(error, null))
}

/** google.rpc.Code of the in-band errors. */
const { ALREADY_EXISTS, FAILED_PRECONDITION, DEADLINE_EXCEEDED, INVALID_ARGUMENT } = code.Code

const batchError = (kind: code.Code, message: string, typeName: string, details: Uint8Array): statusPb.Status => {
  const any = new anyPb.Any()
  any.pack(details, typeName)
  return new statusPb.Status().setCode(kind).setMessage(message).setDetails(any)
}

const wrongVersionError = (expected: Expected, current: bigint | null): statusPb.Status => {
  const wrong = new shared.WrongExpectedVersion()
  if (current === null) wrong.setCurrentNoStream(new emptyPb.Empty())
  else wrong.setCurrentStreamRevision(current.toString())
  if (expected === "any") wrong.setExpectedAny(new emptyPb.Empty())
  else if (expected === "no_stream") wrong.setExpectedNoStream(new emptyPb.Empty())
  else if (expected === "stream_exists") wrong.setExpectedStreamExists(new emptyPb.Empty())
  else wrong.setExpectedStreamPosition(expected.toString())
  return batchError(ALREADY_EXISTS, "WrongExpectedVersion", "event_store.client.WrongExpectedVersion", wrong.serializeBinary())
}

const errorOf = (node: NodeContext, wanted: Wanted, result: AppendResult | Partial<ServiceError>): statusPb.Status | null => {
  if (!isResult(result)) {
    if (appendBytes(wanted.events) > node.maxAppend_bytes) {
      const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(node.maxAppend_bytes).serializeBinary()
      return batchError(INVALID_ARGUMENT, "too big", "event_store.client.MaximumAppendSizeExceeded", details)
    }
    return badRequest(result.details ?? "bad request")
  }
  if (result.kind === "wrong_version") return wrongVersionError(wanted.expected, result.current)
  if (result.kind !== "stream_deleted") return null
  const details = new shared.StreamDeleted().setStreamIdentifier(identifierOf(wanted.stream)).serializeBinary()
  return batchError(FAILED_PRECONDITION, "deleted", "event_store.client.StreamDeleted", details)
}

const badRequest = (message: string): statusPb.Status =>
  batchError(
    INVALID_ARGUMENT,
    message,
    "event_store.client.BadRequest",
    new shared.BadRequest().setMessage(message).serializeBinary(),
  )
const timedOut = (): statusPb.Status =>
  batchError(DEADLINE_EXCEEDED, "timeout", "event_store.client.Timeout", new shared.Timeout().serializeBinary())

type Assembling = { readonly options: streams.BatchAppendReq.Options; readonly events: ProposedEvent[]; refused: string | null }
type Batch = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>

const batchResponse = (correlation: shared.UUID, wanted: Wanted): streams.BatchAppendResp =>
  new streams.BatchAppendResp().setCorrelationId(correlation).setStreamIdentifier(identifierOf(wanted.stream))

const successOf = (result: AppendResult): streams.BatchAppendResp.Success => {
  const success = new streams.BatchAppendResp.Success()
  if (!("revision" in result) || result.revision < 0n) success.setNoStream(new emptyPb.Empty())
  else success.setCurrentRevision(result.revision.toString())
  if (!("position" in result) || result.position === null) return success.setNoPosition(new emptyPb.Empty())
  const position = new shared.AllStreamPosition()
  return success.setPosition(position.setCommitPosition(String(result.position)).setPreparePosition(String(result.position)))
}

/** Writes one assembled append and answers it, or spoils it as ordered. */
const finish = (node: NodeContext, call: Batch, correlation: shared.UUID, assembled: Assembling): void => {
  const { options, events } = assembled
  const stream = streamNameOf(options.getStreamIdentifier())
  const wanted: Wanted = { stream, expected: expectedOf(options, () => options.getStreamPosition()), events }
  const leader = call.metadata.get("requires-leader")[0] === "true" ? node.leader() : null
  const fault: Fault | null = leader === null ? node.faults.next("batchAppend") : { kind: "not_leader", leader }
  const respond = (error: statusPb.Status | null, result: AppendResult | null): void => {
    if (call.destroyed || call.cancelled) return
    const response = batchResponse(correlation, wanted)
    call.write(error !== null ? response.setError(error) : response.setSuccess(successOf(result as AppendResult)))
  }
  if (fault?.kind === "wrong_version") return respond(wrongVersionError(wanted.expected, fault.current), null)
  const attempt = (): AppendResult | Partial<ServiceError> =>
    assembled.refused === null ? perform(node, wanted) : { code: grpcStatus.INVALID_ARGUMENT, details: assembled.refused }
  const result = writesDespite(fault) ? attempt() : null
  if (fault?.kind === "write_timeout") return respond(timedOut(), null)
  const spoiled = statusOfFault(fault)
  if (spoiled !== null) {
    call.emit("error", spoiled)
    return
  }
  if (fault?.kind === "end_stream") {
    call.end()
    return
  }
  if (fault?.kind === "die") return node.die()
  if (fault?.kind === "never_answer" || result === null) return
  const settle = (): void => {
    respond(errorOf(node, wanted, result), isResult(result) ? result : null)
    if (fault?.kind === "answer_twice") respond(errorOf(node, wanted, result), isResult(result) ? result : null)
  }
  whenSettled(node, fault, settle, (error) => call.emit("error", error))
}

export const handleBatchAppend =
  (node: NodeContext) =>
  (call: Batch): void => {
    const assembling = new Map<string, Assembling>()
    call.on("data", (message: streams.BatchAppendReq) => {
      const correlation = message.getCorrelationId() ?? new shared.UUID()
      const key = uuidText(correlation) ?? ""
      const options = message.getOptions()
      const assembled = assembling.get(key) ?? (options === undefined ? null : { options, events: [], refused: null })
      if (assembled === null) return
      assembling.set(key, assembled)
      for (const proposed of message.getProposedMessagesList()) {
        const event = proposedOf(proposed)
        if (isEvent(event)) assembled.events.push(event)
        else assembled.refused ??= event.details ?? "bad event"
      }
      if (!message.getIsFinal()) return
      assembling.delete(key)
      finish(node, call, correlation, assembled)
    })
    call.on("error", () => {})
    call.on("end", () => call.end())
  }
