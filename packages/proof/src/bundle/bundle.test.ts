import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { afterAll, describe, expect, it } from "vitest"
import { verifier } from "../assets.js"
import { textOf, toHex, utf8 } from "../bytes.js"
import { contentText } from "../entry.js"
import { formatVkey } from "../note.js"
import { sha256 } from "../sha256.js"
import { newSigningKey, openNoteSigner } from "../signer.js"
import { eventAt, eventsUpTo } from "../testing/ledger.js"
import { origin, publish } from "../testing/published.js"
import { checkBundle } from "./check.js"
import { type BundledEvent, makeBundle, type Manifest, names, type OmittedEvent } from "./format.js"
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
  const make = (chosen: readonly BundledEvent[], omitted: readonly OmittedEvent[] = []) =>
    makeBundle(storedZip, {
      scope: { kind: "person", of: "3".repeat(32) },
      madeAt: 1_700_000_000_000,
      log: formatVkey(signer.key),
      witnesses: [],
      checkpoint: published.text,
      size: 700,
      events: chosen,
      omitted,
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

describe("parameters that a bundle names and does not show", async () => {
  const policy = (n: number): boolean => n % 7 === 5
  const all = eventsUpTo(140).map((event, n) => (policy(n) ? { ...event, stream: "Policy-CN" as StreamName } : event))
  const { log, signer, published } = await publish(all)
  const proofOf = (index: number) => log.reader().inclusion(index, 140)
  const shown: BundledEvent[] = []
  const named: OmittedEvent[] = []
  for (const [index, event] of all.entries()) {
    const { id, stream, revision, recordedAt } = event
    const place = { recordedAt, index, proof: await proofOf(index) }
    // Every third parameter is shown.
    if (index % 7 === 3 || (policy(index) && revision % 3 === 0)) shown.push({ content: contentText(event), ...place })
    else if (policy(index)) named.push({ stream, revision, id, hash: toHex(sha256(utf8(contentText(event)))), ...place })
  }
  const findings = async (omitted: readonly OmittedEvent[], events: readonly BundledEvent[] = shown) => {
    const kind = "province-month" as const
    const bytes = makeBundle(storedZip, {
      scope: { kind, of: "31 2024-01" },
      madeAt: 1_700_000_000_000,
      log: formatVkey(signer.key),
      witnesses: [],
      checkpoint: published.text,
      size: 140,
      events,
      omitted,
      files: {},
    })
    return (await checkBundle(storedZip, bytes, { ...believe, log: formatVkey(signer.key) })).findings
  }
  const changed = (at: number, change: Partial<OmittedEvent>): OmittedEvent[] =>
    named.map((one, i) => (i === at ? { ...one, ...change } : one))

  it("hold together with those that are shown", async () => {
    expect(named).toHaveLength(13)
    expect(await findings(named)).toEqual([])
  })
  it("one left out in silence is missed, whether it would have been shown or named", async () => {
    expect(await findings(named.toSpliced(4, 1))).toMatchObject([
      { rule: "EVENT_MISSING", what: expect.stringContaining("Policy-CN") },
    ])
    const without = shown.filter(({ content }) => !content.includes('"revision":6,"stream":"Policy-CN"'))
    expect(without).toHaveLength(shown.length - 1)
    expect(await findings(named, without)).toMatchObject([{ rule: "EVENT_MISSING" }])
  })
  it("a changed id, hash, time, place or revision names the event; another's place does not do", async () => {
    const other = named[7] as OmittedEvent
    for (const change of [
      { id: other.id },
      { hash: other.hash },
      { hash: "0".repeat(64) },
      { recordedAt: 1 },
      { index: 3 },
      { proof: other.proof },
      { revision: 99 },
    ] as const)
      expect(await findings(changed(2, change)), Object.keys(change)[0]).not.toEqual([])
    expect((await findings(changed(2, { hash: other.hash })))[0]).toMatchObject({ rule: "EVENT_ALTERED", event: named[2]?.id })
  })
  it("nothing but a parameter may be named instead of shown", async () => {
    const [event] = shown
    const left = all[event?.index ?? 0] as (typeof all)[number]
    const one = {
      stream: left.stream,
      revision: left.revision,
      id: left.id,
      hash: toHex(sha256(utf8(contentText(left)))),
      recordedAt: left.recordedAt,
      index: event?.index ?? 0,
      proof: event?.proof ?? [],
    }
    expect(await findings([...named, one], shown.slice(1))).toMatchObject([
      { rule: "EVENT_MISSING", event: left.id, what: expect.stringContaining("only parameters") },
    ])
  })
  it("a bundle of the first form, which shows whole streams, still passes", async () => {
    const { events, make } = await world()
    const files = storedZip.unzip(make(events))
    const manifest = JSON.parse(textOf(files[names.manifest] ?? utf8(""))) as Manifest
    const { [names.omitted]: _gone, ...digests } = manifest.files
    const { omitted: _none, ...old } = manifest
    const { [names.omitted]: _empty, ...kept } = files
    const first = { ...old, format: "tongzhang-bundle/1", files: digests }
    const bytes = storedZip.zip({ ...kept, [names.manifest]: utf8(JSON.stringify(first, null, 2)) })
    expect((await checkBundle(storedZip, bytes, believe)).findings).toEqual([])
  })
})
