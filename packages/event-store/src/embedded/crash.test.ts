/** The store in a process of its own, which ends or fails underneath it. */
import { spawn } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { eventually, idsOf, newEvent, readLogAfter, readWhole } from "../contract/support.js"
import { openEmbeddedStore } from "./store.js"

describe("embedded store in another process", () => {
  let path = ""
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "tongzhang-events-"))
  })
  afterEach(() => rm(path, { recursive: true }))

  it("loses no acknowledged event to kill -9, and retries settle the rest", async () => {
    const script = fileURLToPath(new URL("./fixtures/append-until-killed.ts", import.meta.url))
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", script, path, String(round)], {
        stdio: ["ignore", "pipe", "inherit"],
      })
      let output = ""
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString()
      })
      await eventually("two thousand acknowledged", () => output.length > 2_000 * 40)
      const exited = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await exited

      const store = await openEmbeddedStore({ path })
      const log = await readLogAfter(store, null, 1_000)
      const ids = new Set(idsOf(log))
      const acknowledged = output.split("\n").slice(0, -1)
      expect(acknowledged.length).toBeGreaterThan(1_000)
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
      expect(ids.size).toBe(log.length)
      const last = log.at(-1)
      expect(last?.position).toBe(await store.head())
      for (const stream of new Set(log.slice(-50).map((event) => event.stream))) {
        const events = await readWhole(store, stream)
        expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index))
        expect(await store.append(stream, events.length - 1, [newEvent()])).toMatchObject({ kind: "appended" })
      }
      await store.close()
    }
  }, 120_000)
})
