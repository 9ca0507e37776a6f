import { encodeEvent, encodeMetadata, eventIdFor } from "@tongzhang/contracts/codec"
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import { streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { decodeState, encodeState } from "@tongzhang/record/state-codec"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { alice, openWorld, type World, without } from "./fixtures/world.js"
import { verifyAll } from "./verify.js"

const bob = "b".repeat(32) as PersonKey
const in31 = streamOf({ province: "31", scheme: "110", person: alice })

/** Opening a database takes seconds on a busy machine. */
const openWait_ms = 60_000

describe("verification of the whole ledger", () => {
  let record: RecordDb
  let world: World
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
  }, openWait_ms)
  afterAll(() => record.close())
  beforeEach(async () => {
    await record.clear()
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.history(bob)
    await world.project()
  })
  afterEach(() => world.close())

  /** A fact that no decision has made: what a faulty or dishonest writer could append. */
  const smuggle = async (revision: number, event: EnrollmentEvent): Promise<void> => {
    const metadata = encodeMetadata({
      actor: { kind: "system", id: "x" },
      channel: "process",
      purpose: "service",
      commandId: "x",
      correlationId: "x",
    })
    const outcome = await world.store.append(in31, revision, [encodeEvent(eventIdFor(in31, "x", 0), event, metadata)])
    expect(outcome.kind).toBe("appended")
  }

  it("a ledger and a record that agree", async () => {
    const report = await verifyAll(world)
    expect(report.mismatches).toEqual([])
    expect(report).toMatchObject({ ok: true, persons: 2, persons_record: 2, quarantined: [] })
    expect(report.digest_fold).toBe(report.digest_record)
    // Alice and Bob each: 3 x 5,000 + 6,000 in 44 and 2 x 8,000 in 31, of which 8 % in the account (lines carry all their months).
    expect(report.conservation.standing).toEqual(report.conservation.expected)
    expect(report.conservation.standing.account_fen).toBe(2 * (40_000 + 48_000 + 64_000))
    expect(report.conservation.standing.months).toBe(2 * 6)
    expect(report.conservation.reversed).toEqual({ account_fen: 80_000, pooled_fen: 160_000, months: 2 })
  })

  it("money on its way between two provinces is in transit, neither lost nor there twice", async () => {
    await world.move(bob, "t2", false)
    await world.project()
    const { ok, conservation } = await verifyAll(world)
    expect(ok).toBe(true)
    expect(conservation.in_transit).toMatchObject({ account_fen: 88_000, months: 4 })
    expect(conservation.standing.account_fen + conservation.in_transit.account_fen).toBe(conservation.expected.account_fen)
  })

  it("a relation's row that somebody changed", async () => {
    await world.record.db
      .updateTable("relation")
      .set({ status: "closed" })
      .where("person_key", "=", alice)
      .where("province", "=", "31")
      .execute()
    const report = await verifyAll(world)
    expect(report.ok).toBe(false)
    expect(report.mismatches).toEqual([
      expect.objectContaining({
        rule: "TABLE_DIFFERS",
        person: alice,
        what: 'relation 31 110.status: the facts say "open", the row says "closed"',
      }),
    ])
  })

  it("statistics that somebody changed", async () => {
    await world.record.db
      .updateTable("coverage")
      .set({ months: 99 })
      .where("province", "=", "31")
      .where("scheme", "=", "110")
      .execute()
    const report = await verifyAll(world)
    expect(report).toMatchObject({ ok: false, coverage: "compared" })
    expect(report.mismatches).toEqual([
      expect.objectContaining({
        rule: "COVERAGE_DIFFERS",
        person: null,
        what: "coverage 31 110 female months: the states say 8, the table says 99",
      }),
    ])
  })

  it("a person's state that somebody changed is named by its path and misses the independent balance", async () => {
    const { db } = world.record
    const { state } = await db.selectFrom("person_record").select("state").where("person_key", "=", bob).executeTakeFirstOrThrow()
    const changed = decodeState(state)
    const relation = changed.relations.get("44_110")
    if (relation === undefined) throw new Error("no relation")
    relation.account_fen += 100
    await db
      .updateTable("person_record")
      .set({ state: encodeState(changed) })
      .where("person_key", "=", bob)
      .execute()
    const report = await verifyAll(world)
    expect(report.mismatches.map((one) => [one.rule, one.person, one.what])).toEqual([
      ["STATE_DIFFERS", bob, "relations.44_110.account_fen: the facts say 88000, the record says 88100"],
      ["BALANCE_DIFFERS", bob, "44_110 account_fen: 88000 by the facts alone, 88100 in the record"],
      ["COVERAGE_DIFFERS", null, "coverage 44 110 female account_fen: the states say 88100, the table says 88000"],
    ])
    expect(report.digest_fold).not.toBe(report.digest_record)
  })

  it("a sealed identity that somebody changed, although the digest leaves it out", async () => {
    const { db } = world.record
    const { state } = await db.selectFrom("person_record").select("state").where("person_key", "=", bob).executeTakeFirstOrThrow()
    const changed = decodeState(state)
    changed.person.sealed = "s1.of-somebody-else"
    await db
      .updateTable("person_record")
      .set({ state: encodeState(changed) })
      .where("person_key", "=", bob)
      .execute()
    const report = await verifyAll(world)
    expect(report.mismatches.map((one) => [one.rule, one.person])).toContainEqual(["STATE_DIFFERS", bob])
  })

  it("a person whose row is gone", async () => {
    await world.record.db.deleteFrom("person_record").where("person_key", "=", bob).execute()
    const report = await verifyAll(world)
    expect(report.mismatches[0]).toMatchObject({ rule: "ROW_MISSING", person: bob })
    expect(report.mismatches).toContainEqual(expect.objectContaining({ rule: "COVERAGE_DIFFERS" }))
  })

  it("a missing fact is a gap at its stream and revision, and that person is set aside", async () => {
    const report = await verifyAll({ ...world, store: without(world.store, in31, 1) })
    expect(report.mismatches).toContainEqual(
      expect.objectContaining({
        rule: "REVISION_GAP",
        person: alice,
        stream: in31,
        revision: 2,
        what: "revision 2 came where 1 was next",
      }),
    )
    expect(report.mismatches.filter((one) => one.person === bob)).toEqual([])
  })

  it("a transfer that books more than was sent is named, and the nation no longer adds up", async () => {
    const { events } = await world.store.readAll({ after: null, max: 1_000 })
    const last = events.filter((event) => event.stream === in31).length - 1
    const months = [{ from: month("2020-01"), to: month("2020-02") }]
    const moved = { months, account_fen: fen(500), pooled_fen: fen(0), bases_fen: fen(0) }
    await smuggle(last, { type: "TransferredIn", transferId: `${alice}_t9` as TransferId, from: "50", ...moved })
    await world.project()
    const report = await verifyAll(world)
    expect(report.mismatches.map((one) => one.rule)).toEqual(["IN_WITHOUT_OUT", "NOT_CONSERVED", "NOT_CONSERVED"])
    expect(report.mismatches[0]).toMatchObject({ person: alice, stream: in31, revision: last + 1 })
    expect(report.mismatches[1]?.what).toContain("account_fen: 304000 came in")
  })

  it("an event that is not of its schema", async () => {
    const last = (await world.store.readStream(in31, { direction: "backwards", max: 1 }))[0]?.revision ?? 0
    await smuggle(last, { type: "InterestCredited", year: 2023, rate_bp: -5, amount_fen: fen(1) })
    await world.project()
    const report = await verifyAll(world)
    expect(report.mismatches[0]).toMatchObject({ rule: "EVENT_UNREADABLE", stream: in31, revision: last + 1 })
    expect(report.mismatches[0]?.what).toContain("rate_bp")
  })
})
