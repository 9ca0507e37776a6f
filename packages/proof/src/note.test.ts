import { describe, expect, it } from "vitest"
import { openCheckpoint, formatCheckpoint, parseCheckpoint } from "./checkpoint.js"
import { emptyRoot } from "./merkle.js"
import { algorithms, cosignatureTime, formatNote, formatVkey, type Note, parseNote, parseVkey, verifyNote } from "./note.js"
import { newSigningKey, openCosigner, openNoteSigner } from "./signer.js"

/** The example of Go's golang.org/x/mod/sumdb/note documentation. */
const vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
const skey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const signed = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

const parsed = (given: string): Note => {
  const note = parseNote(given)
  if (note === null) throw new Error("no note")
  return note
}

describe("signed notes", () => {
  it("signs the documentation's example byte for byte", () => {
    const signer = openNoteSigner(skey)
    expect(formatVkey(signer.key)).toBe(vkey)
    expect(formatNote({ text, signatures: [signer.sign(text)] })).toBe(signed)
  })
  it("accepts it, and nothing that differs by one character", async () => {
    const keys = [parseVkey(vkey)]
    expect(await verifyNote(parsed(signed), keys)).toHaveLength(1)
    expect(await verifyNote(parsed(signed.replace("answer", "Answer")), keys)).toBeNull()
    expect(await verifyNote(parsed(signed.replace("ZJkuBS", "ZJkuBT")), keys)).toBeNull()
    expect(await verifyNote(parsed(signed), [openNoteSigner(newSigningKey("PeterNeumann")).key])).toEqual([])
  })
  it("refuses keys that are not what they say", () => {
    expect(() => parseVkey(vkey.replace("c74f20a3", "c74f20a4"))).toThrow("id should be")
    expect(() => parseVkey("PeterNeumann+c74f20a3+AR")).toThrow("no Ed25519 verifier key")
    expect(() => openNoteSigner(skey.replace("AYEK", "AYEL"))).toThrow("id is false")
    expect(() => newSigningKey("two words")).toThrow("no key name")
  })
  it("refuses control characters and broken signature lines", () => {
    expect(parseNote(signed.replace("answer", "ans\twer"))).toBeNull()
    expect(parseNote(signed.slice(0, -1))).toBeNull()
    expect(parseNote(text)).toBeNull()
  })
  it("cosignatures carry their time and another key id than the same key's notes", async () => {
    const secret = newSigningKey("witness.example/44")
    const witness = openCosigner(secret)
    expect(witness.key.algorithm).toBe(algorithms.cosignature)
    expect(witness.key.id).not.toEqual(openNoteSigner(secret).key.id)
    const signature = witness.cosign(text, 1_700_000_000)
    expect(cosignatureTime(signature.signature)).toBe(1_700_000_000)
    expect(await verifyNote({ text, signatures: [signature] }, [witness.key])).toEqual([
      { key: witness.key, time: 1_700_000_000 },
    ])
    const later = { ...signature, signature: signature.signature.map((byte, i) => (i === 7 ? byte ^ 1 : byte)) }
    expect(await verifyNote({ text, signatures: [later] }, [witness.key])).toBeNull()
    expect(parseVkey(formatVkey(witness.key))).toEqual(witness.key)
  })
})

describe("checkpoints", () => {
  const signer = openNoteSigner(newSigningKey("ledger.example/a"))
  const body = formatCheckpoint({ origin: "ledger.example/a", size: 0, root: emptyRoot() })

  it("read back, extension lines or not", () => {
    expect(parseCheckpoint(body)).toEqual({ origin: "ledger.example/a", size: 0, root: new Uint8Array(emptyRoot()) })
    expect(parseCheckpoint(`${body}an extension\n`)?.size).toBe(0)
    for (const bad of [body.slice(0, -1), body.replace("\n0\n", "\n00\n"), body.replace("\n0\n", "\n-1\n"), `${body}\n`])
      expect(parseCheckpoint(bad)).toBeNull()
  })
  it("belong to the log that signed them", async () => {
    const note = formatNote({ text: body, signatures: [signer.sign(body)] })
    expect(await openCheckpoint(note, signer.key)).toMatchObject({ checkpoint: { size: 0 } })
    expect(await openCheckpoint(note, openNoteSigner(newSigningKey("ledger.example/a")).key)).toBe("NOT_SIGNED_BY_LOG")
    const other = openNoteSigner(newSigningKey("ledger.example/b"))
    expect(await openCheckpoint(formatNote({ text: body, signatures: [other.sign(body)] }), other.key)).toBe("NOT_SIGNED_BY_LOG")
    expect(await openCheckpoint("hello", signer.key)).toBe("NOT_A_CHECKPOINT")
  })
})
