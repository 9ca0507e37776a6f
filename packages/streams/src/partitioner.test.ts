import { describe, expect, it } from "vitest"
import { murmur2, partitionOf } from "./partitioner.js"

const utf8 = (text: string) => new TextEncoder().encode(text)

describe("Kafka's default partitioner", () => {
  it.each([
    ["21", -973932308],
    ["foobar", -790332482],
    ["a-little-bit-long-string", -985981536],
    ["a-little-bit-longer-string", -1486304829],
    ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
    ["abc", 479470107],
  ])("hashes %s as the Java client does", (key, hash) => {
    expect(murmur2(utf8(key))).toBe(hash)
  })

  it("never leaves the range of partitions, and uses all of them", () => {
    const seen = new Set(Array.from({ length: 1000 }, (_, n) => partitionOf(utf8(`person-${n}`), 7)))
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
