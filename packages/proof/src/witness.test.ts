import { describe, expect, it } from "vitest"
import { collectCosignatures, cosignCurrent, type WitnessDoor } from "./cosign.js"
import { openCheckpoint } from "./checkpoint.js"
import { openProofLog } from "./log.js"
import { newSigningKey, openCosigner, openNoteSigner } from "./signer.js"
import { eventAt, eventsUpTo } from "./testing/ledger.js"
import { origin, publish } from "./testing/published.js"
import { memoryTiles } from "./tile-store.js"
import { firstDifference } from "./views.js"
import { createWitness, formatAddCheckpoint, type Witness, type WitnessAnswer } from "./witness.js"

const witnessOf = (
  logKey: Parameters<typeof createWitness>[0]["logs"][number],
  name = "witness.example/44",
  state = memoryTiles(),
) => createWitness({ signer: openCosigner(newSigningKey(name)), logs: [logKey], state, now: () => 1_700_000_000_000 })

/** As the HTTP door answers. */
const doorOf = (witness: Witness): WitnessDoor => ({
  key: witness.key,
  post: async (body) => {
    const answer = await witness.addCheckpoint(body)
    if (answer.kind === "cosigned") return { status: 200, body: answer.line }
    const conflict = answer.rule === "OLD_SIZE_DIFFERS"
    return { status: answer.status, body: conflict ? `${answer.size}\n` : answer.what }
  },
})
const ruleOf = (answer: WitnessAnswer): string => (answer.kind === "cosigned" ? "cosigned" : answer.rule)

describe("a witness", () => {
  it("signs a log's first checkpoint and every one that continues it", async () => {
    const { tiles, state, signer, log, published } = await publish(eventsUpTo(300))
    const [a, b] = [witnessOf(signer.key), witnessOf(signer.key, "witness.example/31")]
    const first = await cosignCurrent(tiles, [doorOf(a), doorOf(b)])
    expect(first?.signed.map(({ name }) => name)).toEqual(["witness.example/44", "witness.example/31"])
    const opened = await openCheckpoint(first?.text ?? "", signer.key, [a.key, b.key])
    expect(opened).toMatchObject({ checkpoint: { size: 300 }, verified: { length: 3 } })

    await log.add(eventsUpTo(1_000).slice(300))
    const later = await log.publish(published.position)
    expect((await collectCosignatures(later.text, log.reader(), [doorOf(a)])).refused).toEqual([])
    expect((await a.lastOf(origin))?.size).toBe(1_000)
    // Again, with nothing new: the same size and root are fine.
    expect((await collectCosignatures(later.text, log.reader(), [doorOf(a)])).refused).toEqual([])
    expect((await openProofLog({ tiles, state, signer, now: () => 0 })).published().size).toBe(1_000)
  })

  it("names a split view and keeps both signed statements", async () => {
    const honest = await publish(eventsUpTo(500))
    const forged = eventsUpTo(500).map((event, n) => (n === 321 ? { ...event, data: Buffer.from('{"base_fen":1}') } : event))
    const other = await publish(forged, honest.signer)
    const witness = witnessOf(honest.signer.key)
    await cosignCurrent(honest.tiles, [doorOf(witness)])
    const answer = await witness.addCheckpoint(formatAddCheckpoint({ old: 500, proof: [], note: other.published.text }))
    expect(ruleOf(answer)).toBe("SPLIT_VIEW")
    const [evidence = ""] = await witness.evidenceOf(origin)
    expect(evidence).toContain(honest.published.text)
    expect(evidence).toContain(other.published.text)
    // Whoever holds both views finds the event.
    expect(await firstDifference(honest.log.reader(), other.log.reader())).toMatchObject({
      kind: "altered",
      index: 321,
      published: { id: eventAt(321).id },
    })
  })

  it("refuses a log that takes entries back, or grew out of another history", async () => {
    const long = await publish(eventsUpTo(500))
    const witness = witnessOf(long.signer.key)
    await cosignCurrent(long.tiles, [doorOf(witness)])
    const short = await publish(eventsUpTo(400), long.signer)
    const back = await witness.addCheckpoint(formatAddCheckpoint({ old: 0, proof: [], note: short.published.text }))
    expect(ruleOf(back)).toBe("ROLLBACK")

    const rewritten = await publish([eventAt(9_999), ...eventsUpTo(700)], long.signer)
    const proof = await rewritten.log.reader().consistency(500, 701)
    const fork = await witness.addCheckpoint(formatAddCheckpoint({ old: 500, proof, note: rewritten.published.text }))
    expect(ruleOf(fork)).toBe("HISTORY_INCONSISTENT")
    expect(await witness.evidenceOf(origin)).toHaveLength(2)
    expect((await witness.lastOf(origin))?.note).toBe(long.published.text)
  })

  it("tells a client the size it knows, and answers nobody it does not watch", async () => {
    const { signer, log, published } = await publish(eventsUpTo(300))
    const witness = witnessOf(signer.key)
    const ask = async (old: number, note = published.text) =>
      witness.addCheckpoint(formatAddCheckpoint({ old, proof: await log.reader().consistency(old, 300), note }))
    expect(ruleOf(await ask(0))).toBe("cosigned")
    expect(await ask(0)).toMatchObject({ rule: "OLD_SIZE_DIFFERS", status: 409, size: 300 })
    const stranger = await publish(eventsUpTo(3), openNoteSigner(newSigningKey("stranger.example/x")))
    expect(ruleOf(await ask(0, stranger.published.text))).toBe("LOG_UNKNOWN")
    const impostor = await publish(eventsUpTo(3), openNoteSigner(newSigningKey(origin)))
    expect(ruleOf(await ask(0, impostor.published.text))).toBe("CHECKPOINT_NOT_SIGNED")
    expect(ruleOf(await witness.addCheckpoint("old 01\n\nhello"))).toBe("REQUEST_UNREADABLE")
  })

  it("two requests at once cannot take it back to the smaller one", async () => {
    const { signer, log, published } = await publish(eventsUpTo(300))
    const witness = witnessOf(signer.key)
    await witness.addCheckpoint(formatAddCheckpoint({ old: 0, proof: [], note: published.text }))
    await log.add(eventsUpTo(400).slice(300))
    const mid = await log.publish(null)
    const toMid = await log.reader().consistency(300, 400)
    await log.add(eventsUpTo(500).slice(400))
    const end = await log.publish(null)
    const toEnd = await log.reader().consistency(300, 500)
    const answers = await Promise.all([
      witness.addCheckpoint(formatAddCheckpoint({ old: 300, proof: toEnd, note: end.text })),
      witness.addCheckpoint(formatAddCheckpoint({ old: 300, proof: toMid, note: mid.text })),
    ])
    expect(answers.map(ruleOf)).toEqual(["cosigned", "ROLLBACK"])
  })
})
