import { expect, it } from "vitest"
import { inOrder, lagOf, mainFlow, parkedAt, setAside, sparkline, type Status } from "./operation.js"

const status = (parts: Partial<Status>): Status => ({
  service: "duplicates",
  at: 0,
  startedAt: 0,
  ok: true,
  checks: [],
  flows: [],
  ...parts,
})

it("a service is as far behind as its slowest part; one that follows nothing has no lag", () => {
  const checks = [
    { name: "a", ok: true, lag_seconds: 2, lag_events: 7 },
    { name: "b", ok: true, lag_seconds: 5 },
    { name: "c", ok: true },
  ]
  expect(lagOf(status({ checks }))).toEqual({ seconds: 5, events: 7 })
  expect(lagOf(status({ checks: [{ name: "c", ok: true }] }))).toBeNull()
})

it("tells a service's speed by what it does, not by what passes by", () => {
  const flow = (name: "handled" | "appended") => ({ name, total: 1, per_second: 3, recent: [] })
  expect(mainFlow(status({ flows: [flow("appended"), flow("handled")] }))?.name).toBe("handled")
  expect(mainFlow(status({ service: "national", flows: [flow("appended")] }))?.name).toBe("appended")
  expect(mainFlow(status({}))).toBeNull()
})

it("parked facts of all services stand in one list, longest first", () => {
  const one = { cause: "c", attempts: 2, stream: "S-1", revision: 3 }
  const parked = inOrder([
    ...parkedAt("transfer", [{ ...one, key: "p1", since: 20, messages: 4, event: "e", type: "T" }]),
    ...setAside([{ ...one, person: "p2", since: 10 }]),
  ])
  expect(parked.map(({ service, key, messages }) => [service, key, messages])).toEqual([
    ["projector", "p2", null],
    ["transfer", "p1", 4],
  ])
})

it("a sparkline fills its box and stays flat where nothing flows", () => {
  expect(sparkline([0, 10, 5], 100, 20)).toBe("0.0,20.0 50.0,0.0 100.0,10.0")
  expect(sparkline([0, 0], 100, 20)).toBe("0.0,20.0 100.0,20.0")
  expect(sparkline([], 100, 20)).toBe("")
})
