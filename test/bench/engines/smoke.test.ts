/** `npm run bench:engines` works: what can run does, on the real client and wire; what cannot is skipped and says why. */
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { startTestNode } from "@tongzhang/testing/test-node/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { EngineReport } from "./document.ts"

const main = fileURLToPath(new URL("./main.ts", import.meta.url))
const dir = mkdtempSync(join(tmpdir(), "bench-engines-"))
let node: Awaited<ReturnType<typeof startTestNode>>
beforeAll(async () => void (node = await startTestNode({})))
afterAll(async () => {
  await node.stop()
  rmSync(dir, { recursive: true })
})

const bench = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", main, ...args], {
    env: {
      ...process.env,
      TEST_EVENT_STORE_URL: node.connectionString,
      TEST_EVENT_STORE_IS: "test node of this test",
      KAFKA_BROKERS: "127.0.0.1:1",
      POSTGRES_URL: "postgres://nobody@127.0.0.1:1/none",
    },
  })

const expected = ["appends_1", "appends_64", "appends_256", "batched", "read_stream", "read_all"]

describe("the benchmark of real engines", () => {
  it("measures where an engine answers and says of the others why it did not", async () => {
    const json = join(dir, "report.json")
    const { stdout, stderr } = await bench("--quick", "--json", json)
    const report = JSON.parse(readFileSync(json, "utf8")) as EngineReport
    expect(report.figures.map(({ name }) => name)).toEqual(expected.map((name) => `eventstoredb.${name}`))
    for (const { name, value, ratio, against, aim } of report.figures) {
      expect(value, name).toBeGreaterThan(0)
      expect(against?.value, name).toBeGreaterThan(0)
      expect(ratio, name).toBeGreaterThan(0)
      expect(aim, name).toEqual({ of: "ratio", kind: "at least", bound: 0.9 })
    }
    expect(report.engines).toEqual([expect.stringMatching(/^test node of this test; @eventstore\/db-client 6\.\d+\.\d+$/)])
    expect(report.skipped.map(({ part }) => part)).toEqual(["kafka", "postgres"])
    expect(stdout).toContain("Skipped: kafka. Kafka does not answer at 127.0.0.1:1")
    expect(stdout).toContain("Skipped: postgres. PostgreSQL does not answer at 127.0.0.1:1")
    expect(stderr).toContain("round 1/1")
    // The node has really been written to: three numbers of writers, both sides, one stream each.
    expect(node.log.all.length).toBeGreaterThan(2 * (30 + 300 + 300 + 1_000))
  })

  it("says how it is used, and refuses what it does not know", async () => {
    expect((await bench("--help")).stdout).toContain("--only eventstoredb,kafka,postgres")
    await expect(bench("--only", "oracle")).rejects.toThrow("--only takes eventstoredb, kafka, postgres; not oracle")
    await expect(bench("--quick", "--write")).rejects.toThrow("--quick measures nothing worth writing down")
  })
})
