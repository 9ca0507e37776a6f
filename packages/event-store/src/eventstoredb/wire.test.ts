/** Our two hand-made codecs against the stubs generated from EventStoreDB's own protocol files. */
import shared from "@eventstore/db-client/generated/shared_pb.js"
import statusPb from "@eventstore/db-client/generated/status_pb.js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import type { StreamName } from "@tongzhang/domain/stream-name"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { NewEvent } from "../port.js"
import { decodeAnswer, encodeAppend, withCorrelation } from "./append-wire.js"
import { fromPosition, laterOf, toPosition } from "./position.js"
import { decodeRead } from "./read-wire.js"

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
const event = fc.record<NewEvent>({
  id: fc.uuid(),
  type: fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
  data: bytes,
  metadata: bytes,
})
const name = fc.string({ minLength: 1, maxLength: 200 }).map((text) => `Enrollment-${text}` as StreamName)
const revision = fc.oneof(fc.constant(-1), fc.nat(), fc.maxSafeNat())
const offset = fc.oneof(fc.nat(), fc.maxSafeNat())
const correlation = "0a1b2c3d-0000-4000-8000-0123456789ab"

describe("an append on the wire", () => {
  it("says to the generated code what was given to ours, in pieces none of which is too large", () => {
    const limits = { pieceEvents_max: 3, pieceBytes_max: 900 }
    fc.assert(
      fc.property(name, revision, fc.array(event, { minLength: 1, maxLength: 12 }), (stream, expected, events) => {
        const pieces = encodeAppend({ stream, expected, events, deadline_seconds: 1_800_000_000 }, limits).map((piece) =>
          streams.BatchAppendReq.deserializeBinary(withCorrelation(correlation, piece)),
        )
        const options = pieces[0]?.getOptions()
        expect(Buffer.from(options?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe(stream)
        expect(options?.hasNoStream()).toBe(expected === -1)
        expect(options?.getStreamPosition()).toBe(expected === -1 ? "0" : String(expected))
        expect(options?.getDeadline()?.getSeconds()).toBe(1_800_000_000)
        expect(pieces.map((piece) => piece.getCorrelationId()?.getString())).toEqual(pieces.map(() => correlation))
        expect(pieces.map((piece) => piece.getIsFinal())).toEqual(pieces.map((_, index) => index === pieces.length - 1))
        expect(pieces.slice(1).some((piece) => piece.hasOptions())).toBe(false)
        for (const piece of pieces) expect(piece.getProposedMessagesList().length).toBeLessThanOrEqual(3)
        const sent = pieces
          .flatMap((piece) => piece.getProposedMessagesList())
          .map((message) => ({
            id: message.getId()?.getString(),
            type: message.getMetadataMap().get("type"),
            data: Buffer.from(message.getData_asU8()),
            metadata: Buffer.from(message.getCustomMetadata_asU8()),
          }))
        expect(sent).toEqual(events.map((given) => ({ ...given })))
      }),
      { numRuns: 150 },
    )
  })

  it("is answered with the id as text or in two halves", () => {
    const halves = new shared.UUID.Structured().setMostSignificantBits(BigInt.asIntN(64, 0x8a1b2c3d00004000n).toString())
    halves.setLeastSignificantBits(BigInt.asIntN(64, 0x80000123456789abn).toString())
    const success = new streams.BatchAppendResp.Success().setCurrentRevision("7")
    success.setPosition(new shared.AllStreamPosition().setCommitPosition("900").setPreparePosition("900"))
    const answer = (id: shared.UUID) => new streams.BatchAppendResp().setCorrelationId(id).setSuccess(success).serializeBinary()
    const expected = { kind: "success", revision: 7, position: toPosition(900, 900) }
    expect(decodeAnswer(Buffer.from(answer(new shared.UUID().setString(correlation))))).toEqual({ correlation, ...expected })
    expect(decodeAnswer(Buffer.from(answer(new shared.UUID().setStructured(halves))))).toEqual({
      correlation: "8a1b2c3d-0000-4000-8000-0123456789ab",
      ...expected,
    })
  })

  it("that failed without details is an error with its message", () => {
    const response = new streams.BatchAppendResp().setCorrelationId(new shared.UUID().setString(correlation))
    response.setError(new statusPb.Status().setMessage("Server Is Too Busy"))
    expect(decodeAnswer(Buffer.from(response.serializeBinary()))).toEqual({
      correlation,
      kind: "error",
      type: "",
      message: "Server Is Too Busy",
    })
  })
})

describe("a read on the wire", () => {
  it("gives from our reader what was put in by the generated code", () => {
    fc.assert(
      fc.property(event, name, fc.maxSafeNat(), offset, fc.nat({ max: 4_000_000_000_000 }), (given, stream, at, position, ms) => {
        const record = new streams.ReadResp.ReadEvent.RecordedEvent().setId(new shared.UUID().setString(given.id))
        record.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
        record.setStreamRevision(String(at)).setCommitPosition(String(position)).setPreparePosition(String(position))
        record.getMetadataMap().set("type", given.type).set("created", `${ms}1234`).set("content-type", "application/json")
        record.setCustomMetadata(given.metadata).setData(given.data)
        const message = new streams.ReadResp().setEvent(
          new streams.ReadResp.ReadEvent().setEvent(record).setCommitPosition(String(position)),
        )
        const read = decodeRead(Buffer.from(message.serializeBinary()))
        if (read.kind !== "event") throw new Error(read.kind)
        expect({ ...read.event, data: Buffer.from(read.event.data), metadata: Buffer.from(read.event.metadata) }).toEqual({
          ...given,
          stream,
          revision: at,
          position: toPosition(position, position),
          recordedAt: ms,
        })
      }),
      { numRuns: 150 },
    )
  })

  it("names every other message, and passes over what it does not know", () => {
    const caughtUp = new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()).serializeBinary()
    const unknownField = Buffer.from([0xa2, 0x06, 0x03, 1, 2, 3])
    expect(decodeRead(Buffer.concat([unknownField, caughtUp]))).toEqual({ kind: "caught_up" })
    expect(decodeRead(unknownField)).toEqual({ kind: "other" })
    const checkpoint = new streams.ReadResp.Checkpoint().setCommitPosition("12").setPreparePosition("11")
    expect(decodeRead(Buffer.from(new streams.ReadResp().setCheckpoint(checkpoint).serializeBinary()))).toEqual({
      kind: "checkpoint",
      position: toPosition(12, 11),
    })
  })

  it("cut short is refused, not misread", () => {
    const whole = Buffer.from(
      new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition("99999")).serializeBinary(),
    )
    for (let length = 1; length < whole.length; length += 1) expect(() => decodeRead(whole.subarray(0, length))).toThrow()
  })
})

describe("positions", () => {
  it("order as text as they order in the log, and come back", () => {
    fc.assert(
      fc.property(offset, offset, (a, b) => {
        expect(toPosition(a, a) < toPosition(b, b)).toBe(a < b)
        expect(fromPosition(toPosition(a, b))).toEqual({ commit: a, prepare: b })
        expect(laterOf(toPosition(a, a), toPosition(b, b))).toBe(toPosition(Math.max(a, b), Math.max(a, b)))
      }),
    )
  })

  it("of another engine are refused", () => {
    expect(() => fromPosition("000000000042" as never)).toThrow(/no EventStoreDB position/)
  })
})
