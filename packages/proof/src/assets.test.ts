import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { joinParts, qrParts } from "./qr.js"
import { receiptPage, verifier } from "./assets.js"

const build = new URL("../build/assets.mjs", import.meta.url).href

describe("the programs for outsiders", () => {
  it("are made of the sources as they are: run `npm run assets -w @tongzhang/proof`", async () => {
    const { makeAssets } = (await import(/* @vite-ignore */ build)) as { makeAssets: () => Promise<Record<string, string>> }
    const made = await makeAssets()
    for (const [name, text] of Object.entries(made))
      expect(text === readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8"), name).toBe(true)
  })
  it("need nothing: the verifier imports only node's own modules, the page loads nothing", () => {
    const text = Buffer.from(verifier()).toString()
    expect(
      [...text.matchAll(/^import .* from "([^"]+)"/gmu)]
        .map(([, module]) => module)
        .filter((module) => !module?.startsWith("node:")),
    ).toEqual([])
    expect(text).not.toMatch(/\bfetch\(|node:(http|https|net|dns)/u)
    const page = receiptPage(["ledger.example/a+00000000+AA=="])
    expect(page).toContain("ledger.example/a+00000000+AA==")
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/u)
  })
  it("a receipt fits in a few codes, read in any order", () => {
    const receipt = Array.from({ length: 3_000 }, (_, i) => String.fromCharCode(65 + (i % 26))).join("")
    const parts = qrParts(receipt)
    expect(parts).toHaveLength(3)
    expect(joinParts(parts.toReversed())).toEqual({ receipt })
    expect(joinParts(parts.slice(1))).toEqual({ have: 2, of: 3 })
    expect(joinParts(["hello"])).toBeNull()
  })
})
