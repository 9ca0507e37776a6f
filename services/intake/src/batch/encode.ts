/**
 * Decided events to bytes. Ids and bytes are those `aggregates.execute` would make of the same command, so both doors agree
 * (encode.test.ts); the metadata of a feed's rows differs in a few places only and is put together from a template.
 */
import { encodeEvent, encodeMetadata, eventIdFor } from "@tongzhang/contracts/codec"
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
}

export const purpose = "intake"

/** The envelope of one command's events, the long way: what the template below must equal. */
export const metadataOf = (
  envelope: Envelope,
  write: Pick<Write, "row" | "commandId" | "prepared">,
  keyId: string | null,
): Metadata => {
  const { actor, channel, correlationId, source } = envelope
  const { period } = write.prepared
  return {
    actor,
    channel,
    purpose,
    commandId: write.commandId,
    correlationId,
    ...(source === null ? {} : { source: { feedId: source.feedId, row: write.row, fileHash: source.fileHash } }),
    ruleVersion: lawVersion,
    ...(keyId === null ? {} : { keyId }),
    ...(period === null ? {} : { period: { from: period.from, to: period.to } }),
  }
}

export type MetadataWriter = (write: Pick<Write, "row" | "commandId" | "prepared">, keyId: string | null) => Uint8Array

// Command ids hold what a row said (an employer's number): only plain ones skip the JSON writer.
const plain = /^[\w:./-]+$/

/** Same bytes as `encodeMetadata(metadataOf(…))`, about five times cheaper. */
export const metadataWriter = (envelope: Envelope): MetadataWriter => {
  const { actor, channel, correlationId, source } = envelope
  const start = `${JSON.stringify({ actor, channel, purpose }).slice(0, -1)},"commandId":"`
  const middle = `","correlationId":${JSON.stringify(correlationId)}`
  const feed = source === null ? "" : `,"source":{"feedId":${JSON.stringify(source.feedId)},"row":`
  const hash = source === null ? "" : `,"fileHash":${JSON.stringify(source.fileHash)}}`
  const version = `,"ruleVersion":${JSON.stringify(lawVersion)}`
  return (write, keyId) => {
    if (!plain.test(write.commandId)) return encodeMetadata(metadataOf(envelope, write, keyId))
    const { period } = write.prepared
    const key = keyId === null ? "" : `,"keyId":"${keyId}"`
    const months = period === null ? "" : `,"period":{"from":"${period.from}","to":"${period.to}"}`
    const row = source === null ? "" : feed + write.row + hash
    return Buffer.from(`${start}${write.commandId}${middle}${row}${version}${key}${months}}`)
  }
}

export const sealed = (event: LedgerEvent, identity: NonNullable<Write["identity"]>, key: PersonKeyMaterial): LedgerEvent =>
  event.type === "PersonRegistered" || event.type === "IdentityCorrected"
    ? { ...event, sealed: seal({ citizenId: identity.citizenId, name: identity.name }, key) }
    : event

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
      encoded.push(encodeEvent(eventIdFor(stream, write.commandId, index), full, bytes))
    })
  }
  return encoded
}
