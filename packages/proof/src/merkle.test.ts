import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { encodeBundle, newBuilder } from "./builder.js"
import { toHex, utf8 } from "./bytes.js"
import { emptyRoot, type Hash, leafHash, nodeHash, splitOf, verifyConsistency, verifyInclusion } from "./merkle.js"
import { readLog } from "./reader.js"
import { memoryTiles } from "./tile-store.js"

/** The inputs and roots of Certificate Transparency's own test suite (RFC 6962 §2.1.3 names no bytes). */
const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

/** RFC 6962 §2.1 word for word. */
const naiveRoot = (entries: readonly Uint8Array[]): Hash => {
  if (entries.length === 0) return emptyRoot()
  if (entries.length === 1) return leafHash(entries[0] as Uint8Array)
  const k = splitOf(entries.length)
  return nodeHash(naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)))
}

const some = (count: number): Uint8Array[] => Array.from({ length: count }, (_, n) => utf8(`entry ${n}`))

const build = async (entries: readonly Uint8Array[]) => {
  const builder = newBuilder()
  for (const entry of entries) builder.add(entry)
  const tiles = memoryTiles()
  const root = builder.root()
  const { full, partial } = builder.take()
  await tiles.write([...full, ...partial])
  return { tiles, root, log: readLog(tiles, entries.length) }
}

describe("RFC 6962", () => {
  it("gives the roots of Certificate Transparency's test suite", () => {
    const entries = inputs.map((hex) => Buffer.from(hex, "hex"))
    for (const [size, root] of roots.entries()) {
      const builder = newBuilder()
      for (const entry of entries.slice(0, size)) builder.add(entry)
      expect(toHex(builder.root())).toBe(root)
    }
  })
  it("gives the proofs of inclusion and consistency of that suite", async () => {
    const { log } = await build(inputs.map((hex) => Buffer.from(hex, "hex")))
    expect((await log.inclusion(5, 8)).map(toHex)).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ])
    expect((await log.consistency(6, 8)).map(toHex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ])
  })
  it("writes the tiles that the specification names for 70,000 entries", async () => {
    const { tiles } = await build(some(70_000))
    const hashes = [...tiles.files.keys()].filter((path) => !path.includes("entries"))
    expect(hashes.filter((path) => path.startsWith("tile/0/") && !path.includes(".p/"))).toHaveLength(273)
    expect(hashes.filter((path) => !path.startsWith("tile/0/") || path.includes(".p/")).toSorted()).toEqual(
      ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"].toSorted(),
    )
  })
  const sizes = [0, 1, 2, 3, 255, 256, 257, 511, 512, 65_535, 65_536, 65_793]
  it.each(sizes)("its tiles give the root of RFC 6962 at size %i", async (size) => {
    const entries = some(size)
    const { root, log } = await build(entries)
    expect(toHex(root)).toBe(toHex(naiveRoot(entries)))
    expect(toHex(await log.rootAt(size))).toBe(toHex(root))
  })

  const bounds = async () => {
    const entries = some(1_500)
    const { log } = await build(entries)
    return { entries, log, rootAt: async (size: number) => ({ size, root: await log.rootAt(size) }) }
  }
  it("any entry is proved in any later tree, and in no tree with another root or at another place", async () => {
    const { entries, log, rootAt } = await bounds()
    const pairs = fc.tuple(fc.integer({ min: 1, max: 1_500 }), fc.nat()).map(([size, n]) => [n % size, size] as const)
    await fc.assert(
      fc.asyncProperty(pairs, fc.nat({ max: 31 }), async ([index, size], byte) => {
        const { root } = await rootAt(size)
        const proof = await log.inclusion(index, size)
        const leaf = leafHash(entries[index] as Uint8Array)
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true)
        expect(verifyInclusion(leafHash(utf8("another")), index, size, proof, root)).toBe(false)
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false)
        if (size > 1) {
          expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false)
          expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false)
        }
        const damaged = proof.map((hash, i) => (i === 0 ? hash.map((b, at) => (at === byte ? b ^ 1 : b)) : hash))
        if (proof.length > 0) expect(verifyInclusion(leaf, index, size, damaged, root)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })
  it("any tree is proved to begin with any earlier one, and with no other", async () => {
    const { log, rootAt } = await bounds()
    const pairs = fc.tuple(fc.integer({ min: 1, max: 1_500 }), fc.nat()).map(([to, n]) => [(n % to) + 1, to] as const)
    await fc.assert(
      fc.asyncProperty(pairs, async ([from, to]) => {
        const [earlier, later] = [await rootAt(from), await rootAt(to)]
        const proof = await log.consistency(from, to)
        expect(verifyConsistency(earlier, later, proof)).toBe(true)
        const other = { ...earlier, root: earlier.root.map((byte) => byte ^ 1) }
        expect(verifyConsistency(other, later, proof)).toBe(false)
        if (from < to) expect(verifyConsistency(earlier, { ...later, root: emptyRoot() }, proof)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })
  it("bundles hold each entry after its length", () => {
    expect(toHex(encodeBundle([utf8("a"), utf8(""), utf8("bc")]))).toBe("00016100000002" + toHex(utf8("bc")))
  })
})
