import { setTimeout as sleep } from "node:timers/promises"
import type { Consumer as KafkaConsumer, EachBatchPayload, Kafka } from "kafkajs"
import { untilHeard } from "./rumour.js"
import { retryOf, type KafkaLimits } from "./connection.js"

/** What kafkajs hands over at once, of one partition. */
export type Fetched = {
  readonly batch: EachBatchPayload["batch"]
  /** The fetch goes on behind this offset. */
  readonly resolveOffset: (offset: string) => void
  readonly heartbeat: () => Promise<void>
  /** Somebody has asked for another offset meanwhile. */
  readonly isStale: () => boolean
}

export type Supervised = {
  /** The kafkajs consumer of now; undefined between a crash and the next start. */
  readonly current: () => KafkaConsumer | undefined
  readonly stop: () => Promise<void>
}

export type SupervisedOptions = {
  readonly groupId: string
  readonly topic: string
  /** Partitions that take part in one fetch may be handed over side by side. */
  readonly partitions: number
  readonly onJoined: (consumer: KafkaConsumer, assigned: readonly number[]) => void
  readonly onRebalancing?: () => void
  readonly onBatch: (fetched: Fetched) => Promise<void>
  readonly onFailure: (cause: unknown) => void
}

const restartPause_ms = 1_000
const stopPatience_ms = 10_000
/** For an orderly goodbye of a consumer that has crashed: on a dead connection it would take a minute of retries. */
const goodbye_ms = 2_000

/**
 * A kafkajs consumer that stays: kafkajs restarts itself only after errors it deems retriable and is silent for ever after the
 * others. Offsets are committed by the caller alone.
 */
export const supervise = (kafka: Kafka, limits: KafkaLimits, options: SupervisedOptions): Supervised => {
  const stopping = new AbortController()
  let current: KafkaConsumer | undefined
  let starting: Promise<void> = Promise.resolve()

  const start = async () => {
    const consumer = kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: limits.sessionTimeout_ms,
      heartbeatInterval: limits.heartbeat_ms,
      rebalanceTimeout: limits.rebalanceTimeout_ms,
      maxWaitTimeInMs: limits.maxWait_ms,
      maxBytesPerPartition: 1_048_576,
      allowAutoTopicCreation: false,
      retry: retryOf(limits.sendRetries),
    })
    current = consumer
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
      options.onJoined(consumer, payload.memberAssignment[options.topic] ?? []),
    )
    consumer.on(consumer.events.REBALANCING, () => options.onRebalancing?.())
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (stopping.signal.aborted) return
      options.onFailure(payload.error)
      if (!payload.restart && current === consumer) again()
    })
    // kafkajs tries again on the very connection that did not answer, for a minute (docs/faults.md): a new consumer has new ones.
    consumer.on(consumer.events.REQUEST_TIMEOUT, ({ payload }) => {
      if (stopping.signal.aborted || current !== consumer) return
      options.onFailure(new Error(`no answer to ${payload.apiName} from ${payload.broker}`))
      again()
    })
    try {
      await consumer.connect()
      await untilHeard(() => consumer.subscribe({ topics: [options.topic], fromBeginning: true }))
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: options.partitions,
        eachBatch: options.onBatch,
      })
    } catch (failure) {
      if (stopping.signal.aborted) return
      options.onFailure(failure)
      if (current === consumer) again()
    }
  }
  const again = () => {
    const old = current
    current = undefined
    starting = starting.then(async () => {
      const gone = old?.disconnect().catch(() => undefined)
      await Promise.race([gone, sleep(goodbye_ms, undefined, { ref: false })])
      await sleep(restartPause_ms, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (!stopping.signal.aborted) await start()
    })
  }

  starting = start()
  return {
    current: () => current,
    stop: async () => {
      stopping.abort()
      const ended = starting.then(() => current?.disconnect()).catch(() => undefined)
      await Promise.race([ended, sleep(stopPatience_ms, undefined, { ref: false })])
    },
  }
}
