import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { streamOf as personStream } from "@tongzhang/domain/person"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { openRecord, type RecordDb } from "./database.js"
import { personFacts, streamsOf, tailEvents_max } from "./person-streams.js"
import { recordCheckpoint } from "./progress.js"
import { createQueries, type Queries } from "./queries.js"
import { candidateStreams, replayRecords } from "./replay.js"
import { asNewEvents } from "./testing/facts.js"
import { threeProvinces, worker } from "./testing/three-provinces.js"
import { writeBatch } from "./writer.js"

let folder: string
let store: EventStore
let record: RecordDb
let queries: Queries
let log: readonly RecordedEvent[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "streams-"))
  store = await openEmbeddedStore({ path: folder })
  record = await openRecord({ kind: "pglite", path: null })
  queries = createQueries(record)
  for (const { stream, revision, id, type, data, metadata } of threeProvinces().records())
    await store.append(stream, revision - 1, [{ id, type, data, metadata }])
  log = (await store.readAll({ after: null, max: 1_000 })).events
}, 60_000)
beforeEach(() => record.clear())
afterAll(async () => {
  queries.close()
  await record.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** The record as a projector leaves it after so many facts of the log. */
const foldedTo = async (count: number, aside: boolean): Promise<void> => {
  const last = log[count - 1]
  if (last === undefined) return
  const row = { person_key: worker, stream: last.stream, revision: last.revision, cause: "a test", since: 0, attempts: 0 }
  await writeBatch(record, {
    persons: [replayRecords(worker, log.slice(0, count)).state],
    feeds: [],
    freshness: [],
    limits: [],
    quarantined: aside ? [row] : [],
    released: [],
    checkpoint: { name: recordCheckpoint, position: last.position },
  })
}

const positions = (facts: readonly RecordedEvent[]): string[] => facts.map(({ position }) => position)

describe("the facts of a person, from the streams they have", () => {
  it("are all of them, wherever the record stands: a relation that is in the log and not in the record yet is read", async () => {
    const firsts = log.flatMap(({ revision }, i) => (revision === 0 ? [i] : []))
    expect(firsts.length).toBeGreaterThan(5)
    for (const cut of [...firsts, ...firsts.map((i) => i + 1), log.length]) {
      await record.clear()
      await foldedTo(cut, false)
      expect(positions(await personFacts(store, queries, worker)), `record folded ${cut} facts`).toEqual(positions(log))
    }
  })

  it("are looked for in no other stream when the record knows where it stands", async () => {
    await foldedTo(log.length, false)
    const streams = await streamsOf(store, queries, worker)
    expect([...streams].sort()).toEqual([...new Set(log.map(({ stream }) => stream))].sort())
    expect(streams.length).toBeLessThan(candidateStreams(worker).length / 10)
  })

  it("of somebody set aside are looked for everywhere: the record's place says nothing about them", async () => {
    // The checkpoint goes on to the end of the log; the person's state stays where it was.
    await foldedTo(3, true)
    await record.db
      .updateTable("checkpoint")
      .set({ position: log.at(-1)?.position ?? "" })
      .execute()
    expect(positions(await personFacts(store, queries, worker))).toEqual(positions(log))
  })

  it("of a record far behind are looked for everywhere, too", async () => {
    const far = await mkdtemp(join(tmpdir(), "streams-"))
    const other = await openEmbeddedStore({ path: far })
    try {
      const crowd = Array.from({ length: tailEvents_max }, (_, i) => personStream(i.toString(16).padStart(32, "0") as PersonKey))
      const facts = asNewEvents(
        crowd[0] ?? personStream(worker),
        [{ type: "HukouMoved", to: "31", on: "2020-01-01" } as never],
        0,
      )
      await Promise.all(
        crowd.map((stream, i) =>
          other.append(
            stream,
            -1,
            facts.map((one) => ({ ...one, id: uuid(i) })),
          ),
        ),
      )
      const late = enrollmentStream({ province: "65", scheme: "170", person: worker })
      await other.append(late, -1, asNewEvents(late, [{ type: "EnrollmentSuspended", from: "2020-01" } as never], 0))
      expect((await personFacts(other, queries, worker)).map(({ stream }) => stream)).toEqual([late])
      expect(await streamsOf(other, queries, worker)).toEqual(expect.arrayContaining(candidateStreams(worker)))
    } finally {
      await other.close()
      await rm(far, { recursive: true, force: true })
    }
  })
})

const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, "0")}`
