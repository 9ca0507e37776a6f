import { isLeft, isRight } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { PersonKeyMaterial } from "./key-store.js"
import { keyIdOf, open, seal } from "./seal.js"

const wang: PersonKeyMaterial = {
  person: "1".repeat(32) as PersonKey,
  keyId: "00aa00aa00aa00aa",
  key: new Uint8Array(32).fill(7),
}
const fields = { name: "王芳", citizenId: "990101199001011237" }

describe("sealed private fields", () => {
  it("open again for the person they belong to", () => {
    const opened = open(seal(fields, wang), wang)
    expect(isRight(opened) && opened.right).toEqual(fields)
  })

  it("hold any text under any name", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: "grapheme" })), (plain) => {
        const opened = open(seal(plain, wang), wang)
        expect(isRight(opened) && opened.right).toEqual(Object.fromEntries(Object.entries(plain)))
      }),
    )
  })

  it("are the same bytes each time, whatever the order of fields, so a retried command is the same event", () => {
    expect(seal({ citizenId: fields.citizenId, name: fields.name }, wang)).toBe(seal(fields, wang))
  })

  it("never use one nonce for two texts", () => {
    const nonces = ["王芳", "王方", "王芬"].map((name) =>
      Buffer.from(seal({ name }, wang).split(".")[2] ?? "", "base64url")
        .subarray(0, 12)
        .toString("hex"),
    )
    expect(new Set(nonces).size).toBe(3)
  })

  it("show neither the text nor how long the name is", () => {
    expect(seal({ name: "王芳" }, wang)).toHaveLength(seal({ name: "买买提·艾力" }, wang).length)
    expect(Buffer.from(seal(fields, wang).split(".")[2] ?? "", "base64url").includes(Buffer.from("王芳"))).toBe(false)
  })

  it("are refused when any character was altered", () => {
    const sealed = seal(fields, wang)
    const start = sealed.lastIndexOf(".") + 1
    for (let at = start; at < sealed.length - 1; at += 1) {
      const altered = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1)
      expect(open(altered, wang), `character ${at}`).toMatchObject({ _tag: "Left", left: { kind: "broken" } })
    }
  })

  it("are refused under another person's name, another key, or when they are no sealed text", () => {
    const sealed = seal(fields, wang)
    expect(open(sealed, { ...wang, person: "2".repeat(32) as PersonKey })).toMatchObject({ left: { kind: "broken" } })
    expect(open(sealed, { ...wang, key: new Uint8Array(32).fill(8) })).toMatchObject({ left: { kind: "broken" } })
    expect(open(sealed, { ...wang, keyId: "ffffffffffffffff" })).toMatchObject({ left: { kind: "other_key" } })
    for (const text of ["", "王芳", "s1.", "s1.00aa00aa00aa00aa.AAAA", "s2.00aa00aa00aa00aa." + "A".repeat(99)])
      expect(isLeft(open(text, wang)) && open(text, wang)).toMatchObject({ left: { kind: "malformed" } })
    expect(keyIdOf(sealed)).toBe(wang.keyId)
  })
})
