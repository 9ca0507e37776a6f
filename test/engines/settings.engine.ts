/** A service process that lacks a setting or an engine says which and ends with a code of its own. Needs no engine. */
import { expect, it } from "vitest"
import { runService, services } from "./processes.js"

it.each(services)("%s alone says what it lacks and ends with 78", async (name) => {
  const { ended, log } = runService(name, { PORT: "eighty" })
  expect(await ended).toEqual({ code: 78, signal: null })
  expect(log.join("\n")).toMatch(/PORT +Invalid input.*PORT=74/)
  expect(log.join("\n")).toMatch(/EVENT_STORE_URL +is missing +EVENT_STORE_URL=esdb/)
})

it("a service whose engine does not answer names it and ends with 70", async () => {
  const env = {
    EVENT_STORE_URL: "esdb://127.0.0.1:1?tls=false",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    TOKEN_SECRET: "a shared secret of thirty-two bytes or more",
    START_SECONDS_MAX: "1",
  }
  const { ended, log } = runService("projector", env)
  expect((await ended).code).toBe(70)
  expect(log.join("\n")).toContain("event store: could not be opened within 1 s")
}, 60_000)
