/** The contract of the key-store port as runnable cases: an adapter's test file gives a way to open stores and nothing else. */
import { type Either, isLeft, isRight } from "fp-ts/lib/Either.js"
import type { PersonKey } from "@tongzhang/domain/ids"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { KeyBackup, KeyDestroyed, KeyStore, PersonKeyMaterial } from "./key-store.js"
import { open, seal } from "./seal.js"

export type Place = {
  /** Opens the store of this place; again after a close finds what was there. */
  readonly open: (masterSecret: string, now?: () => number) => Promise<KeyStore>
  /** Everything the engine keeps of this place, as bytes. */
  readonly bytes: () => Promise<readonly Buffer[]>
  readonly remove: () => Promise<void>
}

const masterSecret = "master secret kept by the center"
const anotherSecret = "somebody else's master secret"
const person = (serial: number): PersonKey => serial.toString(16).padStart(32, "0") as PersonKey
const keyOf = (outcome: Either<KeyDestroyed, PersonKeyMaterial> | undefined): PersonKeyMaterial => {
  if (outcome === undefined || isLeft(outcome)) throw new Error(`no key: ${outcome?.left.reason ?? "not asked for"}`)
  return outcome.right
}
const entriesOf = async (store: KeyStore): Promise<KeyBackup[]> => {
  const entries: KeyBackup[] = []
  for await (const entry of store.exportAll()) entries.push(entry)
  return entries
}
const bytesOf = (material: PersonKeyMaterial): string => Buffer.from(material.key).toString("hex")

/** Declares the cases with vitest; `newPlace` gives an empty place per case. */
export const keyStoreContract = (name: string, newPlace: () => Promise<Place>): void => {
  describe(`key-store contract: ${name}`, () => {
    let place: Place
    let store: KeyStore
    const places: Place[] = []
    const stores: KeyStore[] = []
    const another = async (secret: string): Promise<KeyStore> => {
      const there = await newPlace()
      places.push(there)
      const opened = await there.open(secret)
      stores.push(opened)
      return opened
    }
    beforeEach(async () => {
      place = await newPlace()
      places.push(place)
      store = await place.open(masterSecret, () => 1_000)
    })
    afterEach(async () => {
      for (const opened of [store, ...stores.splice(0)]) await opened.close()
      for (const there of places.splice(0)) await there.remove()
    })

    it("makes one key per person and keeps it", async () => {
      const first = keyOf(await store.keyFor(person(1)))
      expect(first.key).toHaveLength(32)
      expect(bytesOf(keyOf(await store.keyFor(person(1))))).toBe(bytesOf(first))
      expect(bytesOf(keyOf(await store.keyFor(person(2))))).not.toBe(bytesOf(first))
      expect((await store.find(person(1)))?.keyId).toBe(first.keyId)
      expect(await store.find(person(3))).toBeNull()
    })

    it("gives everyone the same key when many ask at once", async () => {
      const keys = await Promise.all(Array.from({ length: 20 }, () => store.keyFor(person(7))))
      expect(new Set(keys.map((outcome) => bytesOf(keyOf(outcome)))).size).toBe(1)
    })

    it("answers crowds that overlap and come in any order, all at once, with one key each", async () => {
      const crowd = Array.from({ length: 300 }, (_, serial) => person(serial))
      const asked = [crowd, crowd.toReversed(), crowd.slice(100), [...crowd.slice(150), ...crowd.slice(0, 150)]]
      const answers = await Promise.all(asked.map((persons) => store.keyForMany(persons)))
      const keys = new Map<string, Set<string>>()
      for (const material of answers.flat().map(keyOf))
        keys.set(material.person, (keys.get(material.person) ?? new Set()).add(bytesOf(material)))
      expect(keys.size).toBe(300)
      expect([...keys.values()].every((versions) => versions.size === 1)).toBe(true)
    })

    it("registers thousands in one go, in the order asked, repeats included", async () => {
      const known = keyOf(await store.keyFor(person(5)))
      const persons = [...Array.from({ length: 3_000 }, (_, serial) => person(serial)), person(5), person(0)]
      const outcomes = (await store.keyForMany(persons)).map(keyOf)
      expect(outcomes.map((key) => key.person)).toEqual(persons)
      expect(outcomes[5]?.keyId).toBe(known.keyId)
      expect(outcomes[3_001]?.keyId).toBe(outcomes[0]?.keyId)
      expect(new Set(outcomes.map((key) => key.keyId)).size).toBe(3_000)
      expect((await store.findMany([person(1), person(9_999)])).size).toBe(1)
      expect(await store.keyForMany([])).toEqual([])
    })

    it("has the same keys after a restart", async () => {
      const before = keyOf(await store.keyFor(person(1)))
      await store.close()
      store = await place.open(masterSecret)
      expect(bytesOf((await store.find(person(1))) ?? before)).toBe(bytesOf(before))
      expect(await store.find(person(1))).not.toBeNull()
    })

    it("does not open with another master secret, and keeps no key in the clear", async () => {
      const { key } = keyOf(await store.keyFor(person(1)))
      await store.close()
      await expect(place.open(anotherSecret)).rejects.toThrow(/not the one/)
      for (const bytes of await place.bytes()) expect(bytes.includes(Buffer.from(key))).toBe(false)
      store = await place.open(masterSecret)
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
      const entries = await entriesOf(store)
      expect(entries.map((entry) => entry.kind)).toEqual(["wrapped_key", "key_destroyed"])
      expect(JSON.stringify(entries)).not.toContain(Buffer.from(key).toString("base64url"))
    })

    it("exports more than one page", async () => {
      const persons = Array.from({ length: 2_500 }, (_, serial) => person(serial))
      await store.keyForMany(persons)
      expect((await entriesOf(store)).map((entry) => entry.person)).toEqual(persons)
    })

    it("is put back from a backup, but no erased identity comes back with it", async () => {
      const [one, two] = (await store.keyForMany([person(1), person(2)])).map(keyOf)
      const backup = await entriesOf(store)
      await store.destroy(person(2), "erased after the backup")
      expect(await store.importAll(backup)).toBe(0)
      expect(await store.find(person(2))).toBeNull()

      const empty = await another(masterSecret)
      expect(await empty.importAll(backup)).toBe(2)
      expect([(await empty.find(person(1)))?.keyId, (await empty.find(person(2)))?.keyId]).toEqual([one?.keyId, two?.keyId])
      expect(await empty.importAll(store.exportAll())).toBe(1)
      expect(await empty.find(person(2))).toBeNull()
    })

    it("takes no backup made with another master secret or contradicting what it has", async () => {
      const stranger = await another(anotherSecret)
      await stranger.keyFor(person(1))
      await expect(store.importAll(stranger.exportAll())).rejects.toThrow()
      const twin = await another(masterSecret)
      await twin.keyForMany([person(0), person(1)])
      await store.keyFor(person(1))
      await expect(store.importAll(twin.exportAll())).rejects.toThrow(/another key/)
      expect(await store.find(person(0))).toBeNull()
    })
  })
}
