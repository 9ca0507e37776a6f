import { setTimeout as sleep } from "node:timers/promises"
import type { Consumer as KafkaConsumer, Kafka, KafkaMessage } from "kafkajs"
import type { ConsumeOptions, Delivered } from "../port.js"
import { openCommits, type Commits } from "./commits.js"
import type { KafkaLimits } from "./connection.js"
import type { Letters } from "./letters.js"
import { newPartition, nextWork, type PartitionState, type Work } from "./partition.js"
import { supervise, type Fetched } from "./supervised.js"
import type { Topic, Topics } from "./topics.js"

export type MemberParts = {
  readonly kafka: Kafka
  readonly limits: KafkaLimits
  readonly topics: Topics
  readonly letters: Letters
  readonly topic: Topic
  readonly group: string
  readonly now: () => number
  readonly onFailure: (cause: unknown) => void
}

export type MemberOptions = Pick<ConsumeOptions, "onBatch" | "waitsOut" | "onParked"> & {
  readonly maxBatch: number
  readonly retries: number
  readonly backoff_ms: number
  readonly startAt: "earliest" | "latest"
}

/** Partitions this member was given, until the group divides them anew. */
type Assignment = { readonly ended: AbortController; readonly partitions: ReadonlyMap<number, PartitionState>; ready: boolean }

/** One process's place in a group: fetches ahead of the handlers, runs one batch per partition at a time, commits after. */
export type Member = {
  readonly groupId: string
  /** Undefined while the group is being divided anew. */
  readonly assigned: () => ReadonlyMap<number, PartitionState> | undefined
  /** Resolves when the first partitions were given (perhaps none) and their starts are committed. */
  readonly joined: Promise<void>
  readonly commits: Commits
  readonly setPaused: (paused: boolean) => void
  readonly moveTo: (state: PartitionState, offset: number) => void
  readonly stop: () => Promise<void>
}

const failurePause_ms = 250

/** Kafka's groups span topics, the port's do not: `@` is in no name, so the pair stays unique. */
export const groupIdOf = (topic: string, group: string): string => `${group}@${topic}`

export const openMember = (parts: MemberParts, options: MemberOptions): Member => {
  const { topic, topics, letters, limits, onFailure } = parts
  const groupId = groupIdOf(topic.name, parts.group)
  const { promise: joined, resolve: settleJoined } = deferred()
  let assignment: Assignment | undefined
  let paused = false
  let stopped = false

  const holdFetch = (state: PartitionState, held: boolean) => {
    const kafka = supervised.current()
    if (state.held === held || !kafka) return
    state.held = held
    const which = [{ topic: topic.name, partitions: [state.index] }]
    if (held) kafka.pause(which)
    else kafka.resume(which)
  }
  const moveTo = (state: PartitionState, offset: number) => {
    state.queue.clear()
    state.fetched = offset
    supervised.current()?.seek({ topic: topic.name, partition: state.index, offset: `${offset}` })
    holdFetch(state, false)
  }

  const pump = async (mine: Assignment, state: PartitionState) => {
    const work: Work = {
      group: parts.group,
      letters,
      now: parts.now,
      commit: ({ index, position }) => commits.set(index, position),
      handler: { ...options, signal: mine.ended.signal },
    }
    while (!paused && !stopped && !mine.ended.signal.aborted) {
      const next = nextWork(work, state)
      // No await between this look and the end of `pumping`: a wake in between would be lost.
      if (!next) break
      await next().catch(async (cause: unknown) => {
        onFailure(cause)
        await sleep(failurePause_ms)
        // What was taken from the queue and is not done is asked for again.
        if (!mine.ended.signal.aborted) moveTo(state, state.position)
      })
      if (state.queue.bytes() < limits.queue_bytes / 2 && !mine.ended.signal.aborted) holdFetch(state, false)
      // Handlers that answer at once must not keep timers and sockets of the process waiting.
      await new Promise((resolve) => setImmediate(resolve))
    }
    state.pumping = false
  }
  const wake = (mine: Assignment, state: PartitionState) => {
    if (!state.ready || state.pumping) return
    state.pumping = true
    state.running = pump(mine, state)
  }
  const wakeAll = () => {
    if (assignment) for (const state of assignment.partitions.values()) wake(assignment, state)
  }

  /** Finds where each partition starts: after the running batches of before, after the commits, with the letters read. */
  const begin = async (mine: Assignment, before: Assignment | undefined) => {
    await ranOut(before)
    commits.keepOnly(new Set(mine.partitions.keys()))
    await commits.flush()
    const committed = await topics.committed(groupId, topic)
    const { low, high } = await topics.ends(topic)
    await letters.certain([...mine.partitions.keys()])
    if (mine.ended.signal.aborted) return
    for (const state of mine.partitions.values()) {
      const known = committed[state.index]
      const [first, end] = [low[state.index]!, high[state.index]!]
      if (known !== undefined && known < first)
        onFailure(
          new Error(`${groupId}: ${first - known} messages of partition ${state.index} were deleted before they were handled`),
        )
      state.position = Math.min(Math.max(known ?? (options.startAt === "latest" ? end : first), first), end)
      // The start is committed too: a group that began at "latest" and stops before its first message must not skip later ones.
      if (known !== state.position) commits.set(state.index, state.position)
    }
    await commits.flush()
    if (mine.ended.signal.aborted) return
    for (const state of mine.partitions.values()) {
      moveTo(state, state.position)
      state.ready = true
    }
    mine.ready = true
    settleJoined()
    wakeAll()
  }
  const onJoined = (kafka: KafkaConsumer, assigned: readonly number[]) => {
    const before = assignment
    before?.ended.abort()
    const partitions = new Map(assigned.map((index) => [index, newPartition(index)]))
    const mine: Assignment = { ended: new AbortController(), partitions, ready: false }
    assignment = mine
    if (stopped) mine.ended.abort()
    if (assigned.length > 0) kafka.pause([{ topic: topic.name, partitions: [...assigned] }])
    void until(mine.ended.signal, () => begin(mine, before), onFailure)
  }

  const onBatch = async ({ batch, resolveOffset, heartbeat, isStale }: Fetched) => {
    const mine = assignment
    const state = mine?.partitions.get(batch.partition)
    // Not resolved: it will be fetched again, from where the partition starts.
    if (!mine || !state?.ready || isStale()) return
    for (const message of batch.messages) {
      const offset = Number(message.offset)
      if (offset >= state.fetched) state.queue.push(deliveredOf(topic.name, batch.partition, offset, message))
    }
    state.fetched = Math.max(state.fetched, Number(batch.lastOffset()) + 1)
    resolveOffset(batch.lastOffset())
    topics.reaches(topic.name, batch.partition, state.fetched)
    if (state.queue.bytes() > limits.queue_bytes) holdFetch(state, true)
    wake(mine, state)
    await heartbeat()
  }

  const supervised = supervise(parts.kafka, limits, {
    groupId,
    topic: topic.name,
    partitions: topic.partitions,
    onJoined,
    // Others wait for us to join again: what is done is told first.
    onRebalancing: () => void commits.flush().catch(() => undefined),
    onBatch,
    onFailure,
  })
  const commits = openCommits(topic.name, supervised.current, limits.commitEvery_ms, onFailure)
  letters.onRelease(wakeAll)

  return {
    groupId,
    joined,
    commits,
    assigned: () => (assignment?.ready ? assignment.partitions : undefined),
    setPaused: (value) => {
      paused = value
      if (!paused) wakeAll()
    },
    moveTo,
    stop: async () => {
      stopped = true
      assignment?.ended.abort()
      await ranOut(assignment)
      await commits.flush().catch(onFailure)
      await supervised.stop()
    },
  }
}

const ranOut = async (assignment: Assignment | undefined): Promise<void> => {
  for (const { running } of assignment?.partitions.values() ?? []) await running
}

/** Tries until it succeeds or the signal ends it. */
const until = async (ended: AbortSignal, run: () => Promise<void>, onFailure: (cause: unknown) => void): Promise<void> => {
  while (!ended.aborted) {
    try {
      return await run()
    } catch (cause) {
      if (ended.aborted) return
      onFailure(cause)
      await sleep(failurePause_ms)
    }
  }
}

const deliveredOf = (topic: string, partition: number, offset: number, message: KafkaMessage): Delivered => {
  const headers: Record<string, string> = {}
  for (const name in message.headers) headers[name] = String(message.headers[name])
  return {
    topic,
    partition,
    offset,
    timestamp: Number(message.timestamp),
    key: message.key?.toString() ?? "",
    value: message.value ?? new Uint8Array(0),
    headers,
  }
}

const deferred = () => {
  let resolve!: () => void
  const promise = new Promise<void>((yes) => (resolve = yes))
  return { promise, resolve }
}
