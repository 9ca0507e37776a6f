/**
 * Golden bytes: one file per event and version as it was really written. Every build must still read them, for ever.
 * A new version adds a file; an existing file is never changed (GOLDEN=write writes missing files only).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { decodeChecked, decodeEvent, encodeEvent, versionOf, wireTypeOf, wireTypes } from "./codec.js"
import { type EventType, eventSchemas } from "./event-schemas.js"
import { examples } from "./examples.js"

const folder = join(dirname(fileURLToPath(import.meta.url)), "../golden")
const fileOf = (wireType: string): string => join(folder, `${wireType.replace("@", ".v")}.json`)
const types = Object.keys(eventSchemas) as EventType[]
const encode = (type: EventType): Uint8Array => encodeEvent("0", examples[type], new Uint8Array()).data

if (process.env["GOLDEN"] === "write") {
  mkdirSync(folder, { recursive: true })
  for (const type of types) if (!existsSync(fileOf(wireTypeOf(type)))) writeFileSync(fileOf(wireTypeOf(type)), encode(type))
}

describe("golden bytes", () => {
  it("there is a file for every version of every event, and no other", () => {
    expect(readdirSync(folder).sort()).toEqual(
      wireTypes()
        .map((type) => `${type.replace("@", ".v")}.json`)
        .sort(),
    )
  })

  it.each(types)("%s is still written as it was", (type) => {
    expect(Buffer.from(encode(type)).toString()).toBe(readFileSync(fileOf(wireTypeOf(type)), "utf8"))
  })

  it.each([...wireTypes()])("%s still decodes and satisfies today's schema", (wireType) => {
    const decoded = decodeChecked({ type: wireType, data: readFileSync(fileOf(wireType)) })
    expect(decoded).toMatchObject({ ok: true })
  })

  it("lifts an enrollment of version 1 to an ordinary, not a temporary account", () => {
    const decoded = decodeEvent({ type: "EnrollmentOpened@1", data: readFileSync(fileOf("EnrollmentOpened@1")) })
    expect(decoded).toMatchObject({ ok: true, event: { type: "EnrollmentOpened", temporary: false, from: "2012-07" } })
    expect(versionOf("EnrollmentOpened")).toBe(2)
  })

  it("lifts a sample of version 1 to one drawn from whatever days", () => {
    const decoded = decodeEvent({ type: "SampleDrawn@1", data: readFileSync(fileOf("SampleDrawn@1")) })
    expect(decoded).toMatchObject({ ok: true, event: { type: "SampleDrawn", recorded: null, seed: "2026-审-01" } })
  })

  it("says of unknown types and broken bytes that it cannot read them, and does not throw", () => {
    expect(decodeEvent({ type: "Nonsense@1", data: Buffer.from("{}") })).toEqual({
      ok: false,
      cause: "unknown event type Nonsense@1",
    })
    expect(decodeEvent({ type: "EnrollmentOpened@3", data: Buffer.from("{}") })).toMatchObject({ ok: false })
    expect(decodeEvent({ type: "PersonDied@1", data: Buffer.from("{") })).toMatchObject({ ok: false })
    expect(decodeEvent({ type: "PersonDied@1", data: Buffer.from("[]") })).toMatchObject({ ok: false })
    expect(decodeChecked({ type: "PersonDied@1", data: Buffer.from('{"on":"2024-02-31"}') })).toMatchObject({ ok: false })
  })
})
