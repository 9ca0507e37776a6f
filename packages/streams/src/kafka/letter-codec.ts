/**
 * Records of the compacted dead-letter topic `{topic}.{group}.dead`; partition n holds what was parked of partition n.
 *
 * `letter {offset}`  the message as it came, header "letter" with the rest as JSON; deleted when it has been handled
 * `release {key}`    this key's letters are to be handed over again; deleted when that has ended
 * `mark`             nothing: written to see oneself arrive behind everything written before
 */
import type { KafkaMessage } from "kafkajs"
import type { DeadLetter, Delivered } from "../port.js"
import type { Outgoing } from "./sender.js"

export type LetterRecord =
  | { readonly kind: "letter"; readonly letter: DeadLetter }
  | { readonly kind: "handled"; readonly offset: number }
  | { readonly kind: "release" | "hold"; readonly key: string }
  | { readonly kind: "mark" }

type Envelope = Pick<DeadLetter, "key" | "headers" | "timestamp" | "cause" | "attempts" | "parkedAt">

/** Causes are for people; a stack of megabytes is none. */
const longestCause = 2_000

export const putLetter = (letter: DeadLetter): Outgoing => {
  const { key, headers, timestamp, cause, attempts, parkedAt } = letter
  const envelope: Envelope = { key, headers, timestamp, cause: cause.slice(0, longestCause), attempts, parkedAt }
  return {
    partition: letter.partition,
    key: `letter ${letter.offset}`,
    value: Buffer.from(letter.value),
    headers: { letter: JSON.stringify(envelope) },
  }
}

const plain = (partition: number, key: string, value: string | null): Outgoing => ({
  partition,
  key,
  value: value === null ? null : Buffer.from(value),
  headers: {},
})

export const deleteLetter = (partition: number, offset: number): Outgoing => plain(partition, `letter ${offset}`, null)
export const releaseKey = (partition: number, key: string): Outgoing => plain(partition, `release ${key}`, "")
export const holdKey = (partition: number, key: string): Outgoing => plain(partition, `release ${key}`, null)
export const mark = (partition: number): Outgoing => plain(partition, "mark", "")

/** @throws for a record this program did not write */
export const readLetterRecord = (
  topic: string,
  group: string,
  partition: number,
  { key, value, headers }: KafkaMessage,
): LetterRecord => {
  const name = key?.toString() ?? ""
  const at = name.indexOf(" ")
  const [kind, rest] = at === -1 ? [name, ""] : [name.slice(0, at), name.slice(at + 1)]
  if (kind === "mark") return { kind }
  if (kind === "release") return { kind: value === null ? "hold" : "release", key: rest }
  if (kind !== "letter") throw new Error(`not a record of dead letters: ${name.slice(0, 100)}`)
  const offset = Number(rest)
  if (value === null) return { kind: "handled", offset }
  const envelope = JSON.parse(headers?.["letter"]?.toString() ?? "") as Envelope
  // A copy: the bytes as they came hold the whole answer of the broker in memory.
  return { kind: "letter", letter: { ...envelope, topic, group, partition, offset, value: Uint8Array.from(value) } }
}

export const messageOf = ({ key, value, headers, topic, partition, offset, timestamp }: DeadLetter): Delivered => ({
  key,
  value,
  headers,
  topic,
  partition,
  offset,
  timestamp,
})
