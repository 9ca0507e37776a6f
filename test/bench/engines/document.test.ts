import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { type EngineReport, withSection } from "./document.ts"
import { figureOf, takeTurns } from "./turns.ts"

const machine = {
  cpu: "A CPU",
  cores: 2,
  memory_gib: 24,
  os: "Linux 6",
  node: "20.20.2",
  fsync_p50_ms: 0.2,
  fsync_p99_ms: 0.4,
  load_1min: 0,
}
const line = { name: "kafka.relay", label: "Relay", unit: "events/s", against: "kafkajs producer" }
const aim = { of: "ratio", kind: "at least", bound: 0.8 } as const
const report: EngineReport = {
  date: "2026-11-22",
  quick: false,
  rounds: 3,
  machine,
  engines: ["Apache Kafka 4.0.0"],
  figures: [figureOf({ ...line, aim }, [90, 10, 80], [100, 100, 100]), figureOf({ ...line, aim }, [10], [100])],
  skipped: [{ part: "postgres", why: "no PostgreSQL" }],
}

describe("the section of real engines", () => {
  const page = readFileSync(new URL("../../../docs/benchmarks.md", import.meta.url), "utf8")

  it("takes the place of the figures before it and leaves the words around them", () => {
    const once = withSection(page, report)
    expect(once).toContain("| Relay | 80.0 events/s | 100 events/s, kafkajs producer | 0.80 (0.10-0.90) | ≥ 0.8 | reached |")
    expect(once).toContain("| 0.10 (0.10-0.10) | ≥ 0.8 | **missed** |")
    expect(once).toContain("- postgres: **not run**, no PostgreSQL")
    expect(withSection(once, report)).toBe(once)
    const [before = "", after = ""] = page.split(/<!-- npm run bench:engines[^]*end of bench:engines -->/)
    expect(once.startsWith(before) && once.endsWith(after)).toBe(true)
    expect(before.length).toBeGreaterThan(500)
    expect(after.length).toBeGreaterThan(500)
  })

  it("needs its place in the page", () => {
    expect(() => withSection("# Benchmarks\n", report)).toThrow("no place for the figures")
  })
})

describe("taking turns", () => {
  it("drops the first round and goes backwards in every other", async () => {
    const order: string[] = []
    const run = (name: string) => async () => order.push(name)
    const rates = await takeTurns(3, { ours: run("ours"), raw: run("raw") }, () => {})
    expect(order.join(" ")).toBe("ours raw raw ours ours raw raw ours")
    expect(rates).toEqual({ ours: [4, 5, 8], raw: [3, 6, 7] })
  })

  it("counts the only round", async () => {
    expect(await takeTurns(1, { ours: async () => 7 }, () => {})).toEqual({ ours: [7] })
  })

  it("compares what was measured side by side", () => {
    const { ratio, spread, value, against } = figureOf(line, [10, 100, 30], [10, 50, 60])
    expect({ ratio, spread, value, raw: against?.value }).toEqual({ ratio: 1, spread: [0.5, 2], value: 30, raw: 50 })
  })
})
