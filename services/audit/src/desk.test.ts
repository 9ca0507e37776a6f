/** What the auditor's desk asks beside a history: the events behind an account, and who reads whose record. */
import { openAccessLog } from "@tongzhang/engines/access-log"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import type { Caller } from "@tongzhang/service-kit/caller"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { officeHours, outOfHours } from "./access-review.js"
import { auditor, type Door, openDoor } from "./fixtures/door.js"
import { alice, openWorld, type World } from "./fixtures/world.js"

const center: Caller = { kind: "center", id: "analyst-1" }
const clerk: Caller = { kind: "agency", id: "clerk-7", province: "44" }
type Row = Record<string, number | string | null>
type Shown = { readonly type: string; readonly person: string; readonly entries: readonly { readonly amount_fen: number }[] }

describe("an auditor's desk", () => {
  let record: RecordDb
  let world: World
  let door: Door
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
  }, 60_000)
  afterAll(() => record.close())
  beforeEach(async () => {
    await record.clear()
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.project()
    door = await openDoor(world, record)
  })
  afterEach(async () => {
    await door.close()
    await world.close()
  })

  it("behind every line of the balance stand events whose sums are that line, and every event sums to zero", async () => {
    const rows = (await door.get(auditor, "/books", "audit")).body["rows"] as Row[]
    expect(rows.length).toBeGreaterThan(5)
    for (const { account, province, scheme, payer, debit_fen, credit_fen } of rows) {
      const asked = { account, province, ...(scheme === null ? {} : { scheme }), payer } as Record<string, string>
      const { status, body } = await door.get(auditor, `/books/postings?${new URLSearchParams(asked)}`, "audit")
      expect([status, body["debit_fen"], body["credit_fen"]]).toEqual([200, debit_fen, credit_fen])
      const shown = body["shown"] as Shown[]
      expect(shown.length).toBe(body["events"])
      for (const one of shown) expect(one.entries.reduce((sum, entry) => sum + entry.amount_fen, 0)).toBe(0)
    }
  })

  it("an account's events are shown to auditors only, and whoever is shown has been read", async () => {
    const path = "/books/postings?account=person_account&limit=2"
    expect(await door.get(center, path, "service")).toMatchObject({ status: 403, body: { rule: "FORBIDDEN_KIND" } })
    expect(await door.get(auditor, path)).toMatchObject({ status: 400, body: { rule: "PURPOSE_MISSING" } })
    expect(await door.get(auditor, "/books/postings?account=petty_cash", "audit")).toMatchObject({ status: 400 })
    const { body } = await door.get(auditor, path, "audit")
    const shown = body["shown"] as Shown[]
    expect(shown.map(({ type }) => type.split("@")[0])).toEqual(["TransferredIn", "TransferredOut"])
    expect(body["events"]).toBeGreaterThan(2)
    const seen = await openAccessLog(world.store).list(alice, { limit: 10 })
    expect(seen).toMatchObject([{ caller: { kind: "auditor", id: "auditor-1" }, purpose: "audit", what: "postings" }])
  })

  it("reads are told apart by reader, purpose and hour", async () => {
    const log = openAccessLog(world.store)
    const at = (text: string): void => world.setTime(Date.parse(text))
    // 2024-02-10 to -17 was Spring Festival; 2024-02-18 a Sunday that was worked.
    at("2024-02-09T10:00:00+08:00")
    await log.append({ person: alice, caller: clerk, purpose: "service", what: "record", at: 0 })
    at("2024-02-14T10:00:00+08:00")
    await log.append({ person: alice, caller: clerk, purpose: "service", what: "record, revealed", at: 0 })
    at("2024-02-18T10:00:00+08:00")
    await log.append({ person: alice, caller: center, purpose: "transfer", what: "explain", at: 0 })
    at("2024-02-19T23:10:00+08:00")
    await log.append({ person: alice, caller: clerk, purpose: "duplicate-check", what: "record", at: 0 })
    const asked = async (search: string) => (await door.get(auditor, `/accesses?${search}`, "audit")).body
    const all = await asked("")
    expect([all["reads"], all["total"]]).toEqual([4, 4])
    expect(all["readers"]).toEqual([
      { reader: { kind: "agency", id: "clerk-7", province: "44" }, reads: 3, persons: 1, outOfHours: 2, revealed: 1 },
      { reader: { kind: "center", id: "analyst-1", province: null }, reads: 1, persons: 1, outOfHours: 0, revealed: 0 },
    ])
    const late = await asked("outOfHours=true")
    expect((late["lines"] as { at: string }[]).map((line) => line.at)).toEqual([
      "2024-02-19T15:10:00.000Z",
      "2024-02-14T02:00:00.000Z",
    ])
    expect([late["reads"], late["total"]]).toEqual([2, 4])
    expect((await asked("revealed=true&reader=clerk-7"))["reads"]).toBe(1)
    expect((await asked("purpose=transfer"))["reads"]).toBe(1)
    expect((await asked("kind=agency&from=2024-02-14&to=2024-02-14"))["total"]).toBe(1)
    expect((await door.get(center, "/accesses", "service")).status).toBe(403)
  })

  it("office hours begin and end to the minute", () => {
    const day = (time: string): number => Date.parse(`2024-02-19T${time}+08:00`)
    expect(outOfHours(day("07:59:59"))).toBe(true)
    expect(outOfHours(day(`${officeHours.from}:00`))).toBe(false)
    expect(outOfHours(day("17:59:59"))).toBe(false)
    expect(outOfHours(day(`${officeHours.to}:00`))).toBe(true)
  })
})
