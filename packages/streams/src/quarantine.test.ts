import { describe, expect, it } from "vitest"
import { addParked, isParked, pickReleased, removeParked, stopFor, type MutableQuarantine } from "./quarantine.js"

const quarantine = (entries: Record<string, number[]>, ...released: string[]): MutableQuarantine =>
  new Map(Object.entries(entries).map(([key, offsets]) => [key, { offsets, released: released.includes(key) }]))

describe("the quarantine of a partition", () => {
  it("stops a key from its first parked message on, not before, and no other key", () => {
    const stopped = quarantine({ bad: [5, 9] })
    expect([4, 5, 6, 9, 20].map((offset) => stopFor(stopped, "bad", offset))).toEqual([undefined, 5, 5, 5, 5])
    expect(stopFor(stopped, "good", 7)).toBeUndefined()
  })

  it("keeps offsets in order, each once, whatever order they come in", () => {
    const stopped: MutableQuarantine = new Map()
    for (const offset of [7, 3, 9, 3, 5, 9]) addParked(stopped, "k", offset)
    expect(stopped.get("k")!.offsets).toEqual([3, 5, 7, 9])
    expect([isParked(stopped, "k", 5), isParked(stopped, "k", 4), isParked(stopped, "other", 5)]).toEqual([true, false, false])
  })

  it("lets a key go with its last parked message", () => {
    const stopped = quarantine({ k: [3, 5] })
    removeParked(stopped, "k", 4)
    removeParked(stopped, "k", 3)
    expect(stopFor(stopped, "k", 9)).toBe(5)
    removeParked(stopped, "k", 5)
    expect(stopped.size).toBe(0)
  })

  it("picks released messages only, the first of each key first", () => {
    const stopped = quarantine({ a: [1, 8, 9], held: [2, 3], b: [4, 6] }, "a", "b")
    expect(pickReleased(stopped, 10)).toEqual([1, 4, 6, 8, 9])
    expect(pickReleased(stopped, 4)).toEqual([1, 4, 8, 9])
    expect(pickReleased(stopped, 2)).toEqual([1, 8])
    expect(pickReleased(quarantine({ held: [1] }), 10)).toEqual([])
  })
})
