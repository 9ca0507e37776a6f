/**
 * What the proof log adds to following: facts arrive, the projector folds and writes them, with the log beside it or without, all in
 * one process. The writer's own cost is measured apart, in the same round, and taken off both.
 */
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { createProjector } from "@tongzhang/projector/projector"
import type { RecordDb } from "@tongzhang/record/database"
import { systemClock } from "@tongzhang/service-kit/clock"
import { collectGarbage, seconds, silent } from "./setting.ts"
import { followProof } from "./proof-follow.ts"

export type Cost = { readonly clock_s: number; readonly cpu_s: number }

/** Seconds on the clock, and of all threads of this process: waiting for the disk costs nobody else anything. */
export const timed = async (work: () => Promise<unknown>): Promise<Cost> => {
  collectGarbage()
  const before = process.cpuUsage()
  const clock_s = await seconds(work)
  const { user, system } = process.cpuUsage(before)
  return { clock_s, cpu_s: (user + system) / 1e6 }
}

export const turnsOf = <Way>(a: Way, b: Way, isEven: boolean): readonly Way[] => (isEven ? [a, b, b, a] : [b, a, a, b])

/** Follows the whole of a store that does not grow, into an empty record. */
export const followWhole = async (store: EventStore, record: RecordDb, folder: string | null): Promise<Cost> => {
  await record.clear()
  const projector = createProjector({ store, record, clock: systemClock, logger: silent, random: () => 0.5 })
  let stop = async (): Promise<void> => undefined
  const cost = await timed(async () => {
    projector.start()
    const proof = folder === null ? null : followProof(store, folder)
    if (proof !== null) stop = proof.stop
    await Promise.all([projector.caughtUp(), proof?.follower.caughtUp()])
  })
  await projector.stop()
  await stop()
  return cost
}

const live_events_max = 50_000
/** Appends on their way at once, as many as a file that is fed keeps there. */
const window_appends = 500

export const firstEvents = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  let after: Position | null = null
  for (let atEnd = false; !atEnd && events.length < live_events_max;) {
    const page = await store.readAll({ after, max: 5_000 })
    events.push(...page.events)
    after = page.next
    atEnd = page.atEnd
  }
  return events
}

type Who = "nobody" | "projector" | "both"

const arrive = async (events: readonly RecordedEvent[], record: RecordDb, folder: string, who: Who): Promise<Cost> => {
  await record.clear()
  const store = await openEmbeddedStore({ path: join(folder, "events") })
  const projector = createProjector({ store, record, clock: systemClock, logger: silent, random: () => 0.5 })
  if (who !== "nobody") projector.start()
  const proof = who === "both" ? followProof(store, join(folder, "proof")) : null
  const cost = await timed(async () => {
    for (let at = 0; at < events.length; at += window_appends)
      await Promise.all(
        events.slice(at, at + window_appends).map((event) => store.append(event.stream, event.revision - 1, [event])),
      )
    await Promise.all([who === "nobody" ? undefined : projector.caughtUp(), proof?.follower.caughtUp()])
  })
  await projector.stop()
  await proof?.stop()
  await store.close()
  await rm(folder, { recursive: true })
  return cost
}

export type Live = { readonly events: number; readonly without_s: number; readonly beside_s: number }

/** CPU seconds of the follower alone and with the log beside it, each twice, ABBA or BAAB: what drifts meanwhile meets both alike. */
export const liveRound = async (
  events: readonly RecordedEvent[],
  record: RecordDb,
  folder: string,
  isEven: boolean,
): Promise<Live> => {
  const cpu_s = async (who: Who): Promise<number> => (await arrive(events, record, folder, who)).cpu_s
  const written_s = (await cpu_s("nobody")) + (await cpu_s("nobody"))
  const spent_s = { projector: -written_s, both: -written_s }
  for (const who of turnsOf<"projector" | "both">("projector", "both", isEven)) spent_s[who] += await cpu_s(who)
  return { events: 2 * events.length, without_s: spent_s.projector, beside_s: spent_s.both }
}
