/**
 * The proofs in the eyes of others: Go's own transparency libraries (test/proof/go) rebuild the static log and check checkpoints,
 * cosignatures and proofs. Where `go` or its modules are not to be had, the test says so and checks nothing.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { toBase64, toHex } from "../../packages/proof/src/bytes.js"
import { cosignCurrent } from "../../packages/proof/src/cosign.js"
import { entryOf } from "../../packages/proof/src/entry.js"
import { fileTiles } from "../../packages/proof/src/files.js"
import { openProofLog, type ProofLog } from "../../packages/proof/src/log.js"
import { formatVkey } from "../../packages/proof/src/note.js"
import { newSigningKey, openCosigner, openNoteSigner } from "../../packages/proof/src/signer.js"
import { eventsUpTo } from "../../packages/proof/src/testing/ledger.js"
import { memoryTiles } from "../../packages/proof/src/tile-store.js"
import { createWitness } from "../../packages/proof/src/witness.js"

const folder = mkdtempSync(join(tmpdir(), "proof-go-"))
const program = join(folder, process.platform === "win32" ? "checker.exe" : "checker")

/** Null when the checker was built; else why not. */
const built = ((): string | null => {
  if (spawnSync("go", ["version"]).status !== 0) return "go is not installed"
  try {
    const cwd = fileURLToPath(new URL("go", import.meta.url))
    execFileSync("go", ["build", "-o", program, "."], { cwd, stdio: "pipe", timeout: 280_000 })
    return null
  } catch (error) {
    return `the checker cannot be built: ${String((error as { stderr?: Buffer }).stderr ?? error).slice(0, 300)}`
  }
})()
if (built !== null) process.stderr.write(`test/proof: not checked by independent code: ${built}\n`)

const size = 70_000
const events = eventsUpTo(size)

describe.runIf(built === null)("independent public verifiers", () => {
  const tiles = fileTiles(join(folder, "log"))
  const signer = openNoteSigner(newSigningKey("ledger.example/tongzhang"))
  const witnesses = ["31", "44"].map((province) =>
    createWitness({
      signer: openCosigner(newSigningKey(`witness.example/${province}`)),
      logs: [signer.key],
      state: memoryTiles(),
      now: () => 1_800_000_000_000,
    }),
  )
  let log: ProofLog
  beforeAll(async () => {
    log = await openProofLog({ tiles, state: memoryTiles(), signer, now: () => 1_800_000_000_000 })
    // Three checkpoints, so that partial tiles of earlier ones lie about, as they do in life.
    for (const [from, to] of [
      [0, 300],
      [300, 66_000],
      [66_000, size],
    ] as const) {
      await log.add(events.slice(from, to))
      await log.publish(events[to - 1]?.position ?? null)
    }
    const doors = witnesses.map((witness) => ({
      key: witness.key,
      post: async (body: string) => {
        const answer = await witness.addCheckpoint(body)
        return answer.kind === "cosigned" ? { status: 200, body: answer.line } : { status: answer.status, body: answer.what }
      },
    }))
    expect((await cosignCurrent(tiles, doors))?.refused).toEqual([])
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const ask = async (indexes: readonly number[], sizes: readonly number[]) => {
    const reader = log.reader()
    const inclusions = await Promise.all(
      indexes.map(async (index) => ({
        entry: toHex(entryOf(events[index] as (typeof events)[number])),
        index,
        size,
        root: toBase64(log.published().root),
        proof: (await reader.inclusion(index, size)).map(toBase64),
      })),
    )
    const consistencies = await Promise.all(
      sizes.map(async (from) => ({
        from,
        to: size,
        rootFrom: toBase64(await reader.rootAt(from)),
        rootTo: toBase64(log.published().root),
        proof: (await reader.consistency(from, size)).map(toBase64),
      })),
    )
    const keys = { log: formatVkey(signer.key), witnesses: witnesses.map(({ key }) => formatVkey(key)) }
    return { folder: join(folder, "log"), ...keys, inclusions, consistencies }
  }
  const run = (request: object) => {
    const { status, stdout, stderr } = spawnSync(program, { input: JSON.stringify(request), encoding: "utf8", timeout: 90_000 })
    return { status, out: stdout.trim().split("\n"), stderr }
  }

  it("find the whole log, its signatures and its proofs in order", async () => {
    const { status, out } = run(
      await ask([0, 1, 255, 256, 65_535, 65_536, 69_888, size - 1], [1, 255, 256, 300, 65_536, 66_000, 69_999]),
    )
    expect(out).toEqual([
      "ok fsck",
      `ok checkpoint.witnessed ${size}`,
      ...[0, 1, 255, 256, 65_535, 65_536, 69_888, size - 1].map((index) => `ok inclusion ${index} in ${size}`),
      ...[1, 255, 256, 300, 65_536, 66_000, 69_999].map((from) => `ok consistency ${from} to ${size}`),
    ])
    expect(status).toBe(0)
  })
  it("do not, when a proof is another event's", async () => {
    const request = await ask([4_711], [])
    const [first] = request.inclusions
    const other = { ...first, entry: toHex(entryOf(events[4_712] as (typeof events)[number])) }
    expect(run({ ...request, inclusions: [other] })).toMatchObject({ status: 1 })
  })
  it.each(["tile/entries/017", "tile/0/200", "tile/1/000", "tile/0/273.p/112"])(
    "do not, when a byte of %s is another",
    async (path) => {
      const file = join(folder, "log", path)
      const bytes = readFileSync(file)
      writeFileSync(
        file,
        bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
      )
      const { status, out } = run(await ask([], []))
      writeFileSync(file, bytes)
      expect([status, out.some((line) => line.startsWith("FAILED fsck"))]).toEqual([1, true])
    },
  )
  it("do not, when a witness's signature is of another checkpoint", async () => {
    const request = await ask([], [])
    const stranger = openCosigner(newSigningKey("witness.example/31")).key
    expect(run({ ...request, witnesses: [formatVkey(stranger)] })).toMatchObject({ status: 1 })
  })
})
