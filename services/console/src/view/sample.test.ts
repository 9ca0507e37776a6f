import { describe, expect, it } from "vitest"
import { csvOf } from "./figure.js"
import { bundlePath, fingerprint, personOfStream, sampleTable, seedOf, sizeOf } from "./sample.js"
import type { SampleAnswer } from "./types.js"

const person = "0123456789abcdef".repeat(2)
const item = (event: string, hits = 1): SampleAnswer["items"][number] => ({
  event,
  type: "ContributionRecorded@1",
  stream: `Enrollment-44_110_${person}`,
  revision: 4,
  position: "0009",
  province: "44",
  scheme: "110",
  amount_fen: 84_360,
  stratum: "44 110 ContributionRecorded <10^3",
  hits,
})
const answer: SampleAnswer = {
  seed: "s",
  method: "stratified",
  size: 2,
  upTo: "0010",
  facts: 50,
  amount_fen: 1,
  strata: [],
  items: [item("a"), item("b")],
}

describe("a sample", () => {
  it("has one fingerprint for one draw, and another when a fact, its hits, the seed or the position differ", () => {
    expect(fingerprint(answer)).toBe(fingerprint({ ...answer, facts: 51 }))
    const others = [
      { ...answer, items: [item("b"), item("a")] },
      { ...answer, items: [item("a"), item("b", 2)] },
      { ...answer, seed: "t" },
      { ...answer, upTo: "0011" },
    ]
    expect(new Set([answer, ...others].map(fingerprint)).size).toBe(5)
    expect(fingerprint(answer)).toMatch(/^[0-9a-f]{64}$/u)
  })

  it("leads from a fact to the person, and to a table whose amounts are in yuan", () => {
    expect(personOfStream(`Enrollment-44_110_${person}`)).toBe(person)
    expect(personOfStream("Policy-44")).toBeNull()
    const labels = ["event", "type", "province", "scheme", "stream", "revision", "position", "stratum", "amount", "hits"]
    expect(csvOf(sampleTable([item("a")], labels)).split("\r\n")[1]).toContain(",843.6,1")
  })

  it("makes a seed of eight bytes, and sizes people read", () => {
    expect(seedOf(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 255, 9))).toBe("00010203040506ff")
    expect([sizeOf(999), sizeOf(12_345), sizeOf(3_400_000)]).toEqual(["999 B", "12.3 kB", "3.4 MB"])
  })

  it("names a bundle only when the scope is whole", () => {
    const of = { person, stream: `Transfer-${person}_t1`, province: "31", month: "2026-11" }
    expect(bundlePath("person", of)).toBe(`persons/${person}`)
    expect(bundlePath("case", of)).toBe(`cases/Transfer-${person}_t1`)
    expect(bundlePath("province-month", of)).toBe("provinces/31/2026-11")
    expect(bundlePath("person", { ...of, person: "44" })).toBeNull()
    expect(bundlePath("case", { ...of, stream: `Person-${person}` })).toBeNull()
    expect(bundlePath("province-month", { ...of, month: "" })).toBeNull()
  })
})
