import { toBase64, textOf } from "@tongzhang/proof/bytes"
import { formatCheckpoint } from "@tongzhang/proof/checkpoint"
import { checkpointFor, eventAtIndex, receiptOf } from "@tongzhang/proof/find"
import { formatNote, formatVkey } from "@tongzhang/proof/note"
import { newSigningKey, openNoteSigner } from "@tongzhang/proof/signer"
import { eventsUpTo, ledgerOf } from "@tongzhang/proof/testing/ledger"
import { publish } from "@tongzhang/proof/testing/published"
import { checkpointPath } from "@tongzhang/proof/tile-path"
import { describe, expect, it } from "vitest"
import { isRunning, reportOf, shareOf } from "./integrity.js"
import { ageOf, type Checkpoint, continues, parseRemembered, readCheckpoint, verifyReceipt } from "./proof.js"

const opened = async (text: string, vkey: string): Promise<Checkpoint> => {
  const read = await readCheckpoint(text, vkey)
  if (!read.ok) throw new Error(read.problem)
  return read.checkpoint
}

describe("the log, checked where the reader sits", async () => {
  const { log, signer, tiles, state } = await publish(eventsUpTo(700))
  const vkey = formatVkey(signer.key)
  const text = textOf((await tiles.read(checkpointPath)) ?? new Uint8Array())
  const reader = log.reader()
  const signedAt = async (size: number): Promise<Checkpoint> => ({ size, root: toBase64(await reader.rootAt(size)), signed: [] })
  const proof = async (from: number, to: number) => (await reader.consistency(from, to)).map(toBase64)

  it("reads a checkpoint signed by the key it trusts, and by no other", async () => {
    expect(await readCheckpoint(text, vkey)).toMatchObject({ ok: true, checkpoint: { size: 700, signed: [{ time: null }] } })
    const other = openNoteSigner(newSigningKey("another.example/log"))
    expect(await readCheckpoint(text, formatVkey(other.key))).toEqual({ ok: false, problem: "NOT_SIGNED_BY_LOG" })
    expect(await readCheckpoint(text.replace("\n700\n", "\n701\n"), vkey)).toEqual({ ok: false, problem: "SIGNATURE_FALSE" })
    expect(await readCheckpoint(text, "no key")).toEqual({ ok: false, problem: "KEY_UNREADABLE" })
    expect(await readCheckpoint("hello", vkey)).toEqual({ ok: false, problem: "NOT_A_CHECKPOINT" })
  })

  it("sees that a log continues an earlier one, and that another history of the same size does not", async () => {
    const now = await opened(text, vkey)
    for (const size of [1, 256, 300, 699, 700]) expect(continues(await signedAt(size), now, await proof(size, 700))).toBe(true)
    const other = await publish(eventsUpTo(701).slice(1))
    const rewritten = { size: 700, root: toBase64(await other.log.reader().rootAt(700)), signed: [] }
    expect(continues(await signedAt(300), rewritten, await proof(300, 700))).toBe(false)
    expect(continues(await signedAt(300), now, ["no hash"])).toBe(false)
    expect(continues(now, await signedAt(300), [])).toBe(false)
  })

  it("proves an event by its receipt; a changed word in it is found", async () => {
    const deps = { store: ledgerOf(eventsUpTo(700)).store, tiles, state }
    const event = await eventAtIndex(deps, reader, 300)
    if (event === null) throw new Error("no event")
    const { text: receipt } = await receiptOf(deps, event, 300, await checkpointFor(tiles, log, signer.key, 300), 700)
    expect(await verifyReceipt(receipt, vkey, [])).toMatchObject({ ok: true, id: event.id, index: 300, size: 700 })
    expect(await verifyReceipt(receipt.replace("index 300", "index 301"), vkey, [])).toEqual({
      ok: false,
      problem: "EVENT_NOT_IN_LOG",
    })
  })

  it("forgets what it cannot read of its own memory", () => {
    const kept = {
      vkey,
      checkpoint: formatNote({ text: formatCheckpoint({ origin: "o", size: 0, root: new Uint8Array(32) }), signatures: [] }),
      at: "x",
    }
    expect(parseRemembered(JSON.stringify(kept))).toEqual(kept)
    for (const text of [null, "{", "3", '{"vkey":1}']) expect(parseRemembered(text)).toBeNull()
  })

  it("tells an age in the unit that fits", () => {
    expect([0, 89, 600, 7_200, 200_000].map((seconds) => ageOf(seconds))).toEqual([
      { count: 0, unit: "second" },
      { count: 89, unit: "second" },
      { count: 10, unit: "minute" },
      { count: 2, unit: "hour" },
      { count: 2, unit: "day" },
    ])
  })
})

describe("reports of integrity", () => {
  const verify = { ok: false, cancelled: false, persons: 3, events: 40, seconds: 2, mismatches_total: 2 }
  const mismatch = {
    rule: "STATE_DIFFERS",
    person: null,
    stream: `Person-${"a".repeat(32)}`,
    revision: 4,
    what: "months 3, not 4",
  }

  it("name the first thing that is wrong, and the person it is about", () => {
    const report = reportOf({ kind: "verify", result: { ...verify, mismatches: [mismatch] } })
    expect(report).toMatchObject({ ok: false, events: 40, persons: 3, mismatches: 2, person: "a".repeat(32) })
    expect(report?.first).toBe(`STATE_DIFFERS Person-${"a".repeat(32)} 4 months 3, not 4`)
  })

  it("an fsck counts its log, its record and its provinces", () => {
    const whole = {
      ok: true,
      cancelled: false,
      first: null,
      seconds: 1,
      log: { entries: 40, checkpoints: 3 },
      record: { ...verify, mismatches_total: 0 },
      provinces: [],
    }
    expect(reportOf({ kind: "fsck", result: whole })).toMatchObject({
      ok: true,
      events: 40,
      persons: 3,
      checkpoints: 3,
      mismatches: 0,
    })
    const province = { province: "31", events: 7, persons: 2, mismatches: [mismatch], unproven: [] }
    expect(reportOf({ kind: "fsck", result: { ...whole, ok: false, record: null, provinces: [province] } })).toMatchObject({
      persons: 2,
      mismatches: 1,
      provinces: 1,
    })
  })

  it("a job without a report has none, and its share is of what is known", () => {
    expect(reportOf({ kind: "fsck", result: undefined })).toBeNull()
    expect([shareOf({ done: 5, total: 10 }), shareOf({ done: 12, total: 10 }), shareOf({ done: 5, total: null })]).toEqual([
      0.5,
      1,
      null,
    ])
    expect(["queued", "running", "done"].map((state) => isRunning({ state: state as "done" }))).toEqual([true, true, false])
  })
})
