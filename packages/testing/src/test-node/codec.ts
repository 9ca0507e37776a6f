/** Between the log's records and the messages of EventStoreDB's protocol (stubs from the client package). */
import { Metadata, type ServiceError, status } from "@grpc/grpc-js"
import shared from "@eventstore/db-client/generated/shared_pb.js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import type { Expected, LogRecord } from "./record.js"

export const empty = (): shared.Empty => new shared.Empty()

export const streamNameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString("utf8")

export const identifierOf = (stream: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream, "utf8"))

/** A UUID in either wire form as text; null when it is not one or all zero. */
export const uuidText = (uuid: shared.UUID | undefined): string | null => {
  const structured = uuid?.getStructured()
  const text = structured === undefined ? (uuid?.getString() ?? "").toLowerCase() : textOfBits(structured)
  const good = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text) && !/^[0-]+$/.test(text)
  return good ? text : null
}

const textOfBits = (bits: shared.UUID.Structured): string => {
  const halves = [bits.getMostSignificantBits(), bits.getLeastSignificantBits()]
  const hex = halves.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, "0")).join("")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const uuidOf = (text: string): shared.UUID => new shared.UUID().setString(text)

type RevisionOptions = {
  readonly hasNoStream: () => boolean
  readonly hasAny: () => boolean
  readonly hasStreamExists: () => boolean
}

export const expectedOf = (options: RevisionOptions, revision: () => string): Expected => {
  if (options.hasNoStream()) return "no_stream"
  if (options.hasAny()) return "any"
  if (options.hasStreamExists()) return "stream_exists"
  return BigInt(revision())
}

const recordedOf = (record: LogRecord): streams.ReadResp.ReadEvent.RecordedEvent => {
  const message = new streams.ReadResp.ReadEvent.RecordedEvent()
  message.setId(uuidOf(record.id))
  message.setStreamIdentifier(identifierOf(record.stream))
  message.setStreamRevision(record.revision.toString())
  message.setCommitPosition(String(record.position)).setPreparePosition(String(record.position))
  message.getMetadataMap().set("type", record.type)
  message.getMetadataMap().set("created", record.createdTicks.toString())
  message.getMetadataMap().set("content-type", record.contentType)
  message.setCustomMetadata(record.customMetadata)
  message.setData(record.data)
  return message
}

/** `link` is the `$>` event that was resolved to `target`; a target that is gone leaves the link alone. */
export const eventResponse = (target: LogRecord | null, link: LogRecord | null = null): streams.ReadResp => {
  const event = new streams.ReadResp.ReadEvent()
  if (target !== null) event.setEvent(recordedOf(target))
  if (link !== null) event.setLink(recordedOf(link))
  event.setCommitPosition(String((link ?? target)?.position ?? 0))
  return new streams.ReadResp().setEvent(event)
}

const rendered = new WeakMap<LogRecord, Buffer>()

/** The response for one record, serialised once: a benchmark of clients should not measure the node's encoding. */
export const eventBytes = (record: LogRecord): Buffer => {
  const known = rendered.get(record)
  if (known !== undefined) return known
  const bytes = Buffer.from(eventResponse(record).serializeBinary())
  rendered.set(record, bytes)
  return bytes
}

/** A status with the `exception` trailer by which clients tell errors apart. */
export const failure = (
  code: status,
  details: string,
  exception?: string,
  trailers: Readonly<Record<string, string>> = {},
): Partial<ServiceError> => {
  const metadata = new Metadata()
  if (exception !== undefined) metadata.set("exception", exception)
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value)
  return { code, details, metadata }
}

export const streamDeleted = (stream: string): Partial<ServiceError> =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, "stream-deleted", { "stream-name": stream })

export const notLeader = (leader: { readonly address: string; readonly port: number } | null): Partial<ServiceError> =>
  failure(
    status.NOT_FOUND,
    "Leader info available",
    "not-leader",
    leader === null ? {} : { "leader-endpoint-host": leader.address, "leader-endpoint-port": String(leader.port) },
  )

const expectedNumber = (expected: Expected): string =>
  expected === "any" ? "-2" : expected === "no_stream" ? "-1" : expected === "stream_exists" ? "-4" : expected.toString()

/** Wrong version of a delete or tombstone; appends answer in-band. */
export const wrongVersionStatus = (stream: string, expected: Expected, current: bigint | null): Partial<ServiceError> =>
  failure(status.FAILED_PRECONDITION, `Append failed due to WrongExpectedVersion. Stream: ${stream}`, "wrong-expected-version", {
    "stream-name": stream,
    "expected-version": expectedNumber(expected),
    "actual-version": current === null ? "" : current.toString(),
  })

export const tooBig = (max_bytes: number): Partial<ServiceError> =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${max_bytes} Exceeded.`, "maximum-append-size-exceeded", {
    "maximum-append-size": String(max_bytes),
  })

export const missingProperty = (name: string): Partial<ServiceError> =>
  failure(status.INVALID_ARGUMENT, `Required Metadata Property '${name}' is missing`, "missing-required-metadata-property", {
    "required-metadata-properties": "type,content-type",
  })
