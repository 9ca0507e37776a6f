import type { Lag } from "../port.js"
import { pickReleased } from "../quarantine.js"
import { lagOf, nextWork, openPartitions, releaseKeys, type GroupParts, type Handler, type PartitionState } from "./partition.js"

/** One `consume` call: a member of its group. Aborting `signal` ends its retries. */
export type Member = { readonly handler: Handler; readonly stop: AbortController; paused: boolean }

export type Group = {
  readonly join: (member: Member) => void
  /** Hands the member's partitions over; resolves when its running batches have ended and its commits are durable. */
  readonly leave: (member: Member) => Promise<void>
  /** Partitions with something to do (messages, resumed, replay) start to run. */
  readonly wake: (partition?: number) => void
  readonly seek: (partition: number, offset: number) => Promise<void>
  readonly lag: () => Lag
  readonly idle: (member: Member) => Promise<void>
  readonly release: (key?: string) => Promise<number>
}

type Partition = {
  readonly state: PartitionState
  owner: Member | undefined
  pumping: boolean
  running: { readonly owner: Member; readonly ended: Promise<void> } | undefined
}

type Waiter = { readonly member: Member; readonly targets: readonly number[]; readonly settle: (stopped: boolean) => void }

const failurePause_ms = 250
const unseenPause_ms = 5
const pauseFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * A consumer group of one topic. Each partition has one pump that runs batch after batch, whoever owns the partition at that
 * moment: a hand-over between members can neither reorder nor overlap.
 */
export const openGroup = (parts: GroupParts, startAt: "earliest" | "latest"): Group => {
  const { topic, offsets } = parts
  const partitions = openPartitions(parts, startAt).map((state): Partition => ({
    state,
    owner: undefined,
    pumping: false,
    running: undefined,
  }))
  const states = partitions.map(({ state }) => state)
  const members: Member[] = []
  const waiters = new Set<Waiter>()

  const settleWaiters = () => {
    for (const waiter of waiters) if (isHandled(states, waiter.targets)) waiter.settle(false)
  }

  const run = async (partition: Partition, owner: Member, work: () => Promise<void>) => {
    const ended = work().catch(async (cause: unknown) => {
      parts.onFailure(cause)
      await pauseFor(failurePause_ms)
    })
    partition.running = { owner, ended }
    await ended
    partition.running = undefined
    settleWaiters()
    // Handlers that answer at once must not keep timers and sockets of the process waiting.
    await new Promise((resolve) => setImmediate(resolve))
  }

  const pump = async (partition: Partition) => {
    partition.pumping = true
    try {
      for (;;) {
        const { owner, state } = partition
        if (!owner || owner.paused) return
        const work = nextWork(parts, state, owner.handler)
        if (work) await run(partition, owner, work)
        else if (state.position >= parts.topic.heads[state.index]!) return
        // Told of messages it cannot see yet: look again, or nobody ever would.
        else await pauseFor(unseenPause_ms)
      }
    } finally {
      // No await since the last look for work: a wake in between would be lost.
      partition.pumping = false
    }
  }
  const wake = (partition: Partition) => {
    if (partition.pumping) return
    pump(partition).catch(async (cause: unknown) => {
      parts.onFailure(cause)
      await pauseFor(failurePause_ms)
      wake(partition)
    })
  }
  const assign = () => {
    for (const partition of partitions) partition.owner = members[partition.state.index % members.length]
    partitions.forEach(wake)
  }

  return {
    join: (member) => {
      members.push(member)
      assign()
    },
    leave: async (member) => {
      const at = members.indexOf(member)
      if (at === -1) return
      members.splice(at, 1)
      member.stop.abort()
      assign()
      for (const waiter of waiters) if (waiter.member === member) waiter.settle(true)
      await Promise.all(partitions.flatMap(({ running }) => (running?.owner === member ? [running.ended] : [])))
      await offsets.flush()
    },
    wake: (index) => (index === undefined ? partitions.forEach(wake) : wake(partitions[index]!)),
    seek: async (index, offset) => {
      const partition = partitions[index]
      if (!partition) throw new RangeError(`topic ${topic.name} has no partition ${index}`)
      if (!Number.isInteger(offset) || offset < 0) throw new RangeError(`not an offset: ${offset}`)
      const { state } = partition
      state.position = Math.min(offset, topic.heads[index]!)
      state.seeks++
      offsets.set(topic, parts.group, index, state.position)
      await offsets.flush()
      wake(partition)
    },
    lag: () => lagOf(parts, states),
    idle: async (member) => {
      const targets = [...topic.heads]
      if (!isHandled(states, targets)) await settled(waiters, member, targets)
      await offsets.flush()
    },
    release: async (key) => {
      const counts = await Promise.all(states.map((state) => releaseKeys(parts, state, key)))
      partitions.forEach(wake)
      return counts.reduce((sum, count) => sum + count, 0)
    },
  }
}

const isHandled = (states: readonly PartitionState[], targets: readonly number[]): boolean =>
  states.every(({ position, quarantine }, index) => position >= targets[index]! && pickReleased(quarantine, 1).length === 0)

const settled = (waiters: Set<Waiter>, member: Member, targets: readonly number[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const waiter: Waiter = {
      member,
      targets,
      settle: (stopped) => {
        waiters.delete(waiter)
        if (stopped) reject(new Error("the consumer was stopped before it was idle"))
        else resolve()
      },
    }
    waiters.add(waiter)
  })
