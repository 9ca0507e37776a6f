import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cosignCurrent } from "./cosign.js"
import { checkpointFor, eventAtIndex, indexOf, receiptOf } from "./find.js"
import { openIdIndex } from "./id-index.js"
import { checkReceipt, parseReceipt } from "./receipt.js"
import { newSigningKey, openCosigner, openNoteSigner } from "./signer.js"
import { eventsUpTo, ledgerOf, uuidOf } from "./testing/ledger.js"
import { origin, publish } from "./testing/published.js"
import { memoryTiles } from "./tile-store.js"
import { createWitness } from "./witness.js"

const world = async () => {
  const made = await publish(eventsUpTo(700))
  const witness = createWitness({
    signer: openCosigner(newSigningKey("witness.example/44")),
    logs: [made.signer.key],
    state: memoryTiles(),
    now: () => 1_700_000_100_000,
  })
  const post = async (body: string) => {
    const answer = await witness.addCheckpoint(body)
    return answer.kind === "cosigned" ? { status: 200, body: answer.line } : { status: answer.status, body: answer.what }
  }
  await cosignCurrent(made.tiles, [{ key: witness.key, post }])
  const { store } = ledgerOf(eventsUpTo(700))
  const deps = { store, tiles: made.tiles, state: made.state }
  const receiptAt = async (index: number) => {
    const event = await eventAtIndex(deps, made.log.reader(), index)
    if (event === null) throw new Error("no event")
    return receiptOf(deps, event, index, await checkpointFor(made.tiles, made.log, made.signer.key, index), 700)
  }
  return { ...made, witness, deps, receiptAt }
}

describe("receipts", async () => {
  const { log, signer, witness, deps, receiptAt } = await world()
  const { text } = await receiptAt(300)
  const keys = [signer.key, [witness.key]] as const

  it("prove an event to whoever trusts the ledger's key and a witness's", async () => {
    const check = await checkReceipt(text, ...keys, 1)
    expect(check).toMatchObject({ ok: true, entry: { id: uuidOf(300) }, size: 700, signed: { length: 2 } })
    expect(check.ok && JSON.parse(check.receipt.content)).toMatchObject({ id: uuidOf(300), data: { base_fen: 500_300 } })
  })
  it("are found by the event, by its id, and by its place", async () => {
    const ids = openIdIndex(deps.state)
    for (const index of [0, 255, 256, 699]) {
      const event = await eventAtIndex(deps, log.reader(), index)
      expect(event?.id).toBe(uuidOf(index))
      expect(event === null ? null : await indexOf(deps, log.reader(), event)).toBe(index)
      expect(await ids.indexOf(log.reader(), uuidOf(index))).toBe(index)
    }
    expect(await ids.indexOf(log.reader(), uuidOf(700))).toBeNull()
  })
  it("turn red when one character is another, wherever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 1 }), fc.constantFrom("A", "0", "x", "\n"), async (at, char) => {
        fc.pre(text[at] !== char)
        const check = await checkReceipt(`${text.slice(0, at)}${char}${text.slice(at + 1)}`, ...keys, 1)
        expect(check.ok).toBe(false)
      }),
      { numRuns: 400 },
    )
  })
  it("turn red when one digit of an amount is another", async () => {
    const receipt = parseReceipt(text)
    const extra = Buffer.from(text.split("\n")[1]?.slice(6) ?? "", "base64").toString()
    const forged = text.replace(
      text.split("\n")[1] ?? "",
      `extra ${Buffer.from(extra.replace("500300", "900300")).toString("base64")}`,
    )
    expect(receipt?.content).toContain("500300")
    expect(await checkReceipt(forged, ...keys)).toMatchObject({ ok: false, problem: "EVENT_NOT_IN_LOG" })
  })
  it("say which trust is missing", async () => {
    const impostor = openNoteSigner(newSigningKey(origin)).key
    const stranger = openCosigner(newSigningKey("witness.example/11")).key
    expect(await checkReceipt(text, impostor)).toMatchObject({ problem: "NOT_SIGNED_BY_LOG" })
    expect(await checkReceipt(text, signer.key, [stranger], 1)).toMatchObject({ problem: "WITNESSES_MISSING" })
    expect(await checkReceipt("hello", ...keys)).toMatchObject({ problem: "NOT_A_RECEIPT" })
  })
})
