import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { verifier } from "../assets.js"
import { utf8 } from "../bytes.js"
import { contentText } from "../entry.js"
import { formatVkey } from "../note.js"
import { newSigningKey, openNoteSigner } from "../signer.js"
import { eventAt, eventsUpTo } from "../testing/ledger.js"
import { origin, publish } from "../testing/published.js"
import { checkBundle } from "./check.js"
import { type BundledEvent, makeBundle, names } from "./format.js"
import { storedZip } from "./zip.js"

const folder = mkdtempSync(join(tmpdir(), "bundle-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** One stream's events (every seventh is of stream 3), proven in a log of 700. */
const world = async () => {
  const { log, signer, published } = await publish(eventsUpTo(700))
  const events: BundledEvent[] = []
  for (let index = 3; index < 700; index += 7) {
    const event = eventAt(index)
    events.push({
      content: contentText(event),
      recordedAt: event.recordedAt,
      index,
      proof: await log.reader().inclusion(index, 700),
    })
  }
  const make = (chosen: readonly BundledEvent[]) =>
    makeBundle(storedZip, {
      scope: { kind: "person", of: "3".repeat(32) },
      madeAt: 1_700_000_000_000,
      log: formatVkey(signer.key),
      witnesses: [],
      checkpoint: published.text,
      size: 700,
      events: chosen,
      files: { "rules.json": utf8("[]"), "timeline.html": utf8("<p>…</p>"), "verify.mjs": verifier() },
    })
  return { events, make, bytes: make(events), vkey: formatVkey(signer.key) }
}
const believe = { log: null, witnesses: [], witnesses_min: 0 }

describe("an audit bundle", async () => {
  const { events, make, bytes, vkey } = await world()
  const check = (given: Uint8Array) => checkBundle(storedZip, given, { ...believe, log: vkey })

  it("proves every event in it, and is the same file when made again", async () => {
    expect(await check(bytes)).toMatchObject({ ok: true, findings: [], events: 100, size: 700, trusted: true })
    expect(Buffer.from(make(events)).equals(bytes)).toBe(true)
  })
  it("is checked by its own verifier alone: one file, Node, no network, nothing installed", () => {
    writeFileSync(join(folder, "bundle.zip"), bytes)
    writeFileSync(join(folder, "verify.mjs"), storedZip.unzip(bytes)["verify.mjs"] ?? "")
    const run = (...more: readonly string[]) =>
      spawnSync(process.execPath, ["verify.mjs", "bundle.zip", ...more], {
        cwd: folder,
        encoding: "utf8",
        env: {},
        timeout: 30_000,
      })
    expect(run()).toMatchObject({ status: 0 })
    expect(run("--key", vkey).stdout).toContain("PASS person 33333333333333333333333333333333: 100 events proven in a log of 700")
    const stranger = formatVkey(openNoteSigner(newSigningKey(origin)).key)
    expect(run("--key", stranger)).toMatchObject({ status: 1 })
    const flipped = Uint8Array.from(bytes)
    const at = Buffer.from(bytes).indexOf(String.raw`\"base_fen\":500010`)
    flipped[at + 14] = 57
    writeFileSync(join(folder, "bundle.zip"), flipped)
    expect(run("--key", vkey).stdout).toContain(`EVENT_ALTERED event ${eventAt(10).id}`)
  })

  it("any flipped byte is found, and one within an event names that event", async () => {
    const text = Buffer.from(bytes)
    const start = text.indexOf(`{"index":3,`)
    const end = text.indexOf("\n", text.indexOf('"index":696,'))
    expect(start).toBeGreaterThan(0)
    for (let at = 0; at < bytes.length; at += 401) {
      const flipped = Uint8Array.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      const report = await check(flipped)
      expect(report.ok, `byte ${at}`).toBe(false)
      if (at < start || at >= end) continue
      const lineStart = text.lastIndexOf("\n", at - 1) + 1
      const number = text.subarray(start, lineStart).toString().split("\n").length - 1
      const id = eventAt(3 + 7 * number).id
      // A flipped byte of the id itself names the id as it now reads, one away from the true one; and the line break joins two events.
      const named = report.findings.map(({ event }) => event ?? "")
      const near = named.some((name) => name === id || Array.from(name).filter((char, i) => char !== id[i]).length <= 1)
      expect(near || text[at] === 10, `byte ${at} of event ${id}: ${JSON.stringify(report.findings.slice(0, 2))}`).toBe(true)
    }
  })
  it("an event left out of the middle of a stream is missed, and so is one too many", async () => {
    const report = await check(make(events.toSpliced(40, 1)))
    expect(report.findings[0]).toMatchObject({ rule: "EVENT_MISSING", event: eventAt(3 + 7 * 41).id })
    expect(report.findings[0]?.what).toContain("revision 41 comes where 40 was next")
    expect((await check(make([...events, events[0] as BundledEvent]))).findings[0]).toMatchObject({ rule: "EVENT_MISSING" })
  })
  it("made anew with changed amounts and fresh hashes it still fails: the checkpoint does not know them", async () => {
    const forged = events.map((event, i) => (i === 5 ? { ...event, content: event.content.replace("5000", "9000") } : event))
    const report = await check(make(forged))
    expect(report.findings).toEqual([expect.objectContaining({ rule: "EVENT_ALTERED", event: eventAt(3 + 7 * 5).id })])
  })
  it("says that witnesses are missing, and that a file is no bundle", async () => {
    expect((await checkBundle(storedZip, bytes, { log: vkey, witnesses: [], witnesses_min: 1 })).findings[0]).toMatchObject({
      rule: "WITNESS_MISSING",
    })
    expect((await check(utf8("hello"))).findings[0]).toMatchObject({ rule: "FILE_DAMAGED" })
    expect((await check(storedZip.zip({ [names.manifest]: utf8("{}") }))).findings[0]).toMatchObject({
      rule: "MANIFEST_UNREADABLE",
    })
  })
})
