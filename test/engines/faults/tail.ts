/** Reads every topic from its beginning, all along, and tells what lies on it. Reads the broker itself, never through a proxy. */
import { createHash } from "node:crypto"
import { topics } from "@tongzhang/contracts/fact-message"
import { prefixedStreams } from "@tongzhang/engines/prefixed"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import type { Delivered, Streams } from "@tongzhang/streams/port"
import { Kafka, logLevel } from "kafkajs"

type Copy = { readonly eventId: string; readonly content: string; copies: number }

export type Tail = {
  readonly streams: Streams
  readonly has: (event: Pick<RecordedEvent, "stream" | "revision">) => boolean
  /** What the topic of facts holds that it should not: another event at a revision, or one the ledger does not have. */
  readonly wrong: (ledger: ReadonlyMap<string, string>) => readonly string[]
  /** Copies beyond the first since the last call: at-least-once allows them. */
  readonly repeated: () => number
  /** Distinct contact letters and overlap notices, as `topic key` of what they say. */
  readonly said: () => ReadonlySet<string>
  /** Every group of the facts has committed up to the end of its topic. */
  readonly allRead: () => Promise<boolean>
  readonly close: () => Promise<void>
}

const groups = ["transfer", "duplicates"] as const
const keyOf = (stream: string, revision: number | string): string => `${stream}@${revision}`
const hashOf = (value: Uint8Array): string => createHash("sha1").update(value).digest("base64")

type Letter = { readonly AAE270: string; readonly AAC001: string }
type Notice = { readonly person: string; readonly case: string }
const saying = ({ topic, value }: Delivered): string => {
  const said = JSON.parse(Buffer.from(value).toString("utf8")) as Letter & Notice
  return topic === topics.letters ? `${said.AAC001} letter ${said.AAE270}` : `${said.person} notice ${said.case}`
}

/** Everything the ledger's groups have committed, compared with the topic's end; asked over a connection of its own each time. */
const committedToEnd = async (brokers: readonly string[], prefix: string): Promise<boolean> => {
  const retry = { retries: 1, initialRetryTime: 100 }
  const admin = new Kafka({ clientId: "table", brokers: [...brokers], logLevel: logLevel.NOTHING, retry }).admin()
  try {
    await admin.connect()
    const topic = `${prefix}${topics.facts}`
    const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]))
    for (const group of groups) {
      const [found] = await admin.fetchOffsets({ groupId: `${prefix}${group}@${topic}`, topics: [topic] })
      for (const { partition, offset } of found?.partitions ?? []) if (Number(offset) < (ends.get(partition) ?? 0)) return false
    }
    return true
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

export const followTopics = async (brokers: readonly string[], prefix: string): Promise<Tail> => {
  const streams = prefixedStreams(await openKafkaStreams({ brokers, clientId: "table" }), prefix)
  const facts = new Map<string, Copy>()
  const altered: string[] = []
  const said = new Set<string>()
  let repeated = 0
  const takeFact = ({ headers, key, value }: Delivered): void => {
    const at = keyOf(headers["stream"] ?? "", headers["revision"] ?? "")
    const content = `${key} ${headers["type"]} ${hashOf(value)}`
    const known = facts.get(at)
    if (known === undefined) facts.set(at, { eventId: headers["eventId"] ?? "", content, copies: 1 })
    else {
      known.copies += 1
      repeated += 1
      if (known.content !== content || known.eventId !== headers["eventId"]) altered.push(at)
    }
  }
  const consume = (topic: string, take: (message: Delivered) => void) =>
    streams.consume({ topic, group: "table", onBatch: async (messages) => messages.forEach(take) })
  await consume(topics.facts, takeFact)
  for (const topic of [topics.letters, topics.notices]) await consume(topic, (message) => void said.add(saying(message)))

  return {
    streams,
    has: ({ stream, revision }) => facts.has(keyOf(stream, revision)),
    wrong: (ledger) => [
      ...altered,
      ...[...facts].filter(([at, { eventId }]) => ledger.get(at) !== eventId).map(([at]) => `${at} is in no ledger`),
    ],
    repeated: () => {
      const count = repeated
      repeated = 0
      return count
    },
    said: () => said,
    allRead: () => committedToEnd(brokers, prefix),
    close: streams.close,
  }
}
