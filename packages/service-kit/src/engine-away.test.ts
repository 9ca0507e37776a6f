import { describe, expect, it } from "vitest"
import { engineIsAway } from "./engine-away.js"
import { problemOf } from "./error-handler.js"

const error = (fields: { name?: string; code?: string | number; message?: string; cause?: unknown }): Error =>
  Object.assign(new Error(fields.message ?? "something"), fields)

describe("an engine that is away", () => {
  it.each([
    ["the ledger did not answer", error({ name: "StoreUnavailable" })],
    ["a read of the ledger failed", error({ name: "ReadFailed" })],
    ["a topic did not take a message", error({ name: "StreamsUnavailable" })],
    ["Kafka", error({ name: "KafkaJSNumberOfRetriesExceeded" })],
    ["nobody listens", error({ code: "ECONNREFUSED" })],
    ["PostgreSQL is shutting down", error({ name: "error", code: "57P01" })],
    ["PostgreSQL is starting up", error({ code: "57P03" })],
    ["a deadlock was resolved against us", error({ code: "40P01" })],
    ["a connection broke under a statement", error({ message: "Connection terminated unexpectedly" })],
    ["wrapped by whoever needed it", error({ cause: error({ cause: error({ code: "ECONNRESET" }) }) })],
  ])("%s: work waits, a caller is told to come again", (_what, cause) => {
    expect(engineIsAway(cause)).toBe(true)
    expect(problemOf(cause).problem).toMatchObject({ status: 503, rule: "ENGINE_AWAY", retry_after_seconds: 2 })
  })

  it.each([
    ["a fact nobody can read", error({ name: "UnreadableStream" })],
    ["a unique key", error({ code: "23505" })],
    ["a bug", new TypeError("x is undefined")],
    ["a number for a code", error({ code: 14 })],
    ["no error at all", "text"],
    ["nothing", undefined],
  ])("is not: %s", (_what, cause) => {
    expect(engineIsAway(cause)).toBe(false)
  })
})
