import { anyProvince, anyScheme, personKey } from "@tongzhang/testing/arbitraries"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as benefit from "./benefit.js"
import * as enrollment from "./enrollment.js"
import * as feed from "./feed.js"
import * as overlap from "./overlap.js"
import * as person from "./person.js"
import * as policy from "./policy.js"
import { categories, parseStreamName, personOf, streamName } from "./stream-name.js"
import * as transfer from "./transfer.js"

const part = fc.stringMatching(/^[A-Za-z0-9.:]{1,20}$/)

describe("stream names", () => {
  it("read back as they were made", () =>
    fc.assert(
      fc.property(fc.constantFrom(...categories), fc.array(part, { minLength: 1, maxLength: 4 }), (category, parts) => {
        expect(parseStreamName(streamName(category, ...parts))).toEqual({ category, parts })
      }),
    ))

  it.each(["", "a_b", "a-b", "a b", "省", "a\n", "a/b", "$all"])("are not made with the part %j", (bad) =>
    expect(() => streamName("Feed", "31", bad)).toThrow("bad id part"),
  )

  it("are not made without a part", () => expect(() => streamName("Person")).toThrow("at least one"))

  it.each([
    "",
    "Person",
    "Person-",
    "Nobody-1",
    "person-1",
    "$streams",
    "Person-a-b",
    "Person-a__b",
    "Person-a_",
    "Person-a b",
    "-a",
  ])("%j is none", (name) => expect(parseStreamName(name)).toBeNull())
})

describe("the person of a stream", () => {
  it("is found in every stream about one person", () =>
    fc.assert(
      fc.property(personKey, anyProvince, anyScheme, (key, province, scheme) => {
        expect(personOf(person.streamOf(key))).toBe(key)
        expect(personOf(enrollment.streamOf({ province, scheme, person: key }))).toBe(key)
        expect(personOf(transfer.streamOf(transfer.transferIdOf(key, "7")))).toBe(key)
        expect(personOf(overlap.streamOf(key, "pension"))).toBe(key)
        expect(personOf(benefit.streamOf(key, scheme))).toBe(key)
      }),
    ))

  it("is nobody for feeds and policies", () => {
    expect(personOf(feed.streamOf("31", "0123abcd"))).toBeNull()
    expect(personOf(policy.streamOf("31"))).toBeNull()
  })
})
