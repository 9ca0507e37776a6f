/** The one kafkajs client of a streams engine, and the limits it works under. */
import { Kafka, logLevel, type KafkaConfig } from "kafkajs"

export type KafkaLimits = {
  /** Largest value of one message. Default 1 MB, the broker's own default less its overhead. */
  readonly maxMessage_bytes: number
  /** Messages in one produce request. Above some 1,000 nothing is gained (design: 28k/s at 100, 33k/s at 1,000). */
  readonly maxRequest_messages: number
  /** One partition's share of one request, and of one fetch: a record batch may not exceed the broker's message limit. */
  readonly maxBatch_bytes: number
  /** Fetched and not yet handled, per partition: above this the partition is paused, below half of it resumed. */
  readonly queue_bytes: number
  /** Commits of this many milliseconds share a request; a killed process gets that much again. */
  readonly commitEvery_ms: number
  /**
   * Without a heartbeat for so long, the group gives the partitions to others. A member that was killed holds up the whole group
   * for that long, twice when the broker had just made it the group's leader.
   */
  readonly sessionTimeout_ms: number
  readonly heartbeat_ms: number
  /** How long the group waits for its members to join again, and a member for an answer when it joins. Ours join within a heartbeat. */
  readonly rebalanceTimeout_ms: number
  /** How long an empty fetch waits at the broker. */
  readonly maxWait_ms: number
  readonly requestTimeout_ms: number
  /** Attempts after the first, of a send, with pauses of 0.1 s doubling to 3 s; then `publish` rejects. */
  readonly sendRetries: number
  /** How long `consume` waits to be given its place in the group. */
  readonly joinPatience_ms: number
}

export const defaultLimits: KafkaLimits = {
  maxMessage_bytes: 1_000_000,
  maxRequest_messages: 2_000,
  maxBatch_bytes: 900_000,
  queue_bytes: 4_000_000,
  commitEvery_ms: 50,
  sessionTimeout_ms: 10_000,
  heartbeat_ms: 1_000,
  rebalanceTimeout_ms: 15_000,
  maxWait_ms: 250,
  requestTimeout_ms: 10_000,
  sendRetries: 5,
  joinPatience_ms: 90_000,
}

export type KafkaStreamsOptions = Partial<KafkaLimits> & {
  readonly brokers: readonly string[]
  readonly clientId: string
  /** Replicas of a topic created here. Default 3, or as many as there are brokers. */
  readonly replication?: number
  /** How long the log keeps messages of topics created here. Default for ever, as the embedded log does. */
  readonly retention_ms?: number
  /** TLS and credentials, as kafkajs takes them. */
  readonly security?: Pick<KafkaConfig, "ssl" | "sasl">
  readonly now?: () => number
  /** Told when the cluster fails under a consumer; it goes on trying. */
  readonly onFailure?: (cause: unknown) => void
}

export const retryOf = (retries: number) => ({ retries, initialRetryTime: 100, maxRetryTime: 3_000 })

export const openClient = (options: KafkaStreamsOptions, limits: KafkaLimits): Kafka =>
  new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    ...options.security,
    // What matters of kafkajs's log comes as rejections and crash events, and those are passed on.
    logLevel: logLevel.NOTHING,
    requestTimeout: limits.requestTimeout_ms,
    connectionTimeout: 3_000,
    retry: retryOf(limits.sendRetries),
  })
