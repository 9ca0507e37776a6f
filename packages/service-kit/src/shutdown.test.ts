import { spawn } from "node:child_process"
import { once } from "node:events"
import { pino } from "pino"
import { describe, expect, it } from "vitest"
import { systemClock } from "./clock.js"
import { createShutdown } from "./shutdown.js"

const collect = () => {
  const lines: string[] = []
  return { lines, logger: pino({ level: "info" }, { write: (line: string) => void lines.push(line) }) }
}

describe("shutdown", () => {
  it("closes parts in the reverse order of their making, once, and goes on after one that fails", async () => {
    const { logger, lines } = collect()
    const closed: string[] = []
    const shutdown = createShutdown({ logger, clock: systemClock })
    const part = (name: string, fails = false) =>
      shutdown.add(name, async () => {
        closed.push(name)
        if (fails) throw new Error("already gone")
      })
    part("event store")
    part("projector", true)
    part("http")
    const [first, second] = await Promise.all([shutdown.run("test"), shutdown.run("again")])
    expect(closed).toEqual(["http", "projector", "event store"])
    expect([first, second]).toEqual([false, false])
    expect(lines.join("")).toContain("did not close cleanly")
  })

  it("does not wait for ever, and names the part that hangs", async () => {
    const { logger, lines } = collect()
    const shutdown = createShutdown({ logger, clock: { now: () => 0, sleep: async () => {} } })
    shutdown.add("hanging part", () => new Promise(() => {}))
    expect(await shutdown.run("test")).toBe(false)
    expect(lines.join("")).toMatch(/"part":"hanging part".*did not close in time/)
  })

  const program = (close: string): string => `
    import { pino } from "pino"
    import { createShutdown } from ${JSON.stringify(new URL("shutdown.ts", import.meta.url).href)}
    import { systemClock } from ${JSON.stringify(new URL("clock.ts", import.meta.url).href)}
    const shutdown = createShutdown({ logger: pino({ level: "silent" }), clock: systemClock })
    shutdown.add("part", ${close})
    shutdown.listen()
    setInterval(() => {}, 1000)
    console.log("up")`
  const start = async (close: string) => {
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program(close)], {
      cwd: new URL("..", import.meta.url),
      stdio: ["ignore", "pipe", "inherit"],
    })
    await once(child.stdout, "data")
    return child
  }

  it("ends a real process with 0 on SIGTERM after closing its parts", async () => {
    const child = await start(`async () => console.log("closed")`)
    const said = once(child.stdout, "data")
    child.kill("SIGTERM")
    expect(String((await said)[0])).toContain("closed")
    expect(await once(child, "exit")).toEqual([0, null])
  })

  it("ends a real process at once on the second signal", async () => {
    const child = await start(`() => new Promise(() => console.log("closing"))`)
    const said = once(child.stdout, "data")
    child.kill("SIGINT")
    await said
    child.kill("SIGINT")
    expect(await once(child, "exit")).toEqual([130, null])
  })
})
