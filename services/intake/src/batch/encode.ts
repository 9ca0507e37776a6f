/**
 * Decided events to bytes. Ids and bytes are those `aggregates.execute` would make of the same command, so both doors agree
 * (encode.test.ts); the metadata of a feed's rows differs in a few places only and is put together from a template.
 */
import { encodeMetadata, eventIdFor, wireTypeOf } from "@tongzhang/contracts/codec"
import type { Actor, Metadata } from "@tongzhang/contracts/envelope"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { NewEvent } from "@tongzhang/event-store/port"
import type { PersonKeyMaterial } from "@tongzhang/identity/key-store"
import { seal } from "@tongzhang/identity/seal"
import { lawVersion } from "@tongzhang/law/citation"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { Write } from "./group.js"

export type Envelope = {
  readonly actor: Actor
  readonly channel: "batch" | "api"
  readonly correlationId: string
  /** Null for a single command. */
  readonly source: { readonly feedId: string; readonly fileHash: string } | null
  /** The published parameters that the checks knew; null when none were. */
  readonly policy: string | null
}

export const purpose = "intake"

/** The envelope of one command's events, the long way: what the template below must equal. */
export const metadataOf = (
  envelope: Envelope,
  write: Pick<Write, "row" | "commandId" | "prepared">,
  keyId: string | null,
): Metadata => {
  const { actor, channel, correlationId, source, policy } = envelope
  const { period } = write.prepared
  return {
    actor,
    channel,
    purpose,
    commandId: write.commandId,
    correlationId,
    ...(source === null ? {} : { source: { feedId: source.feedId, row: write.row, fileHash: source.fileHash } }),
    ruleVersion: lawVersion,
    ...(policy === null ? {} : { policy }),
    ...(keyId === null ? {} : { keyId }),
    ...(period === null ? {} : { period: { from: period.from, to: period.to } }),
  }
}

/** Bytes of many small texts in few large buffers: a Buffer of its own for each costs an allocation outside the heap. */
const createArena = (size: number) => {
  let buffer = Buffer.allocUnsafeSlow(size)
  let at = 0
  return (text: string): Uint8Array => {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (text.length * 3 > size) return Buffer.from(text)
    if (at + text.length * 3 > size) {
      buffer = Buffer.allocUnsafeSlow(size)
      at = 0
    }
    const start = at
    at += buffer.write(text, start)
    return buffer.subarray(start, at)
  }
}
const bytesOf = createArena(512 * 1024)

export type MetadataWriter = (write: Pick<Write, "row" | "commandId" | "prepared">, keyId: string | null) => Uint8Array

// Command ids hold what a row said (an employer's number): only plain ones skip the JSON writer.
const plain = /^[\w:./-]+$/

/** Same bytes as `encodeMetadata(metadataOf(…))`, about five times cheaper. */
export const metadataWriter = (envelope: Envelope): MetadataWriter => {
  const { actor, channel, correlationId, source, policy } = envelope
  const start = `${JSON.stringify({ actor, channel, purpose }).slice(0, -1)},"commandId":"`
  const middle = `","correlationId":${JSON.stringify(correlationId)}`
  const feed = source === null ? "" : `,"source":{"feedId":${JSON.stringify(source.feedId)},"row":`
  const hash = source === null ? "" : `,"fileHash":${JSON.stringify(source.fileHash)}}`
  const known = policy === null ? "" : `,"policy":${JSON.stringify(policy)}`
  const version = `,"ruleVersion":${JSON.stringify(lawVersion)}${known}`
  return (write, keyId) => {
    if (!plain.test(write.commandId)) return encodeMetadata(metadataOf(envelope, write, keyId))
    const { period } = write.prepared
    const key = keyId === null ? "" : `,"keyId":"${keyId}"`
    const months = period === null ? "" : `,"period":{"from":"${period.from}","to":"${period.to}"}`
    const row = source === null ? "" : feed + write.row + hash
    return bytesOf(`${start}${write.commandId}${middle}${row}${version}${key}${months}}`)
  }
}

export const sealed = (event: LedgerEvent, identity: NonNullable<Write["identity"]>, key: PersonKeyMaterial): LedgerEvent =>
  event.type === "PersonRegistered" || event.type === "IdentityCorrected"
    ? { ...event, sealed: seal({ citizenId: identity.citizenId, name: identity.name }, key) }
    : event

/** The event's data as `encodeEvent` writes it; `type` is the first field the domain gives, so it can be cut off the text. */
const dataOf = (event: LedgerEvent): Uint8Array => {
  const text = JSON.stringify(event)
  const start = `{"type":"${event.type}"`
  if (text.startsWith(`${start},`)) return bytesOf(`{${text.slice(start.length + 1)}`)
  const { type: _type, ...data } = event
  return bytesOf(JSON.stringify(data))
}

/** The events of one stream's writes, in order. */
export const encodeWrites = (
  stream: StreamName,
  writes: readonly Write[],
  metadata: MetadataWriter,
  keyOf: (write: Write) => PersonKeyMaterial | null,
): NewEvent[] => {
  const encoded: NewEvent[] = []
  for (const write of writes) {
    const key = write.identity === null ? null : keyOf(write)
    const bytes = metadata(write, key?.keyId ?? null)
    write.events.forEach((event, index) => {
      const full = write.identity === null || key === null ? event : sealed(event, write.identity, key)
      const id = eventIdFor(stream, write.commandId, index)
      encoded.push({ id, type: wireTypeOf(full.type), data: dataOf(full), metadata: bytes })
    })
  }
  return encoded
}
