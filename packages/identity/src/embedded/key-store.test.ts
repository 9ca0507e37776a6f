import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Either, isLeft, isRight } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { KeyBackup, KeyDestroyed, KeyStore, PersonKeyMaterial } from "../key-store.js"
import { open, seal } from "../seal.js"
import { openEmbeddedKeyStore } from "./key-store.js"

const masterSecret = "master secret kept by the center"
const person = (serial: number): PersonKey => serial.toString(16).padStart(32, "0") as PersonKey
const keyOf = (outcome: Either<KeyDestroyed, PersonKeyMaterial>): PersonKeyMaterial => {
  if (isLeft(outcome)) throw new Error(`no key: ${outcome.left.reason}`)
  return outcome.right
}

describe("embedded key store", () => {
  let path: string
  let store: KeyStore
  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), "keys-"))
    store = await openEmbeddedKeyStore({ path, masterSecret, now: () => 1_000 })
  })
  afterEach(async () => {
    await store.close()
    rmSync(path, { recursive: true, force: true })
  })

  it("makes one key per person and keeps it", async () => {
    const first = keyOf(await store.keyFor(person(1)))
    expect(first.key).toHaveLength(32)
    expect(keyOf(await store.keyFor(person(1)))).toEqual(first)
    expect(keyOf(await store.keyFor(person(2))).key).not.toEqual(first.key)
    expect(await store.find(person(1))).toEqual(first)
    expect(await store.find(person(3))).toBeNull()
  })

  it("gives everyone the same key when many ask at once", async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => store.keyFor(person(7))))
    expect(new Set(keys.map((outcome) => keyOf(outcome).keyId)).size).toBe(1)
  })

  it("registers thousands in one go, in the order asked, repeats included", async () => {
    const known = keyOf(await store.keyFor(person(5)))
    const persons = [...Array.from({ length: 3_000 }, (_, serial) => person(serial)), person(5), person(0)]
    const outcomes = (await store.keyForMany(persons)).map(keyOf)
    expect(outcomes.map((key) => key.person)).toEqual(persons)
    expect(outcomes[5]).toEqual(known)
    expect(outcomes[3_001]).toEqual(outcomes[0])
    expect(new Set(outcomes.map((key) => key.keyId)).size).toBe(3_000)
    expect((await store.findMany([person(1), person(9_999)])).size).toBe(1)
  })

  it("has the same keys after a restart", async () => {
    const before = keyOf(await store.keyFor(person(1)))
    await store.close()
    store = await openEmbeddedKeyStore({ path, masterSecret })
    expect(await store.find(person(1))).toEqual(before)
  })

  it("does not open with another master secret, and keeps no key in the clear", async () => {
    const { key } = keyOf(await store.keyFor(person(1)))
    await store.close()
    await expect(openEmbeddedKeyStore({ path, masterSecret: "somebody else's master secret" })).rejects.toThrow(/not the one/)
    for (const file of readdirSync(path)) expect(readFileSync(join(path, file)).includes(Buffer.from(key))).toBe(false)
    store = await openEmbeddedKeyStore({ path, masterSecret })
  })

  it("makes an identity unreadable for ever once its key is destroyed", async () => {
    const key = keyOf(await store.keyFor(person(1)))
    const sealed = seal({ name: "王芳" }, key)
    await store.destroy(person(1), "个人信息保护法 第47条: request of the person")
    await store.destroy(person(1), "a second reason")
    expect(await store.find(person(1))).toBeNull()
    expect((await store.findMany([person(1)])).size).toBe(0)
    const refused = await store.keyFor(person(1))
    expect(refused).toMatchObject({
      left: { kind: "key_destroyed", reason: expect.stringContaining("第47条"), destroyedAt: 1_000 },
    })
    expect(await store.tombstone(person(1))).toMatchObject({ person: person(1) })
    expect(await store.tombstone(person(2))).toBeNull()
    expect(isLeft(open(sealed, { ...key, key: new Uint8Array(32) }))).toBe(true)
    const [again, other] = await store.keyForMany([person(1), person(2)])
    expect(again !== undefined && isLeft(again)).toBe(true)
    expect(other !== undefined && isRight(other)).toBe(true)
    await expect(store.destroy(person(2), " ")).rejects.toThrow(/reason/)
  })

  it("exports every key wrapped, and every tombstone", async () => {
    const { key } = keyOf(await store.keyFor(person(1)))
    await store.destroy(person(2), "erased before registration")
    const entries: KeyBackup[] = []
    for await (const entry of store.exportAll()) entries.push(entry)
    expect(entries.map((entry) => entry.kind)).toEqual(["wrapped_key", "key_destroyed"])
    expect(JSON.stringify(entries)).not.toContain(Buffer.from(key).toString("base64url"))
  })

  it("is put back from a backup, but no erased identity comes back with it", async () => {
    const [one, two] = (await store.keyForMany([person(1), person(2)])).map(keyOf)
    const backup: KeyBackup[] = []
    for await (const entry of store.exportAll()) backup.push(entry)
    await store.destroy(person(2), "erased after the backup")
    expect(await store.importAll(backup)).toBe(0)
    expect(await store.find(person(2))).toBeNull()

    const emptyPath = mkdtempSync(join(tmpdir(), "keys-"))
    const empty = await openEmbeddedKeyStore({ path: emptyPath, masterSecret })
    expect(await empty.importAll(backup)).toBe(2)
    expect([await empty.find(person(1)), await empty.find(person(2))]).toEqual([one, two])
    expect(await empty.importAll(store.exportAll())).toBe(1)
    expect(await empty.find(person(2))).toBeNull()
    await empty.close()
    rmSync(emptyPath, { recursive: true, force: true })
  })

  it("takes no backup made with another master secret or contradicting what it has", async () => {
    const otherPath = mkdtempSync(join(tmpdir(), "keys-"))
    const stranger = await openEmbeddedKeyStore({ path: otherPath, masterSecret: "somebody else's master secret" })
    await stranger.keyFor(person(1))
    await expect(store.importAll(stranger.exportAll())).rejects.toThrow()
    await stranger.close()
    rmSync(otherPath, { recursive: true, force: true })
    const twin = await openEmbeddedKeyStore({ path: otherPath, masterSecret })
    await twin.keyFor(person(1))
    await store.keyFor(person(1))
    await expect(store.importAll(twin.exportAll())).rejects.toThrow(/another key/)
    await twin.close()
    rmSync(otherPath, { recursive: true, force: true })
  })
})
