import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openEmbeddedStreams } from "./streams.js"

const inFolder = (run: (path: string) => Promise<void>) => async () => {
  const path = await mkdtemp(join(tmpdir(), "tongzhang-streams-"))
  try {
    await run(path)
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

describe("the folder's lock", () => {
  it(
    "refuses a second opening in this process until the first is closed",
    inFolder(async (path) => {
      const streams = await openEmbeddedStreams({ path })
      await expect(openEmbeddedStreams({ path })).rejects.toThrow(/open already/)
      await streams.close()
      await (await openEmbeddedStreams({ path })).close()
      expect(existsSync(join(path, "owner.lock"))).toBe(false)
    }),
  )

  it(
    "refuses the folder of a living process and takes over that of a dead one",
    inFolder(async (path) => {
      const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])
      const ended = once(other, "exit")
      await writeFile(join(path, "owner.lock"), `${other.pid} ?\n`)
      await expect(openEmbeddedStreams({ path })).rejects.toThrow(new RegExp(`in use by process ${other.pid}`))
      other.kill("SIGKILL")
      await ended
      await (await openEmbeddedStreams({ path })).close()
    }),
  )

  it(
    "takes over a lock whose process id now belongs to a younger process, and one that is damaged",
    inFolder(async (path) => {
      await writeFile(join(path, "owner.lock"), `${process.pid} 1\n`)
      await (await openEmbeddedStreams({ path })).close()
      await writeFile(join(path, "owner.lock"), "")
      await (await openEmbeddedStreams({ path })).close()
    }),
  )
})
