import { expect, it } from "vitest"
import { createHeld } from "./held.js"

it("keeps what is asked for and lets go of what is not, within its bound", () => {
  const held = createHeld<number, string>(10)
  held.set(0, "asked for")
  held.set(1, "not asked for")
  for (let n = 2; n < 40; n++) {
    held.set(n, String(n))
    held.get(0)
  }
  expect(held.get(0)).toBe("asked for")
  expect(held.get(1)).toBeUndefined()
  expect(Array.from({ length: 40 }, (_, n) => held.get(n)).filter((value) => value !== undefined).length).toBeLessThanOrEqual(10)
})

it("gives the newest value, and none after deletion, whichever generation it is in", () => {
  const held = createHeld<string, number>(4)
  held.set("a", 1)
  held.set("b", 1)
  held.set("a", 2)
  expect(held.get("a")).toBe(2)
  held.delete("a")
  expect(held.get("a")).toBeUndefined()
})
