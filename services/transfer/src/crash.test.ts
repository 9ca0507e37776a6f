/** The process dies between any two steps, before or just after a fact is durable, and goes on as if nothing had happened. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { topics } from "@tongzhang/contracts/fact-message"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { stepOf } from "@tongzhang/domain/transfer"
import type { AppendOutcome, EventStore } from "@tongzhang/event-store/port"
import { describe, expect, it } from "vitest"
import { agency, digestOf, loadTransfer, openWorld, seedPerson, topicOf, type World } from "./test-kit/world.js"

const key = "fedcba9876543210fedcba9876543210" as PersonKey
const life = [
  ["41", "2009-01", "2013-12", 300_000],
  ["33", "2014-01", "2018-02", 450_050],
] as const

type Death = { readonly at: number; readonly moment: "before" | "after" }

class Killed extends Error {
  override name = "Killed"
}

/** A store whose process is gone at the n-th append; nothing is written afterwards. */
const mortal = (death: Death) => {
  let appends = 0
  let dead = false
  let die: () => void = () => undefined
  const died = new Promise<void>((resolve) => (die = resolve))
  const wrap = (store: EventStore): EventStore => ({
    ...store,
    append: async (stream, expected, events): Promise<AppendOutcome> => {
      if (!dead && appends++ === death.at) {
        if (death.moment === "after") await store.append(stream, expected, events)
        dead = true
        die()
      }
      if (dead) throw new Killed("the process is gone")
      return store.append(stream, expected, events)
    },
  })
  return { wrap, died, isDead: () => dead, appends: () => appends }
}

/** What people and agencies do: each act looks first whether it is still needed, as people do, and is safe to repeat. */
const script = async (world: World, moneyFirst: boolean): Promise<TransferId> => {
  const { commands } = world.service
  const caller = { kind: "person", id: "p", person: key } as const
  const { found } = await commands.apply({ person: key, scheme: "110", to: "32", commandId: "once" }, caller)
  await world.settle()
  const state = async (province: ProvinceCode): Promise<void> => {
    await commands.state(found.id, province, {}, agency(province))
    await world.settle()
  }
  const pay = async (province: ProvinceCode): Promise<void> => {
    const leg = (await loadTransfer(world, found.id)).legs.get(province)
    if (leg === undefined || stepOf(leg) === null || leg.reconciled) return
    const { account_fen, pooled_fen } = leg.planned
    await commands.money(found.id, province, { remittance: `R${province}`, account_fen, pooled_fen }, agency("32"))
    await world.settle()
  }
  for (const province of ["33", "41"] as const) {
    await (moneyFirst ? pay(province) : state(province))
    await (moneyFirst ? state(province) : pay(province))
  }
  return found.id
}

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), "crash-"))
  try {
    const seeding = await openWorld(folder)
    await seedPerson(seeding, key, life)
    await seeding.close()
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const uninterrupted = (moneyFirst: boolean) =>
  inFolder(async (folder) => {
    const count = mortal({ at: Number.POSITIVE_INFINITY, moment: "before" })
    const world = await openWorld(folder, { wrap: count.wrap })
    await script(world, moneyFirst)
    const digest = await digestOf(world.store)
    await world.close()
    return { digest, appends: count.appends() }
  })

/** Runs until death, opens everything again and lets everybody go on. */
const survived = (death: Death, moneyFirst: boolean, relayRemembers: boolean) =>
  inFolder(async (folder) => {
    const { wrap, died, isDead } = mortal(death)
    const first = await openWorld(folder, { wrap, onDead: died, relayRemembers })
    await script(first, moneyFirst).catch((error: unknown) => {
      if (!isDead()) throw error
    })
    await first.close()
    const second = await openWorld(folder, { relayRemembers })
    await second.settle()
    const id = await script(second, moneyFirst)
    const result = {
      died: isDead(),
      digest: await digestOf(second.store),
      status: (await loadTransfer(second, id)).status,
      letters: await topicOf(second.streams, topics.letters, "agencies"),
    }
    await second.close()
    return result
  })

describe.each([
  ["statement first", false, true, ["before", "after"]],
  ["money first", true, true, ["after"]],
  ["statement first, and the relay sends everything twice", false, false, ["after"]],
] as const)("%s", (_name, moneyFirst, relayRemembers, moments) => {
  it("ends in the very same events, wherever the process dies", async () => {
    const whole = await uninterrupted(moneyFirst)
    let deaths = 0
    for (let at = 0; at < whole.appends; at++)
      for (const moment of moments) {
        const result = await survived({ at, moment }, moneyFirst, relayRemembers)
        if (result.died) deaths++
        expect(result.status, `${moment} append ${at}`).toBe("completed")
        expect(result.digest, `${moment} append ${at}`).toEqual(whole.digest)
        expect(new Set(result.letters.map((letter) => (letter as { AAE270: string }).AAE270)).size).toBe(2)
      }
    expect(deaths).toBe(whole.appends * moments.length)
  })
})
