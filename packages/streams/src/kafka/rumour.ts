import { setTimeout as sleep } from "node:timers/promises"

const look_ms = 50
const patience_ms = 10_000
const notYet: readonly unknown[] = ["UNKNOWN_TOPIC_OR_PARTITION", "LEADER_NOT_AVAILABLE"]

const isNotYet = (cause: unknown): boolean =>
  typeof cause === "object" && cause !== null && "type" in cause && notYet.includes(cause.type)

/**
 * Brokers hear of a new topic one after the other, kafkajs asks any of them and takes "unknown" for an answer. For topics that
 * are known to exist: asks again until the news has reached the one that is asked.
 */
export const untilHeard = async <T>(ask: () => Promise<T>): Promise<T> => {
  const deadline = performance.now() + patience_ms
  for (;;) {
    try {
      return await ask()
    } catch (cause) {
      if (!isNotYet(cause) || performance.now() > deadline) throw cause
      await sleep(look_ms)
    }
  }
}
