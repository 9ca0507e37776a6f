import { setTimeout as sleep } from "node:timers/promises"
import type { ConsumeOptions, Consumer, Lag } from "../port.js"
import { pickReleased } from "../quarantine.js"
import { openMember, type Member, type MemberParts } from "./member.js"

const defaults = { maxBatch: 500, retries: 3, backoff_ms: 100 }
const look_ms = 5
const lookAtOthers_ms = 50

/** Joins the group; resolves when it has its partitions. @throws when the group does not let it in in time */
export const openConsumer = async (parts: MemberParts, options: ConsumeOptions): Promise<Consumer> => {
  const { maxBatch = defaults.maxBatch, retries = defaults.retries, backoff_ms = defaults.backoff_ms } = options
  if (!Number.isInteger(maxBatch) || maxBatch < 1) throw new RangeError(`maxBatch must be 1 or more, not ${maxBatch}`)
  const member = openMember(parts, { ...options, maxBatch, retries, backoff_ms, startAt: options.startAt ?? "earliest" })
  const patience = new AbortController()
  const late = sleep(parts.limits.joinPatience_ms, "late", { signal: patience.signal }).catch(() => "joined")
  if ((await Promise.race([member.joined, late])) === "late") {
    await member.stop()
    throw new Error(`group ${member.groupId} gave no partitions within ${parts.limits.joinPatience_ms / 1000} s`)
  }
  patience.abort()
  return consumerOf(parts, member)
}

const consumerOf = (parts: MemberParts, member: Member): Consumer => {
  const { topic, topics } = parts
  const behindSince = new Map<number, { readonly position: number; readonly since: number }>()
  let stopping: Promise<void> | undefined
  const checkRunning = () => {
    if (stopping) throw new Error("the consumer is stopped")
  }
  const given = async () => {
    for (;;) {
      checkRunning()
      const assigned = member.assigned()
      if (assigned) return assigned
      await sleep(look_ms)
    }
  }

  return {
    pause: () => member.setPaused(true),
    resume: () => member.setPaused(false),
    seek: async (partition, offset) => {
      checkRunning()
      if (!Number.isInteger(partition) || partition < 0 || partition >= topic.partitions)
        throw new RangeError(`topic ${topic.name} has no partition ${partition}`)
      if (!Number.isInteger(offset) || offset < 0) throw new RangeError(`not an offset: ${offset}`)
      const { low, high } = await topics.ends(topic)
      const state = (await given()).get(partition)
      if (!state) throw new Error(`partition ${partition} of ${topic.name} is with another member of the group`)
      state.position = Math.min(Math.max(offset, low[partition]!), high[partition]!)
      state.seeks++
      member.moveTo(state, state.position)
      member.commits.set(partition, state.position)
      await member.commits.flush()
    },
    lag: async () => {
      const { high } = await topics.ends(topic)
      const positions = await positionsOf(parts, member)
      return lagOf(parts, member, positions, high, behindSince)
    },
    idle: async () => {
      checkRunning()
      const { high } = await topics.ends(topic)
      for (;;) {
        if (stopping) throw new Error("the consumer was stopped before it was idle")
        if (ownIsHandled(parts, member, high)) {
          await member.commits.flush()
          if ((await positionsOf(parts, member)).every((position, partition) => position >= high[partition]!)) return
          await sleep(lookAtOthers_ms)
        } else await sleep(look_ms)
      }
    },
    stop: () => (stopping ??= member.stop()),
  }
}

const ownIsHandled = ({ letters }: MemberParts, member: Member, targets: readonly number[]): boolean => {
  const assigned = member.assigned()
  if (!assigned) return false
  for (const { index, position } of assigned.values())
    if (position < targets[index]! || pickReleased(letters.quarantineOf(index), 1).length > 0) return false
  return true
}

/** Where the group stands: our partitions as we know them, the others as they are committed. */
const positionsOf = async ({ topic, topics }: MemberParts, member: Member): Promise<number[]> => {
  const assigned = member.assigned()
  const committed = assigned?.size === topic.partitions ? [] : await topics.committed(member.groupId, topic)
  return Array.from({ length: topic.partitions }, (_, index) => assigned?.get(index)?.position ?? committed[index] ?? 0)
}

/**
 * The age of the oldest message not handled is its timestamp where we hold it; elsewhere (another member's partition, or not
 * yet fetched) it is the time since we first saw the group stand still there, which is not more than the truth.
 */
const lagOf = (
  { letters, now }: MemberParts,
  member: Member,
  positions: readonly number[],
  high: readonly number[],
  behindSince: Map<number, { readonly position: number; readonly since: number }>,
): Lag => {
  let gap = 0
  let oldest = Infinity
  for (const [index, position] of positions.entries()) {
    const behind = Math.max(0, high[index]! - position)
    const released = pickReleased(letters.quarantineOf(index), Infinity)
    gap += behind + released.length
    if (released.length > 0) oldest = Math.min(oldest, letters.get(index, released[0]!).timestamp)
    if (behind === 0) {
      behindSince.delete(index)
      continue
    }
    if (behindSince.get(index)?.position !== position) behindSince.set(index, { position, since: now() })
    oldest = Math.min(oldest, member.assigned()?.get(index)?.queue.first()?.timestamp ?? behindSince.get(index)!.since)
  }
  return { gap, lag_seconds: oldest === Infinity ? 0 : Math.max(0, (now() - oldest) / 1000) }
}
