/** A country in a folder: the real embedded store and streams, a relay that copies facts when told to, a clock that is moved by hand. */
import { openAccessLog } from "@tongzhang/engines/access-log"
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { DateText, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import * as person from "@tongzhang/domain/person"
import * as transfer from "@tongzhang/domain/transfer"
import { type AggregateStore, openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { createPersonKeys } from "@tongzhang/identity/person-key"
import { splitContribution } from "@tongzhang/law/rules/contribution"
import type { Caller } from "@tongzhang/service-kit/caller"
import { shiftableClock, type ShiftableClock, systemClock } from "@tongzhang/service-kit/clock"
import { createLogger } from "@tongzhang/service-kit/logger"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import type { Delivered, Streams } from "@tongzhang/streams/port"
import { isLeft } from "fp-ts/lib/Either.js"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { enrollments, persons, transfers } from "../aggregates.js"
import { probeRelations } from "../relations.js"
import { createTransferService, type TransferService } from "../transfer.js"

/** A Monday in China, 09:00. */
export const start_ms = Date.UTC(2026, 2, 2, 1)
export const personKeys = createPersonKeys("a secret of the tests, long enough")
export const logger = createLogger({ service: "test", level: "silent" })

export type World = {
  readonly store: EventStore
  readonly streams: Streams
  readonly aggregates: AggregateStore
  readonly service: TransferService
  readonly clock: ShiftableClock
  /** Relays and works until nothing moves any more. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

export type WorldOptions = {
  readonly wrap?: (store: EventStore) => EventStore
  readonly offset_ms?: number
  readonly onDead?: Promise<void>
  /** False: the relay begins anew and sends every fact again at each opening. */
  readonly relayRemembers?: boolean
}

export const openWorld = async (folder: string, options: WorldOptions = {}): Promise<World> => {
  const clock = shiftableClock({ now: () => start_ms, sleep: systemClock.sleep }, options.offset_ms ?? 0)
  const real = await openEmbeddedStore({ path: join(folder, "events"), now: clock.now })
  const store = options.wrap === undefined ? real : options.wrap(real)
  const streams = await openEmbeddedStreams({ path: join(folder, "streams"), now: clock.now })
  const aggregates = openAggregateStore(store)
  const relations = probeRelations(store)
  const service = createTransferService({
    store,
    aggregates,
    streams,
    relations,
    logAccess: openAccessLog(store).append,
    personKeys,
    clock,
    logger,
    random: () => 0,
    tick_ms: null,
  })
  await service.start()
  const bookmark = join(folder, "relay.position")
  const remembers = options.relayRemembers ?? true
  let sent = remembers && existsSync(bookmark) ? (readFileSync(bookmark, "utf8") as Position) : null
  const relay = async (): Promise<number> => {
    let count = 0
    for (;;) {
      const page = await real.readAll({ after: sent, max: 500 })
      if (page.events.length > 0) await streams.publish(topics.facts, page.events.map(encodeFact))
      count += page.events.length
      sent = page.next ?? sent
      if (remembers && sent !== null) writeFileSync(bookmark, sent)
      if (page.atEnd) return count
    }
  }
  const died = options.onDead ?? new Promise<void>(() => undefined)
  return {
    store,
    streams,
    aggregates,
    service,
    clock,
    settle: async () => {
      const gone = died.then(() => "died" as const)
      // Idle first, even when nothing is new: after a restart the group still has what it never committed.
      do {
        if ((await Promise.race([service.idle(), gone])) === "died") return
      } while ((await relay()) > 0)
    },
    close: async () => {
      await service.stop()
      await streams.close()
      await real.close()
    },
  }
}

export const agency = (province: ProvinceCode): Caller => ({ kind: "agency", id: `agency ${province}`, province })

const seedMetadata = (commandId: string) =>
  ({ actor: { kind: "agency", id: "seed" }, channel: "batch", purpose: "seed", commandId, correlationId: "seed" }) as const

const must = async (result: Promise<Awaited<ReturnType<AggregateStore["execute"]>>>): Promise<void> => {
  const settled = await result
  if (isLeft(settled)) throw new Error(JSON.stringify(settled.left))
}

export type WorkLife = readonly (readonly [province: ProvinceCode, from: string, to: string, base_fen: number])[]

/** A person with one employee relation per entry, paid month by month at 16 % + 8 %. */
export const seedPerson = async (
  { aggregates }: Pick<World, "aggregates">,
  key: PersonKey,
  life: WorkLife,
  facts: {
    readonly hukou?: ProvinceCode | null
    readonly birthMonth?: string
    readonly temporary?: readonly ProvinceCode[]
  } = {},
): Promise<void> => {
  const registered = person.registerPerson({
    sex: "male",
    birthMonth: month(facts.birthMonth ?? "1985-05"),
    hukou: facts.hukou === undefined ? "41" : facts.hukou,
    sealed: "sealed",
    nameIndex: "index",
  })
  await must(aggregates.execute(persons, person.streamOf(key), registered, seedMetadata("register")))
  for (const [province, from, to, base] of life) {
    const stream = enrollment.streamOf({ province, scheme: "110", person: key })
    const temporary = facts.temporary?.includes(province) ?? false
    const opened = enrollment.openEnrollment({
      scheme: "110",
      from: month(from),
      capacity: "employee",
      employer: "works",
      temporary,
    })
    await must(aggregates.execute(enrollments, stream, opened, seedMetadata(`open ${province}`)))
    const months = monthsCount(from, to)
    const amounts = {
      base_fen: fen(base),
      employer_fen: fen(Math.round(base * 0.16) * months),
      personal_fen: fen(Math.round(base * 0.08) * months),
      subsidy_fen: fen(0),
    }
    const split = splitContribution({ scheme: "110", capacity: "employee", province, month: month(from), months, ...amounts })
    const line = `L${province}` as LineId
    const paid = enrollment.recordContribution({
      line,
      kind: "regular",
      from: month(from),
      to: month(to),
      paidOn: `${to}-15` as DateText,
      ...amounts,
      pooled_fen: split.pooled_fen,
      account_fen: split.account_fen,
    })
    await must(aggregates.execute(enrollments, stream, paid, seedMetadata(`pay ${province}`)))
  }
}

const monthsCount = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1

/** The whole log, in order. */
export const readLog = async (store: EventStore): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  let after: Position | null = null
  for (;;) {
    const page = await store.readAll({ after, max: 1_000 })
    events.push(...page.events)
    if (page.atEnd) return events
    after = page.next
  }
}

export const eventOf = (record: RecordedEvent): LedgerEvent => {
  const decoded = decodeEvent(record)
  if (!decoded.ok) throw new Error(decoded.cause)
  return decoded.event
}

/** What every stream holds, apart from the order between streams and the time of day. */
export const digestOf = async (store: EventStore): Promise<readonly string[]> =>
  (await readLog(store))
    .map(
      (record) => `${record.stream} ${record.revision} ${record.id} ${record.type} ${Buffer.from(record.data).toString("utf8")}`,
    )
    .sort()

export const loadTransfer = async (world: World, id: TransferId): Promise<transfer.Transfer> =>
  (await world.aggregates.load(transfers, transfer.streamOf(id))).state

export const loadEnrollment = async (world: World, key: PersonKey, province: ProvinceCode): Promise<enrollment.Enrollment> =>
  (await world.aggregates.load(enrollments, enrollment.streamOf({ province, scheme: "110", person: key }))).state

/** Everything a topic holds, once. */
export const topicOf = async (streams: Streams, topic: string, group: string): Promise<readonly unknown[]> => {
  const got: Delivered[] = []
  const consumer = await streams.consume({ topic, group, onBatch: async (messages) => void got.push(...messages) })
  await consumer.idle()
  await consumer.stop()
  return got.map((message) => ({ key: message.key, ...(JSON.parse(Buffer.from(message.value).toString("utf8")) as object) }))
}
