import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { streamOf as accessStream } from "@tongzhang/domain/access"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import { streamOf as feedStream } from "@tongzhang/domain/feed"
import type { DateText, LineId, PersonKey } from "@tongzhang/domain/ids"
import { addMonths, month } from "@tongzhang/domain/month"
import type { Fen } from "@tongzhang/domain/money"
import { streamOf as personStream } from "@tongzhang/domain/person"
import { streamOf as policyStream } from "@tongzhang/domain/policy"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, RecordedEvent, SubscribeOptions } from "@tongzhang/event-store/port"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createProgress } from "@tongzhang/record/progress"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import { systemClock } from "@tongzhang/service-kit/clock"
import { pino } from "pino"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { createProjector, type Projector } from "./projector.js"
import type { ProjectorOptions } from "./run.js"
import { doorOf } from "./testing/door.js"

const personOf = (n: number): PersonKey => n.toString(16).padStart(32, "0") as PersonKey
const logger = pino({ level: "silent" })

let folder: string
let store: EventStore
let record: RecordDb
let queries: Queries
let running: Projector[] = []

beforeAll(async () => {
  record = await openRecord({ kind: "pglite", path: null })
  queries = createQueries(record)
}, 60_000)
afterAll(() => record.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "projector-"))
  store = await openEmbeddedStore({ path: folder })
  await record.clear()
})
afterEach(async () => {
  await Promise.all(running.map((projector) => projector.stop()))
  running = []
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const started = (options: Partial<ProjectorOptions> = {}): Projector => {
  const projector = createProjector({ store, record, clock: systemClock, logger, random: () => 0.5, ...options })
  running.push(projector)
  projector.start()
  return projector
}

const revisions = new Map<EventStore, Map<StreamName, number>>()
const add = async (stream: StreamName, ...events: readonly LedgerEvent[]): Promise<void> => {
  const known = revisions.get(store) ?? new Map<StreamName, number>()
  revisions.set(store, known)
  const revision = known.get(stream) ?? 0
  const outcome = await store.append(stream, revision - 1, asNewEvents(stream, events, revision))
  expect(outcome.kind).toBe("appended")
  known.set(stream, revision + events.length)
}

const registered = (n: number): LedgerEvent => ({
  type: "PersonRegistered",
  sex: n % 2 === 0 ? "female" : "male",
  birthMonth: month("1985-03"),
  hukou: "34",
  sealed: `sealed${n}`,
  nameIndex: `name${n % 3}`,
})
const opened: LedgerEvent = {
  type: "EnrollmentOpened",
  from: month("2020-01"),
  capacity: "employee",
  employer: "E",
  temporary: false,
}
const paid = (line: number, account = 8_000): LedgerEvent => ({
  type: "ContributionRecorded",
  kind: "regular",
  line: `L${line}` as LineId,
  from: addMonths(month("2020-01"), line),
  to: addMonths(month("2020-01"), line),
  paidOn: "2024-01-05" as DateText,
  base_fen: 100_000 as Fen,
  employer_fen: 16_000 as Fen,
  personal_fen: account as Fen,
  subsidy_fen: 0 as Fen,
  pooled_fen: 16_000 as Fen,
  account_fen: account as Fen,
})
const relation = (n: number, province: ProvinceCode = "31"): StreamName =>
  enrollmentStream({ province, scheme: "110", person: personOf(n) })

/** Month by month, as provinces pay: everybody's January, then everybody's February. */
const addNation = async (persons: number, months: number): Promise<void> => {
  for (let n = 1; n <= persons; n++) {
    await add(personStream(personOf(n)), registered(n))
    await add(relation(n), opened)
  }
  for (let line = 0; line < months; line++)
    await Promise.all(Array.from({ length: persons }, (_, i) => add(relation(i + 1), paid(line))))
  for (let n = 1; n <= persons; n += 3)
    await add(relation(n), {
      ...paid(0, 9_000),
      type: "ContributionCorrected",
      line: "C0",
      corrects: "L0",
      reason: "base",
    } as never)
}

/** The store as a subscriber sees it through a fault. */
const faulty = (change: (events: readonly RecordedEvent[]) => readonly RecordedEvent[]): EventStore => ({
  ...store,
  subscribe: (options: SubscribeOptions) =>
    store.subscribe({ ...options, onEvents: (events, upTo) => options.onEvents(change(events), upTo) }),
})

/** Coverage by month and known day; what came to nothing may be a row or none. */
const coverageMonths = async () => {
  const rows = await record.db
    .selectFrom("coverage_month")
    .selectAll()
    .orderBy("month")
    .orderBy("sex")
    .orderBy("known_on")
    .execute()
  return rows.filter(({ paid, entered }) => paid !== 0 || entered !== 0)
}

describe("projector", () => {
  it("folds the ledger, follows it live, and statistics by province and sex add up", async () => {
    await addNation(9, 4)
    const projector = started()
    await projector.caughtUp()
    expect(await queries.totals()).toEqual({ persons: 9, male: 5, female: 4, events: 9 + 9 + 36 + 3 })
    await add(relation(1, "44"), opened, paid(30))
    await projector.caughtUp()
    const coverage = await queries.coverage()
    expect(coverage).toEqual([
      { province: "31", scheme: "110", sex: "female", relations: 4, open: 4, months: 16, account_fen: 4 * 32_000 + 1_000 },
      { province: "31", scheme: "110", sex: "male", relations: 5, open: 5, months: 20, account_fen: 5 * 32_000 + 2_000 },
      { province: "44", scheme: "110", sex: "male", relations: 1, open: 1, months: 1, account_fen: 8_000 },
    ])
    const asked = { scheme: "110", knownOn: null } as const
    expect(await queries.coverageOfMonth(asked, "2020-03")).toEqual([
      { province: "31", capacity: "employee", sex: "female", paid: 4, enrolled: 4 },
      { province: "31", capacity: "employee", sex: "male", paid: 5, enrolled: 5 },
      { province: "44", capacity: "employee", sex: "male", paid: 0, enrolled: 1 },
    ])
    expect(await queries.coverageOfMonth({ ...asked, knownOn: "2000-01-01" }, "2020-03")).toEqual([])
    expect(await queries.coverageOfMonths(asked, "44", { from: "2022-06", to: "2022-08" })).toMatchObject([
      { month: "2022-06", paid: 0, enrolled: 1 },
      { month: "2022-07", paid: 1, enrolled: 1 },
      { month: "2022-08", paid: 0, enrolled: 1 },
    ])
    expect(await queries.coverageSpan(asked)).toEqual({ first: "2020-01", last: "2022-07" })
    expect([...(await queries.coverageHeard(asked)).keys()].sort()).toEqual(["31", "44"])
    const state = await queries.recordOf(personOf(1))
    expect(state?.relations.get("31_110")?.account_fen).toBe(33_000)
    expect((await queries.searchByName("name1")).map((row) => row.person_key)).toEqual([1, 4, 7].map(personOf))
  })

  it("writes nothing for reads of records alone, until somebody waits for them or a while has passed", async () => {
    const read: LedgerEvent = {
      type: "RecordRead",
      reader: { kind: "center", id: "a", province: null },
      purpose: "service",
      what: "record",
    }
    let writes = 0
    const never = started({ limits: { readsPassedOver_ms: 1e9 }, beforeWrite: () => void writes++ })
    await addNation(1, 1)
    await never.caughtUp()
    const before = writes
    for (let n = 0; n < 5; n++) await add(accessStream(personOf(1)), read)
    await vi.waitFor(() => expect(never.status().folded - never.status().written).toBe(5))
    expect(writes).toBe(before)
    await never.caughtUp()
    expect(await queries.checkpoint("record")).toBe(await store.head())
    await running.pop()?.stop()
    started({ limits: { readsPassedOver_ms: 1 } })
    await add(accessStream(personOf(1)), read)
    const head = await store.head()
    await vi.waitFor(async () => expect(await queries.checkpoint("record")).toBe(head), 10_000)
  })

  it("answers a reader who waits for his own write", async () => {
    const progress = createProgress(record)
    started()
    await add(relation(1), opened)
    const head = await store.head()
    if (head === null) throw new Error("nothing appended")
    expect(await progress.waitFor(head, 5_000)).toBe(true)
    expect((await queries.recordOf(personOf(1)))?.events).toBe(1)
    await running.pop()?.stop()
    await add(relation(1), paid(0))
    const next = await store.head()
    expect(next !== null && (await progress.waitFor(next, 100))).toBe(false)
    progress.close()
  })

  it("gives the same digest after a drop and rebuild, with a small cache and small batches too", async () => {
    await addNation(30, 3)
    const projector = started()
    await projector.caughtUp()
    const { digest, events } = await queries.digest()
    const months = await coverageMonths()
    expect(months.reduce((sum, { paid }) => sum + paid, 0)).toBe(90)
    const seen: number[] = []
    const rebuilt = await projector.rebuild((progress) => seen.push(progress.events))
    expect(rebuilt).toMatchObject({ digest, events, persons: 30 })
    expect(seen.at(-1)).toBe(events)
    expect(await coverageMonths()).toEqual(months)
    await projector.stop()
    await record.clear()
    await started({
      limits: { statesCached_max: 5, batchEvents_max: 7, personsWaiting_max: 3, eventsWaiting_max: 20 },
    }).caughtUp()
    expect((await queries.digest()).digest).toBe(digest)
    expect(await coverageMonths()).toEqual(months)
  })

  it("killed in the middle of writes and started again, ends in the same digest", async () => {
    await addNation(20, 4)
    await started().caughtUp()
    const { digest } = await queries.digest()
    const months = await coverageMonths()
    await running.pop()?.stop()
    await record.clear()
    let writes = 0
    const limits = { batchEvents_max: 9, statesCached_max: 4, eventsWaiting_max: 9 }
    const clock = { ...systemClock, sleep: (_ms: number, signal?: AbortSignal) => systemClock.sleep(5, signal) }
    const beforeWrite = (): void => {
      if (++writes % 3 === 2) throw new Error("power cut")
    }
    await started({ limits, clock, beforeWrite }).caughtUp()
    expect(writes).toBeGreaterThan(5)
    expect((await queries.digest()).digest).toBe(digest)
    expect(await coverageMonths()).toEqual(months)
  })

  it("two projectors on one record count nothing twice", async () => {
    await addNation(12, 2)
    const limits = { batchEvents_max: 6, eventsWaiting_max: 6 }
    const clock = { ...systemClock, sleep: (_ms: number, signal?: AbortSignal) => systemClock.sleep(5, signal) }
    await Promise.all([started({ limits, clock }).caughtUp(), started({ limits, clock }).caughtUp()])
    const coverage = await queries.coverage()
    expect(coverage.reduce((sum, row) => sum + row.relations, 0)).toBe(12)
    expect(coverage.reduce((sum, row) => sum + row.months, 0)).toBe(24)
  })

  it("is not disturbed by facts delivered again", async () => {
    await addNation(6, 3)
    await started().caughtUp()
    const { digest } = await queries.digest()
    const months = await coverageMonths()
    await running.pop()?.stop()
    await record.clear()
    const twice = faulty((events) => [...events, ...events.slice(-4), ...events])
    await started({ store: twice, limits: { batchEvents_max: 5 } }).caughtUp()
    expect((await queries.digest()).digest).toBe(digest)
    expect(await coverageMonths()).toEqual(months)
  })

  it("sets aside only the person with a gap, names the key, and lets him go once the facts are whole", async () => {
    await addNation(5, 3)
    let hidden = true
    const gap = faulty((events) => events.filter((event) => !(hidden && event.stream === relation(2) && event.revision === 2)))
    const projector = started({ store: gap, limits: { retryQuarantined_ms: 3_600_000 } })
    await projector.caughtUp()
    expect(await queries.quarantined()).toMatchObject([
      { person_key: personOf(2), stream: relation(2), revision: 3, cause: "revision 3 came where 2 was next", attempts: 0 },
    ])
    expect((await queries.recordOf(personOf(2)))?.relations.get("31_110")?.revision).toBe(1)
    expect((await queries.recordOf(personOf(3)))?.relations.get("31_110")?.revision).toBe(3)
    const check = projector.healthChecks.find((one) => one.name === "projector quarantine")
    expect(await check?.check()).toMatchObject({ stuck_key: personOf(2) })

    const ask = await doorOf(projector)
    expect(await ask("GET", "/quarantine")).toMatchObject({ quarantined: [{ person: personOf(2), revision: 3, attempts: 0 }] })
    hidden = false
    expect(await ask("POST", "/quarantine/retry", { person: personOf(2) })).toEqual({ folded: 1, still: [] })
    await add(relation(2), paid(9))
    await projector.caughtUp()
    expect(await queries.quarantined()).toEqual([])
    expect((await queries.recordOf(personOf(2)))?.relations.get("31_110")?.revision).toBe(4)
    const { digest } = await queries.digest()
    const months = await coverageMonths()
    expect((await projector.rebuild()).digest).toBe(digest)
    expect(await coverageMonths()).toEqual(months)
  })

  it("sets aside a person with an unreadable fact and keeps him aside over a restart", async () => {
    await addNation(2, 1)
    const [bad] = asNewEvents(relation(1), [paid(1)], 2)
    if (bad === undefined) throw new Error("no event")
    // The nation's correction of person 1 stands at revision 2.
    await store.append(relation(1), 2, [{ ...bad, id: bad.id.replace(/^./, "0"), type: "ContributionImagined@7" }])
    const projector = started({ limits: { retryQuarantined_ms: 3_600_000 } })
    await projector.caughtUp()
    expect((await queries.quarantined())[0]?.cause).toContain("unknown event type")
    const ask = await doorOf(projector)
    expect(await ask("POST", "/quarantine/retry")).toMatchObject({ folded: 0, still: [{ person: personOf(1), attempts: 1 }] })
    expect(await projector.release(personOf(1))).toBe(false)
    await projector.stop()
    await add(relation(2), paid(5))
    await started({ limits: { retryQuarantined_ms: 3_600_000, retryQuarantined_max: 1 } }).caughtUp()
    expect((await queries.quarantined()).map((row) => row.person_key)).toEqual([personOf(1)])
    expect((await queries.recordOf(personOf(2)))?.events).toBe(4)
  })

  it("tries somebody set aside again when it starts, however often it has tried: this version may be able to read the fact", async () => {
    await addNation(3, 3)
    let unreadable = true
    const older = faulty((events) =>
      events.map((event) =>
        unreadable && event.stream === relation(2) && event.revision === 1 ? { ...event, type: "Paid@99" } : event,
      ),
    )
    const tired = { retryQuarantined_ms: 1, retryQuarantined_max: 0 }
    const first = started({ store: older, limits: tired })
    await first.caughtUp()
    expect((await queries.quarantined()).map((row) => row.person_key)).toEqual([personOf(2)])
    await record.db.updateTable("quarantine").set({ attempts: 50 }).execute()
    await first.stop()
    unreadable = false
    started({ limits: { retryQuarantined_ms: 3_600_000, retryQuarantined_max: 1 } })
    await expect.poll(() => queries.quarantined()).toEqual([])
  })

  it("names a fact about no person that it cannot read, and passes over that one only", async () => {
    await addNation(1, 1)
    const feed = feedStream("31", "F9")
    const event = { id: "00000000-0000-4000-8000-0000000000f9", type: "FeedImagined@7", data: Buffer.from("{}") }
    await store.append(feed, -1, [{ ...event, metadata: Buffer.from("{}") }])
    const projector = started()
    await projector.caughtUp()
    const check = projector.healthChecks.find(({ name }) => name === "projector side facts")
    expect(await check?.check()).toMatchObject({ ok: true, stuck_key: feed })
    expect(await queries.quarantined()).toEqual([])
    expect((await queries.totals()).persons).toBe(1)
  })

  it("keeps feeds, freshness per province and contribution limits, counted once over a restart", async () => {
    const feed = feedStream("31", "F1")
    await add(feed, {
      type: "FeedReceived",
      province: "31",
      fileName: "january.csv",
      fileHash: "abc",
      size_bytes: 10,
      format: "csv",
      encoding: "gbk",
    })
    await started().caughtUp()
    expect(await queries.baseLimit("31", "2024-12")).toBeNull()
    await running.pop()?.stop()
    await add(
      feed,
      { type: "FeedSettled", rows: 7, events: 5, paid_fen: 100 as Fen, accepted: 5, unchanged: 1, refused: 1 },
      { type: "ReceiptIssued", receiptNo: "R1", resultHash: "def" },
    )
    await add(policyStream("31"), {
      type: "BaseLimitsPublished",
      from: month("2024-07"),
      floor_fen: 738_400 as Fen,
      ceiling_fen: 3_692_100 as Fen,
      source: "沪人社",
    })
    await add(relation(1), opened)
    await started().caughtUp()
    expect(await queries.feeds("31")).toMatchObject([
      { feed_id: "F1", file_name: "january.csv", rows: 7, refused: 1, receipt_no: "R1", encoding: "gbk" },
    ])
    const [fresh] = await queries.freshness()
    expect(fresh).toMatchObject({ province: "31", feeds: 1, rows: 7 })
    expect(fresh?.last_event_at).toBeGreaterThan(0)
    expect(await queries.baseLimit("31", "2024-12")).toEqual({ floor_fen: 738_400, ceiling_fen: 3_692_100 })
    expect(await queries.baseLimit("31", "2024-06")).toBeNull()
  })
})
