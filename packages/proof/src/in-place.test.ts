import { hash } from "node:crypto"
import type { StreamName } from "@tongzhang/domain/stream-name"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canonical } from "./canonical.js"
import { contentText, entryOf, type Sealed } from "./entry.js"
import { canonicalInPlace } from "./in-place.js"

const bytesOf = (value: string | Uint8Array): Buffer => (typeof value === "string" ? Buffer.from(value) : Buffer.from(value))

/** Null when it is refused. The text stands between others, which must stay as they are. */
const inPlace = (given: string | Uint8Array): string | null => {
  const [text, around] = [bytesOf(given), 7]
  const bytes = Buffer.alloc(around + 3 * (text.length + around), 0x21)
  bytes.set(text, around)
  const end = around + text.length
  const isDone = canonicalInPlace(bytes, around, end, end + around)
  expect(bytes.toString("latin1", 0, around) + bytes.toString("latin1", end, end + around)).toBe("!".repeat(2 * around))
  return isDone ? bytes.toString("utf8", around, end) : null
}

const event = (data: string | Uint8Array, metadata: string | Uint8Array, stream = "Enrollment-31_110_x"): Sealed => ({
  id: "0b4c1f2e-0000-5000-8000-00000000a1b2",
  stream: stream as StreamName,
  revision: 3,
  type: "ContributionRecorded@1",
  data: bytesOf(data),
  metadata: bytesOf(metadata),
  recordedAt: 1_763_000_000_123,
})
const hashedOf = (sealed: Sealed): string => entryOf(sealed).toString("hex", 24)
const longWay = (sealed: Sealed): string => hash("sha256", contentText(sealed), "hex")

/** Objects as our writers write them, and close to it: keys that are beginnings of others, equal keys, text of any script. */
const key = fc.constantFrom("a", "ab", "abc", "b", "B", "kind", "kind_fen", "0", "10", "2", "省", 'quote"', "\u0001")
const plainValue = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "转为职工参保"),
)
const object = (depth: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.tuple(
        key,
        depth === 0
          ? plainValue.map((value) => JSON.stringify(value))
          : fc.oneof(
              plainValue.map((value) => JSON.stringify(value)),
              object(depth - 1),
            ),
      ),
      { maxLength: 8 },
    )
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`)

describe("canonical form in place", () => {
  it("is what parsing and writing anew give, or refused", () => {
    let done = 0
    fc.assert(
      fc.property(object(3), (text) => {
        const found = inPlace(text)
        if (found === null) return
        done++
        expect(found).toBe(canonical(JSON.parse(text)))
      }),
      { numRuns: 2_000 },
    )
    expect(done).toBeGreaterThan(200)
  })
  it("is made of an event's own text, whatever its members' order, without the long way", () => {
    const text =
      '{"actor":{"kind":"agency","id":"agency-31","province":"31"},"row":-13,"zero":0,"flag":true,"off":false,"none":null,"empty":{},"reason":"省内转移","a":"z"}'
    expect(inPlace(text)).toBe(
      '{"a":"z","actor":{"id":"agency-31","kind":"agency","province":"31"},"empty":{},"flag":true,"none":null,"off":false,"reason":"省内转移","row":-13,"zero":0}',
    )
  })
  it.each([
    ["a space", '{"a": 1}'],
    ["an escape", String.raw`{"a":"\u0041"}`],
    ["an escape in a key", String.raw`{"\u0041":1}`],
    ["a fraction", '{"a":1.50}'],
    ["an exponent", '{"a":1e2}'],
    ["a number no double holds", '{"a":12345678901234567}'],
    ["minus zero", '{"a":-0}'],
    ["a leading zero", '{"a":007}'],
    ["a list", '{"a":[1]}'],
    ["equal keys", '{"b":1,"a":2,"b":3}'],
    ["equal keys in a row", '{"a":1,"a":2}'],
    ["a key beyond ASCII", '{"省":1}'],
    ["a control character", '{"a":"\u0007"}'],
    ["no object", '"text"'],
    ["an end within", '{"a":1'],
    ["an end within a key", '{"a'],
    ["an end within a word", '{"a":tru'],
    ["something behind", '{"a":1}{}'],
    ["a comma too many", '{"a":1,}'],
    ["a word that is none", '{"a":nul}'],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
    ["a surrogate written as UTF-8", Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d])],
    ["too deep", `${'{"a":'.repeat(300)}1${"}".repeat(300)}`],
  ])("refuses %s", (_what, text) => {
    expect(inPlace(text)).toBeNull()
  })
})

describe("the hash of an event", () => {
  it("is that of its canonical text, whichever way it is made", () => {
    const part = fc.oneof(object(2), fc.json(), fc.string(), fc.uint8Array({ maxLength: 40 }))
    fc.assert(
      fc.property(part, part, fc.constantFrom("Person-a", 'Feed-"x"', "Policy-省", "Transfer-\\"), (data, metadata, stream) => {
        const sealed = event(data, metadata, stream)
        expect(hashedOf(sealed)).toBe(longWay(sealed))
      }),
      { numRuns: 1_000 },
    )
  })
  it("is that of its canonical text when one event is larger than the room kept for it", () => {
    const large = event(JSON.stringify({ b: "x".repeat(100_000), a: 1 }), "{}")
    expect(hashedOf(large)).toBe(longWay(large))
  })
})
