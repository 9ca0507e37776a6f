/** The benchmark itself works: every figure is there and is a positive number. Says nothing about speed. */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { afterAll, describe, expect, it } from "vitest"
import type { Figure } from "./figures.ts"

const main = fileURLToPath(new URL("./main.ts", import.meta.url))
const dir = mkdtempSync(join(tmpdir(), "bench-smoke-"))
afterAll(() => rmSync(dir, { recursive: true }))

const latency = (name: string): string[] => [`${name}.p50`, `${name}.p99`]
const expected = [
  "intake.new_persons",
  "intake.known_persons",
  "fill.rows_per_s",
  "projection.same_rows",
  "projection.row_per_event",
  "proof.live",
  "proof.whole",
  "proof.fsck",
  "proof.fsck_whole",
  ...["proof.append.apart", "proof.append.together"].flatMap((name) => [...latency(name), `${name}.rate`]),
  ...["first", "head", "position", "moment"].map((name) => `books.${name}`),
  "replay.full",
  "memory.states_heap",
  ...["read.http_hot", "read.http_cold", "read.query_hot", "read.query_cold"].flatMap(latency),
  "memory.ledger_rss",
  "memory.ledger_per_100k",
  ...["alarm.single", "alarm.batch", "command.http"].flatMap(latency),
  "standalone.rows_per_s",
  "assessment.fast",
  "assessment.explained",
]

describe("the benchmark", () => {
  it("finds every figure and states the machine", async () => {
    const json = join(dir, "report.json")
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", main, "--quick", "--json", json])
    const report = JSON.parse(readFileSync(json, "utf8")) as {
      readonly machine: { readonly cores: number; readonly fsync_p50_ms: number }
      readonly figures: readonly Figure[]
    }
    expect(report.figures.map(({ name }) => name).sort()).toEqual(expected.toSorted())
    for (const { name, value, ratio = 1, against } of report.figures) {
      // Differences of a few dozen states or events drown in noise: in a smoke run those figures only have to be numbers.
      const isDifference = ["memory.states_heap", "proof.live", "proof.whole"].includes(name)
      for (const number of [value, ratio, against?.value ?? 1])
        if (isDifference) expect(number, name).toSatisfy(Number.isFinite)
        else expect(number, name).toBeGreaterThan(0)
    }
    expect(report.machine.cores).toBeGreaterThan(0)
    expect(report.machine.fsync_p50_ms).toBeGreaterThan(0)
    expect(stdout).toContain("Batch intake, known persons")
  })
})
