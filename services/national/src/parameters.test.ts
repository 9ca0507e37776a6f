import * as Policy from "@tongzhang/domain/policy"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { agency, openWorld, type World } from "./fixtures/world.js"

const openWait_ms = 60_000
const floor: Policy.PublishedParameter = {
  id: "base-floor/31/2025-07",
  family: "base-floor",
  region: null,
  key: null,
  validFrom: "2025-07",
  validTo: "2026-06",
  value: 800_000,
  unit: "fen",
  document: "沪人社规〔2025〕1号",
  source: "yearly notice",
  confidence: "official",
}

describe("parameters as the ledger knew them", () => {
  let db: RecordDb
  let world: World
  beforeAll(async () => {
    db = await openRecord({ kind: "pglite", path: null })
    world = await openWorld(db)
    world.setTime("2025-07-10T00:00:00Z")
    await world.run(Policy, Policy.streamOf("31"), Policy.publishParameters([floor]))
    world.setTime("2025-08-10T00:00:00Z")
    await world.run(Policy, Policy.streamOf("31"), Policy.withdrawParameter(floor.id, "misread"))
    world.setTime("2025-08-11T00:00:00Z")
    await world.run(Policy, Policy.streamOf("31"), Policy.publishParameters([{ ...floor, value: 745_000 }]))
  }, openWait_ms)
  afterAll(async () => {
    await world.close()
    await db.close()
  })

  type Answer = { readonly parameters: readonly { value: unknown; origin: string; event: { revision: number } | null }[] }
  const ask = async (query: string): Promise<Answer["parameters"]> => {
    const answer = await world.ask(agency("44"), `/parameters?${query}`)
    expect(answer.status).toBe(200)
    return (answer.body as unknown as Answer).parameters
  }

  it("are those of the day asked about, with the event that published them", async () => {
    const on = "family=base-floor&province=31&on=2025-09"
    expect(await ask(on)).toMatchObject([{ value: 745_000, origin: "ledger", event: { revision: 2 } }])
    expect(await ask(`${on}&knownAt=2025-07-31`)).toMatchObject([{ value: 800_000, event: { revision: 0 } }])
  })

  it("where nothing was published are the program's, and say so; or nothing, when asked for what was told", async () => {
    const on = "family=base-floor&province=31&on=2025-09&knownAt=2025-07-01"
    expect(await ask(on)).toMatchObject([{ value: 746_000, origin: "built-in", event: null }])
    expect(await ask(`${on}&builtIn=false`)).toEqual([])
  })

  it("are listed for a place, and asked for by key and region", async () => {
    expect((await ask("family=account-interest")).length).toBe(10)
    expect(await ask("family=pension-base&province=21&region=大连&on=2025")).toMatchObject([{ value: 895_600 }])
    expect(await ask("family=payout-months&key=721&on=2026-01")).toMatchObject([{ value: "138.4" }])
    expect((await world.ask(agency("44"), "/parameters?family=base-floor&province=99")).status).toBe(400)
  })
})
