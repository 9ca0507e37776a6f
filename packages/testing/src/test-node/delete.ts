/** Streams.Delete (soft) and Streams.Tombstone (final). */
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import { expectedOf, streamDeleted, streamNameOf, wrongVersionStatus } from "./codec.js"
import { type NodeContext, statusOfFault, whenSettled, writesDespite } from "./context.js"
import type { DeleteResult, Expected } from "./record.js"

type Run = (stream: string, expected: Expected) => DeleteResult
type Call = ServerUnaryCall<streams.DeleteReq | streams.TombstoneReq, unknown>

const handle = (
  node: NodeContext,
  method: "delete" | "tombstone",
  call: Call,
  run: Run,
  done: (position: number) => void,
  fail: (error: object) => void,
): void => {
  const options = call.request.getOptions() ?? new streams.DeleteReq.Options()
  const stream = streamNameOf(options.getStreamIdentifier())
  const expected = expectedOf(options, () => options.getRevision())
  const fault = node.faults.next(method)
  if (fault?.kind === "wrong_version") return fail(wrongVersionStatus(stream, expected, fault.current))
  const result = writesDespite(fault) ? run(stream, expected) : null
  const spoiled = statusOfFault(fault)
  if (spoiled !== null) return fail(spoiled)
  if (fault?.kind === "die") return node.die()
  if (result === null || fault?.kind === "never_answer") return
  const settle = (): void => {
    if (result.kind === "stream_deleted") return fail(streamDeleted(stream))
    if (result.kind === "wrong_version") return fail(wrongVersionStatus(stream, expected, result.current))
    done(result.position)
  }
  whenSettled(node, fault, settle, fail)
}

export const handleDelete =
  (node: NodeContext) =>
  (call: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>, answer: sendUnaryData<streams.DeleteResp>): void => {
    const done = (at: number): void => {
      const position = new streams.DeleteResp.Position().setCommitPosition(String(at)).setPreparePosition(String(at))
      answer(null, new streams.DeleteResp().setPosition(position))
    }
    handle(node, "delete", call, node.log.softDelete, done, (error) => answer(error, null))
  }

export const handleTombstone =
  (node: NodeContext) =>
  (call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>, answer: sendUnaryData<streams.TombstoneResp>): void => {
    const done = (at: number): void => {
      const position = new streams.TombstoneResp.Position().setCommitPosition(String(at)).setPreparePosition(String(at))
      answer(null, new streams.TombstoneResp().setPosition(position))
    }
    handle(node, "tombstone", call, node.log.tombstone, done, (error) => answer(error, null))
  }
