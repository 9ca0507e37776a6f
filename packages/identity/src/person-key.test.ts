import { createHmac } from "node:crypto"
import { isPersonKey } from "@tongzhang/domain/ids"
import { describe, expect, it } from "vitest"
import { blindIndex, createPersonKeys, normaliseName, personKeyOf } from "./person-key.js"

const secret = "a secret of the national center, for tests"
const id = "990101199001011237"

describe("the name a person bears in the ledger", () => {
  it("is the first 16 bytes of HMAC-SHA-256 over the ID number", () => {
    const key = personKeyOf(id, secret)
    expect(key).toBe(createHmac("sha256", secret).update(id).digest("hex").slice(0, 32))
    expect(isPersonKey(key)).toBe(true)
    expect(key).not.toContain(id.slice(6, 14))
  })

  it("differs per person and per installation", () => {
    expect(personKeyOf("990101199001011253", secret)).not.toBe(personKeyOf(id, secret))
    expect(personKeyOf(id, "another secret, long enough")).not.toBe(personKeyOf(id, secret))
  })

  it("takes no weak secret and no number that was not normalised", () => {
    expect(() => personKeyOf(id, "short")).toThrow(/at least 16/)
    expect(() => personKeyOf("990101900101123", secret)).toThrow(/normalised/)
  })

  it("is the same from the memo, also after the memo has forgotten", () => {
    const keys = createPersonKeys(secret, 1)
    const first = keys.of(id)
    keys.of("990101199001011253")
    expect(keys.of(id)).toBe(first)
    expect(createPersonKeys(secret, 0).of(id)).toBe(personKeyOf(id, secret))
  })
})

describe("searching by exact name without keeping names", () => {
  it("finds the same name however it was typed", () => {
    expect(normaliseName(" 买买提•艾力 ")).toBe("买买提·艾力")
    expect(blindIndex("买买提・艾力", secret, "name")).toBe(blindIndex("买买提·艾力", secret, "name"))
    expect(blindIndex("Ｌｉ　Ｌｅｉ", secret, "name")).toBe(blindIndex("li lei", secret, "name"))
  })

  it("cannot be joined with an index made for another purpose, nor with person keys", () => {
    expect(blindIndex("王芳", secret, "name")).not.toBe(blindIndex("王芳", secret, "contact"))
    expect(blindIndex(id, secret, "id")).not.toBe(personKeyOf(id, secret))
    expect(() => blindIndex("王芳", secret, "")).toThrow(/purpose/)
  })
})
