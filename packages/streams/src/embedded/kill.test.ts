import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { recorder } from "../contract/world.js"
import { openEmbeddedStreams } from "./streams.js"

const child = fileURLToPath(new URL("kill-child.ts", import.meta.url))

/** Runs the child until it has acknowledged `acknowledgements` publishes, kills it, and says which message was the last. */
const runAndKill = async (path: string, from: number, effects: string, acknowledgements: number): Promise<number> => {
  const running = spawn(process.execPath, ["--conditions=source", "--import", "tsx", child, path, `${from}`, effects], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = once(running, "exit")
  let last = -1
  let seen = 0
  for await (const line of createInterface({ input: running.stdout })) {
    last = Number(line)
    // No return here: lines that were printed before the kill arrive after it, and they were acknowledged.
    if (++seen === acknowledgements) running.kill("SIGKILL")
  }
  expect(await ended).toEqual([null, "SIGKILL"])
  return last
}

it("loses no acknowledged message and no effect when the process is killed again and again", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tongzhang-streams-kill-"))
  const path = join(folder, "streams")
  const effects = join(folder, "effects.txt")
  const acknowledged: number[] = []
  let from = 0
  for (const acknowledgements of [1, 40, 150, 7]) {
    const last = await runAndKill(path, from, effects, acknowledgements)
    for (let n = from; n <= last; n++) acknowledged.push(n)
    // Beyond the last acknowledgement up to one publish may be in the log; numbers start behind it so that they stay unique.
    from = last + 1000
  }

  const streams = await openEmbeddedStreams({ path })
  const resumed = recorder()
  await (await streams.consume({ topic: "facts", group: "readers", onBatch: resumed.onBatch })).idle()
  const everything = recorder()
  await (await streams.consume({ topic: "facts", group: "auditors", onBatch: everything.onBatch })).idle()
  await streams.close()

  const logged = everything.texts().map(Number)
  expect(acknowledged.filter((n) => !everything.has(`${n}`))).toEqual([])
  expect(new Set(logged).size).toBe(logged.length)

  const before = existsSync(effects) ? (await readFile(effects, "utf8")).split("\n").slice(0, -1).map(Number) : []
  const effected = [...before, ...resumed.texts().map(Number)]
  expect(new Set(effected)).toEqual(new Set(logged))
  for (let person = 0; person < 7; person++) {
    const firsts = [...new Set(effected.filter((n) => n % 7 === person))]
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
  }
  await rm(folder, { recursive: true, force: true })
})
