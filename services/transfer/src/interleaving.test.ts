/** Agencies act in any order, twice, late, between restarts and among replays: the end is the same and nothing is lost on the way. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { countedMonths } from "@tongzhang/domain/enrollment-ledger"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { size } from "@tongzhang/domain/month-set"
import { fen } from "@tongzhang/domain/money"
import * as fc from "fast-check"
import { expect, it } from "vitest"
import { agency, eventOf, loadEnrollment, loadTransfer, openWorld, readLog, seedPerson, type World } from "./test-kit/world.js"

const key = "00112233445566778899aabbccddeeff" as PersonKey
const origins = ["41", "33", "31"] as const
const life = [
  ["41", "2009-01", "2013-12", 300_000],
  ["33", "2014-01", "2018-02", 450_050],
  ["31", "2018-03", "2021-06", 801_234],
] as const

type Act =
  | { readonly do: "state" | "account" | "pooled"; readonly of: ProvinceCode }
  | { readonly do: "days" | "tick" | "restart" | "settle" }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("state", "account", "pooled"), of: fc.constantFrom(...origins) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("days", "tick", "settle") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
)

/** Refusals are fine here (sent twice, not yet due, over already): what must hold is the ledger. */
const tolerated = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== "Problem") throw error
  })
}

const perform = async (world: World, id: TransferId, one: Act): Promise<void> => {
  const { commands } = world.service
  switch (one.do) {
    case "state":
      return tolerated(commands.state(id, one.of, {}, agency(one.of)))
    case "account":
    case "pooled": {
      const planned = (await loadTransfer(world, id)).legs.get(one.of)?.planned
      const account_fen = one.do === "account" ? planned?.account_fen : fen(0)
      const pooled_fen = one.do === "pooled" ? planned?.pooled_fen : fen(0)
      if (account_fen === undefined || pooled_fen === undefined) return
      return tolerated(commands.money(id, one.of, { remittance: one.do, account_fen, pooled_fen }, agency("44")))
    }
    case "days":
      world.clock.advanceDays(9)
      return
    case "tick":
      await world.service.tick()
      return
    case "settle":
      return world.settle()
    case "restart":
      return
  }
}

const neverMoreInThanOut = async (world: World): Promise<void> => {
  let transit_fen = 0
  let transit_months = 0
  for (const record of await readLog(world.store)) {
    const event = eventOf(record)
    if (event.type !== "TransferredOut" && event.type !== "TransferredIn") continue
    const sign = event.type === "TransferredOut" ? 1 : -1
    transit_fen += sign * (event.account_fen + event.pooled_fen)
    transit_months += sign * event.months.length
    expect(Math.min(transit_fen, transit_months)).toBeGreaterThanOrEqual(0)
  }
  expect([transit_fen, transit_months]).toEqual([0, 0])
}

const run = async (acts: readonly Act[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), "interleaving-"))
  let world = await openWorld(folder)
  try {
    await seedPerson(world, key, life)
    const caller = { kind: "person", id: "p", person: key } as const
    const { found } = await world.service.commands.apply({ person: key, scheme: "110", to: "44", commandId: "c" }, caller)
    for (const one of acts) {
      if (one.do === "restart") {
        const offset_ms = world.clock.offset_ms()
        await world.close()
        world = await openWorld(folder, { offset_ms, relayRemembers: acts.length % 2 === 0 })
      }
      await perform(world, found.id, one)
    }
    await world.settle()
    for (const province of origins)
      for (const last of ["state", "account", "pooled"] as const) {
        await perform(world, found.id, { do: last, of: province })
        await world.settle()
      }
    expect((await loadTransfer(world, found.id)).status).toBe("completed")
    expect(size(countedMonths((await loadEnrollment(world, key, "44")).ledger))).toBe(150)
    await neverMoreInThanOut(world)
  } finally {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

it("any order, repetition and restart ends with 150 months booked and nothing in transit", async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 24 }), run), { numRuns: 25 })
})
