import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Door, idOf, openDoor } from "../testing/door.js"

type Answer = { readonly rule?: string; readonly published?: number; readonly unchanged?: number; readonly withdrawn?: boolean }

const floor = {
  family: "base-floor",
  province: "31",
  validFrom: "2025-07",
  validTo: "2026-06",
  value: 800_000,
  unit: "fen",
  source: "yearly notice",
  document: "沪人社规〔2025〕1号",
  confidence: "official",
}
const ceiling = { ...floor, family: "base-ceiling", value: 4_000_000 }

describe("parameters at the door", () => {
  let door: Door
  let center: string
  beforeAll(async () => {
    door = await openDoor()
    center = await door.centerToken()
  })
  afterAll(() => door.close())

  const post = async (url: string, payload: unknown, token = center): Promise<{ status: number; body: Answer }> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
    const answer = await door.server.inject({ method: "POST", url: `/intake${url}`, headers, payload: JSON.stringify(payload) })
    return { status: answer.statusCode, body: answer.json<Answer>() }
  }
  const publish = (...parameters: readonly unknown[]) => post("/policies", { parameters })
  const list = async (query = "") => {
    const answer = await door.server.inject({ url: `/intake/policies${query}`, headers: { authorization: `Bearer ${center}` } })
    return answer.json<{
      total: number
      parameters: { id: string; value: unknown; event: { stream: string; revision: number } }[]
    }>()
  }
  let serial = 0
  /** A contribution of 上海 in 2025-08 on the base, after the registration it needs; its warnings and the metadata of its event. */
  const contribute = async (base_fen: number) => {
    const who = { citizenId: idOf(++serial), scheme: "110" }
    const token = await door.token("31")
    await post("/commands", { act: "open", ...who, name: "周四", from: "2025-08", capacity: "employee", employer: "E1" }, token)
    const paid = { base_fen, employer_fen: base_fen * 0.16, personal_fen: base_fen * 0.08, subsidy_fen: 0 }
    const months = { from: "2025-08", to: "2025-08", paidOn: "2025-08-20" }
    const { body } = await post("/commands", { act: "contribute", ...who, line: `L${serial}`, ...months, ...paid }, token)
    const { warnings } = body as unknown as { warnings: { code: string }[] }
    const written = (await door.ledger()).find(
      ({ event }) => event.type === "ContributionRecorded" && event.line === `L${serial}`,
    )
    return { warnings: warnings.map(({ code }) => code), metadata: written?.metadata }
  }

  it("before anything is published the built-in tables judge, and the event says which version", async () => {
    const { warnings, metadata } = await contribute(750_000)
    expect(warnings).toEqual([])
    expect(metadata).toMatchObject({ ruleVersion: expect.stringMatching(/^20/) as string })
    expect(metadata).not.toHaveProperty("policy")
  })

  it("are published by the center alone", async () => {
    expect(await post("/policies", { parameters: [floor] }, await door.token("31"))).toMatchObject({
      status: 403,
      body: { rule: "FORBIDDEN_KIND" },
    })
    expect((await list()).total).toBe(0)
  })

  it("that cannot be are refused, and none of them is published", async () => {
    const refused = async (...parameters: readonly unknown[]) => (await publish(...parameters)).body.rule
    expect(await refused(floor, { ...ceiling, value: 700_000 })).toBe("PARAMETER_UNSOUND")
    expect(await refused({ ...floor, value: 8_000 })).toBe("PARAMETER_UNSOUND")
    expect(await refused({ ...floor, id: "base-floor/32/2025-07" })).toBe("PARAMETER_UNSOUND")
    expect(await refused({ ...floor, validTo: "2025-06" })).toBe("PARAMETER_UNSOUND")
    expect(await refused(floor, { ...floor, id: "base-floor/31/2026-01", validFrom: "2026-01", value: 810_000 })).toBe(
      "PARAMETER_OVERLAPS",
    )
    expect((await publish({ ...floor, family: "no-such-family" })).status).toBe(400)
    expect((await list()).total).toBe(0)
  })

  it("are facts once published: listed with their event, judged by from then on, named by what is decided", async () => {
    expect((await publish(floor, ceiling)).body).toMatchObject({ published: 2, unchanged: 0 })
    expect((await publish(floor, ceiling)).body).toMatchObject({ published: 0, unchanged: 2 })
    expect((await list("?family=base-floor&province=31")).parameters).toMatchObject([
      { id: "base-floor/31/2025-07", value: 800_000, event: { stream: "Policy-31", revision: 0 } },
    ])
    const { warnings, metadata } = await contribute(750_000)
    expect(warnings).toEqual(["BASE_BELOW_FLOOR"])
    expect(metadata).toMatchObject({ policy: "Policy-31@1" })
  })

  it("with another content under a known id are refused; withdrawn with a reason, the right one takes its place", async () => {
    const right = { ...floor, value: 745_000 }
    expect((await publish(right)).body.rule).toBe("PARAMETER_DIFFERS")
    const withdrawal = { province: "31", id: "base-floor/31/2025-07", reason: "misread" }
    expect((await post("/policies/withdrawals", withdrawal)).body).toEqual({ withdrawn: true })
    expect((await post("/policies/withdrawals", withdrawal)).body).toEqual({ withdrawn: false })
    expect((await post("/policies/withdrawals", { ...withdrawal, id: "x" })).body.rule).toBe("PARAMETER_UNKNOWN")
    expect((await publish(right)).body).toMatchObject({ published: 1 })
    const { warnings, metadata } = await contribute(750_000)
    expect(warnings).toEqual([])
    expect(metadata).toMatchObject({ policy: "Policy-31@3" })
  })
})

describe("the built-in tables, published into an empty ledger", () => {
  it("are taken whole, once", async () => {
    const door = await openDoor()
    try {
      const by = { actor: { kind: "system" as const, id: "seed" }, channel: "process" as const, correlationId: "seed" }
      const { policies } = door.intake
      expect(await policies.publish(builtInParameters.all, by)).toMatchObject({
        published: builtInParameters.all.length,
        unchanged: 0,
      })
      expect(await policies.publish(builtInParameters.all, by)).toMatchObject({ published: 0 })
      const known = await policies.known()
      expect(known.find({ family: "base-floor", province: "11", on: "2025-08" })?.value).toBe(716_200)
      expect(known.factOf("base-floor/11/2025-07")?.stream).toBe("Policy-11")
    } finally {
      await door.close()
    }
  })
})
