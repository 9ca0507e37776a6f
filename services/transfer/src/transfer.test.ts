import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { topics } from "@tongzhang/contracts/fact-message"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import * as enrollment from "@tongzhang/domain/enrollment"
import { countedMonths } from "@tongzhang/domain/enrollment-ledger"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { ofRanges, size, union, empty, type MonthSet } from "@tongzhang/domain/month-set"
import { fen, formatYuan } from "@tongzhang/domain/money"
import { stepOf, streamOf as transferStream } from "@tongzhang/domain/transfer"
import { pooledShare } from "@tongzhang/law/rules/transfer-money"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  agency,
  eventOf,
  loadEnrollment,
  loadTransfer,
  openWorld,
  readLog,
  seedPerson,
  topicOf,
  type World,
} from "./test-kit/world.js"

const key = "0123456789abcdef0123456789abcdef" as PersonKey
// Henan, Zhejiang, Shanghai, and a start in Guangdong, where everything goes: 60 + 50 + 40 + 6 months.
const life = [
  ["41", "2009-01", "2013-12", 300_000],
  ["33", "2014-01", "2018-02", 450_050],
  ["31", "2018-03", "2021-06", 801_234],
  ["44", "2025-09", "2026-02", 900_000],
] as const
const origins: readonly ProvinceCode[] = ["41", "33", "31"]

let folder: string
let world: World
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "transfer-"))
  world = await openWorld(folder)
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Somebody of a newer version writes a fact into the application that this one cannot read. */
const addUnreadable = async (id: TransferId): Promise<void> => {
  const stream = transferStream(id)
  const [last] = await world.store.readStream(stream, { direction: "backwards", max: 1 })
  const event = { id: "00000000-0000-4000-8000-000000000099", type: "LegImagined@7", data: Buffer.from("{}") }
  const written = await world.store.append(stream, last?.revision ?? -1, [{ ...event, metadata: Buffer.from("{}") }])
  if (written.kind !== "appended") throw new Error(written.kind)
}
const checkOf = async (name: string) => world.service.checks.find((check) => check.name === name)?.check()

describe("an application with an event nobody can read", () => {
  const neighbour = "f".repeat(32) as PersonKey

  it("stands still and is named; every other one goes on, its clocks too, and the service starts again", async () => {
    await seedPerson(world, key, life)
    await seedPerson(world, neighbour, life)
    const id = await apply()
    const caller = { kind: "person", id: "n", person: neighbour } as const
    const asked = { person: neighbour, scheme: "110", to: "44", commandId: "c1" } as const
    const { found } = await world.service.commands.apply(asked, caller)
    await world.settle()
    await addUnreadable(id)
    await world.settle()
    expect(await checkOf("transfer stopped persons")).toMatchObject({ ok: true, stuck_key: key })

    await world.close()
    world = await openWorld(folder, { offset_ms: 30 * 86_400_000 })
    expect(await checkOf("transfer steps")).toMatchObject({ ok: true, stuck_key: id })
    const { reminders } = await world.service.tick()
    expect(reminders).toBe(3)
    await world.settle()
    expect((await loadTransfer(world, found.id)).legs.get("41")?.reminded.size).toBe(1)
    expect(await checkOf("transfer stopped persons")).toMatchObject({ ok: true, stuck_key: key })
  })
})

const apply = async (to: ProvinceCode = "44", commandId = "c1"): Promise<TransferId> => {
  const caller = { kind: "person", id: "p", person: key } as const
  const { found } = await world.service.commands.apply({ person: key, scheme: "110", to, commandId }, caller)
  await world.settle()
  return found.id
}
const legOf = async (id: TransferId, province: ProvinceCode) => {
  const leg = (await loadTransfer(world, id)).legs.get(province)
  if (leg === undefined) throw new Error(`no leg ${province}`)
  return leg
}
const state = async (id: TransferId, province: ProvinceCode): Promise<void> => {
  await world.service.commands.state(id, province, {}, agency(province))
  await world.settle()
}
const pay = async (id: TransferId, province: ProvinceCode, remittance = `R${province}`): Promise<void> => {
  const { planned } = await legOf(id, province)
  const { account_fen, pooled_fen } = planned
  await world.service.commands.money(id, province, { remittance, account_fen, pooled_fen }, agency("44"))
  await world.settle()
}

/** Plays the log once more: at every position nothing has been lost, neither a fen of the accounts nor a month. */
const conserved = async (): Promise<void> => {
  const relations = new Map<string, enrollment.Enrollment>()
  const underway = new Map<string, enrollment.Moved>()
  let contributed_fen = 0
  let opened: MonthSet = empty
  for (const record of await readLog(world.store)) {
    if (!record.stream.startsWith("Enrollment-")) continue
    const event = eventOf(record) as enrollment.EnrollmentEvent
    relations.set(record.stream, enrollment.evolve(relations.get(record.stream) ?? enrollment.initial, event))
    if (event.type === "ContributionRecorded") {
      contributed_fen += event.account_fen
      opened = union(opened, ofRanges([event]))
    }
    if (event.type === "TransferredOut") underway.set(record.stream.split("-")[1]?.slice(0, 2) ?? "", event)
    if (event.type === "TransferredIn") {
      expect(underway.get(event.from)).toMatchObject({ account_fen: event.account_fen, pooled_fen: event.pooled_fen })
      underway.delete(event.from)
    }
    const held = [...relations.values()].reduce((sum, one) => sum + one.ledger.account_fen, 0)
    const transit = [...underway.values()].reduce((sum, one) => sum + one.account_fen, 0)
    expect(held + transit).toBe(contributed_fen)
    const months = [...relations.values()].map((one) => countedMonths(one.ledger)).reduce(union, empty)
    expect(union(months, [...underway.values()].map((one) => ofRanges(one.months)).reduce(union, empty))).toEqual(opened)
  }
}

describe("three former provinces into one", () => {
  beforeEach(() => seedPerson(world, key, life))

  it("plans a leg per former province, with months, account and 12 % of the bases, and writes each a letter", async () => {
    const id = await apply()
    const { legs, status } = await loadTransfer(world, id)
    expect(status).toBe("planned")
    expect([...legs.keys()]).toEqual(["31", "33", "41"])
    const shanghai = legs.get("31")
    expect(shanghai?.planned).toMatchObject({
      account_fen: 64_099 * 40,
      pooled_fen: pooledShare(fen(801_234 * 40)),
      temporary: false,
    })
    expect(shanghai?.due).toBe("2026-03-23")
    const letters = await topicOf(world.streams, topics.letters, "agencies")
    expect(letters).toHaveLength(3)
    expect(letters).toContainEqual(
      expect.objectContaining({ key: "33", AAE270: legs.get("33")?.letterNo, YAC250: "330000", AAB299: "440000", AIC113: "1" }),
    )
  })

  it("runs to the end without the person: months and fen arrive, one completion", async () => {
    const id = await apply()
    for (const province of origins) await state(id, province)
    for (const province of origins) await pay(id, province)
    const done = await loadTransfer(world, id)
    expect(done.status).toBe("completed")
    const here = await loadEnrollment(world, key, "44")
    expect(size(countedMonths(here.ledger))).toBe(156)
    for (const province of origins) expect((await loadEnrollment(world, key, province)).status).toBe("moved")
    const completed = (await readLog(world.store)).map(eventOf).filter((event) => event.type === "TransferCompleted")
    expect(completed).toHaveLength(1)
    expect(completed[0]).toMatchObject({ months_total: 150, failedLegs: [] })
    await conserved()
  })

  it("money may come before the statement, in parts, and twice", async () => {
    const id = await apply()
    const { planned } = await legOf(id, "33")
    const half = { account_fen: planned.account_fen, pooled_fen: fen(0) }
    await world.service.commands.money(id, "33", { remittance: "A", ...half }, agency("44"))
    await world.service.commands.money(id, "33", { remittance: "A", ...half }, agency("44"))
    await world.settle()
    await state(id, "33")
    expect(stepOf(await legOf(id, "33"))).toBe("money")
    await world.service.commands.money(
      id,
      "33",
      { remittance: "B", account_fen: fen(0), pooled_fen: planned.pooled_fen },
      agency("44"),
    )
    await world.settle()
    expect((await legOf(id, "33")).outcome).toBe("booked")
    await conserved()
  })

  it("a leg fails alone: its months stay, the others arrive", async () => {
    const id = await apply()
    await world.service.commands.fail(id, "41", "one-off payment without legal document", agency("41"))
    for (const province of ["33", "31"] as const) {
      await state(id, province)
      await pay(id, province)
    }
    expect((await loadTransfer(world, id)).status).toBe("completed")
    expect(size((await loadEnrollment(world, key, "41")).ledger.months)).toBe(60)
    expect(size(countedMonths((await loadEnrollment(world, key, "44")).ledger))).toBe(96)
    await conserved()
  })

  it("refuses to fail a leg whose money has left, and to state a disputed one", async () => {
    const id = await apply()
    await world.service.commands.state(id, "41", {}, agency("41"))
    await expect(world.service.commands.fail(id, "41", "late thought", agency("41"))).rejects.toMatchObject({
      problem: { rule: "LEG_SENT" },
    })
    await world.service.commands.dispute(id, "33", "base of 2015", agency("33"), "q1")
    await expect(world.service.commands.state(id, "33", {}, agency("33"))).rejects.toMatchObject({
      problem: { rule: "LEG_IS_DISPUTED" },
    })
    await world.service.commands.settle(id, "33", "agreed", agency("33"), "q2")
    await world.settle()
    await state(id, "33")
    expect(stepOf(await legOf(id, "33"))).toBe("money")
  })

  it("a stated amount that differs from the books is refused with both numbers", async () => {
    const id = await apply()
    const { planned } = await legOf(id, "31")
    const stated = { pooled_fen: fen(planned.pooled_fen + 1) }
    await expect(world.service.commands.state(id, "31", stated, agency("31"))).rejects.toMatchObject({
      problem: { rule: "TRANSFER_DIFFERS_FROM_LEDGER", hint_zh: expect.stringContaining(formatYuan(planned.pooled_fen)) },
    })
    expect((await loadEnrollment(world, key, "31")).status).toBe("open")
  })

  it("the same command is the same application; a second one is told which is running", async () => {
    const id = await apply()
    expect(await apply()).toBe(id)
    await expect(apply("44", "c2")).rejects.toMatchObject({
      problem: { rule: "TRANSFER_ALREADY_RUNNING", hint_zh: expect.stringContaining(id) },
    })
  })

  it("opens the receiving relation when the person never took part there", async () => {
    const id = await apply("32")
    await state(id, "41")
    const { planned } = await legOf(id, "41")
    await world.service.commands.money(
      id,
      "41",
      { remittance: "R", account_fen: planned.account_fen, pooled_fen: planned.pooled_fen },
      agency("32"),
    )
    await world.settle()
    const here = await loadEnrollment(world, key, "32")
    expect(here).toMatchObject({ status: "open", capacity: "flexible", from: "2026-03" })
    expect(size(countedMonths(here.ledger))).toBe(60)
  })

  it("collects again later: what came from one place leaves with it, to the fen", async () => {
    const first = await apply()
    for (const province of origins) {
      await state(first, province)
      await pay(first, province)
    }
    const before = await loadEnrollment(world, key, "44")
    const second = await apply("41", "c9")
    expect([...(await loadTransfer(world, second)).legs.keys()]).toEqual(["44"])
    const { planned } = await legOf(second, "44")
    expect(planned.account_fen).toBe(before.ledger.account_fen)
    expect(planned.pooled_fen).toBe(
      pooledShare(fen(300_000 * 60)) +
        pooledShare(fen(450_050 * 50)) +
        pooledShare(fen(801_234 * 40)) +
        pooledShare(fen(900_000 * 6)),
    )
    await world.service.commands.state(second, "44", {}, agency("44"))
    await world.service.commands.money(
      second,
      "44",
      { remittance: "back", account_fen: planned.account_fen, pooled_fen: planned.pooled_fen },
      agency("41"),
    )
    await world.settle()
    expect((await loadTransfer(world, second)).status).toBe("completed")
    expect(size(countedMonths((await loadEnrollment(world, key, "41")).ledger))).toBe(156)
    await conserved()
  })
})

describe("the clocks", () => {
  beforeEach(() => seedPerson(world, key, life))

  it("one leg stalls: reminded once, escalated once, then finished", async () => {
    const id = await apply()
    for (const province of ["33", "31"] as const) {
      await state(id, province)
      await pay(id, province)
    }
    expect(await world.service.tick()).toEqual({ reminders: 0, escalations: 0 })
    world.clock.advanceDays(14)
    expect(await world.service.tick()).toEqual({ reminders: 1, escalations: 0 })
    expect(await world.service.tick()).toEqual({ reminders: 0, escalations: 0 })
    world.clock.advanceDays(7)
    expect(await world.service.tick()).toEqual({ reminders: 0, escalations: 0 })
    world.clock.advanceDays(1)
    expect(await world.service.tick()).toEqual({ reminders: 0, escalations: 1 })
    expect(await world.service.tick()).toEqual({ reminders: 0, escalations: 0 })
    await world.settle()
    expect(await topicOf(world.streams, topics.escalations, "center")).toEqual([
      { key: "41", transferId: id, leg: "41", step: "statement", late: "41", due: "2026-03-23", on: "2026-03-24" },
    ])
    await state(id, "41")
    await pay(id, "41")
    expect((await loadTransfer(world, id)).status).toBe("completed")
    await conserved()
  })
})

describe("who may not transfer", () => {
  it("a person nobody has registered", async () => {
    await expect(apply()).rejects.toMatchObject({ problem: { rule: "PERSON_NOT_REGISTERED" } })
  })

  it("a person with nothing elsewhere gets the application back with the reason", async () => {
    await seedPerson(world, key, [["44", "2020-01", "2021-12", 500_000]])
    const id = await apply()
    expect((await loadTransfer(world, id)).status).toBe("returned")
    const again = await apply("44", "c2")
    expect(again).not.toBe(id)
  })

  it("a man of 52 outside his hukou province: only a temporary account there, the relation stays (66号 Art 5)", async () => {
    await seedPerson(world, key, [["41", "2009-01", "2013-12", 300_000]], { birthMonth: "1974-01", hukou: "41" })
    await expect(apply("32")).rejects.toMatchObject({ problem: { rule: "TEMPORARY_ACCOUNT_PLACE", status: 422 } })
    await expect(apply("41")).resolves.toBeDefined()
  })

  it("a temporary account moves with everything that was paid", async () => {
    await seedPerson(world, key, [["31", "2024-01", "2025-12", 500_000]], {
      birthMonth: "1972-01",
      hukou: "41",
      temporary: ["31"],
    })
    const id = await apply("41")
    expect((await legOf(id, "31")).planned).toMatchObject({ temporary: true, account_fen: 40_000 * 24, pooled_fen: 80_000 * 24 })
  })
})
