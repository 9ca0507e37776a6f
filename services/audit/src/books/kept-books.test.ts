import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { decodeEvent } from "@tongzhang/contracts/codec"
import { streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { createBooks } from "@tongzhang/record/books/books"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import { threeProvinces } from "@tongzhang/record/testing/three-provinces"
import { enrollmentHistory, run } from "@tongzhang/testing/enrollment-commands"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createReducer, needsLine } from "../conservation.js"
import { lineBefore } from "../facts.js"
import { moneyPrefixes } from "../scan.js"
import { type BooksAt, keepBooks, type KeptBooks } from "./kept-books.js"

const marks_every = 7
const { signal } = new AbortController()
let folder: string
let store: EventStore
let time = 1_700_000_000_000

const pay = async (n: number, seed: number, from = 0): Promise<number> => {
  const stream = streamOf({
    province: n % 2 === 0 ? "44" : "31",
    scheme: "110",
    person: n.toString(16).padStart(32, "0") as PersonKey,
  })
  const [commands = []] = fc.sample(enrollmentHistory(40), { numRuns: 1, seed })
  const events = run(commands).slice(from)
  for (const [i, event] of asNewEvents(stream, events, from).entries()) {
    // Two writers whose clocks disagree: what is recorded later may say that it was earlier.
    time += i % 5 === 4 ? -1_700 : 1_000
    await store.append(stream, from + i - 1, [event])
  }
  return from + events.length
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-"))
  store = await openEmbeddedStore({ path: folder, now: () => time })
  for (const { stream, revision, id, type, data, metadata } of threeProvinces().records()) {
    time += 1_000
    await store.append(stream, revision - 1, [{ id, type, data, metadata }])
  }
  for (let n = 1; n <= 6; n++) await pay(n, n)
}, 60_000)
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const factsIn = async (): Promise<readonly RecordedEvent[]> =>
  (await store.readAll({ after: null, max: 10_000, prefixes: moneyPrefixes })).events

/** From the first fact, for every question anew: what the kept books are held against. */
const walked = async (facts: readonly RecordedEvent[]) => {
  const [books, reducer] = [createBooks(), createReducer()]
  for (const { stream, revision, type, data } of facts) {
    const decoded = decodeEvent({ type, data })
    if (!decoded.ok) throw new Error(decoded.cause)
    const name = needsLine(decoded.event)
    const line = name === null ? null : await lineBefore(store, stream, name, revision)
    books.add(stream, revision, decoded.event, line)
    reducer.add(stream, revision, decoded.event, line)
  }
  const { standing, in_transit } = reducer.finish().totals
  const money = ({ account_fen, pooled_fen }: typeof standing) => ({ account_fen, pooled_fen })
  return {
    balance: books.balance(),
    money: { standing: money(standing), in_transit: money(in_transit) },
    position: facts.at(-1)?.position ?? null,
    events: facts.length,
  }
}
const told = ({ balance, money, position, events }: BooksAt) => ({ balance: balance(), money, position, events })

const expectZeroAtMarks = (kept: KeptBooks): void => {
  for (const { position, books } of kept.marks()) {
    const { debit_fen, credit_fen } = createBooks(books).balance()
    expect([position, debit_fen]).toEqual([position, credit_fen])
  }
}

describe("the books kept while the process runs", () => {
  it("at every position are those of a walk from the first fact, and sum to zero at every mark", async () => {
    const kept = keepBooks(store, marks_every)
    const facts = await factsIn()
    expect(facts.length).toBeGreaterThan(100)
    for (const [i, { position }] of facts.entries())
      expect(told(await kept.at({ position }, { signal })), position).toEqual(await walked(facts.slice(0, i + 1)))
    expect(kept.marks()).toHaveLength(Math.floor(facts.length / marks_every))
    expectZeroAtMarks(kept)
    expect(told(await kept.at({ position: "0000000000000000" as Position }, { signal })).events).toBe(0)
  }, 120_000)

  it("at any moment too, though clocks went back in between", async () => {
    const kept = keepBooks(store, marks_every)
    const facts = await factsIn()
    const times = facts.map(({ recordedAt }) => recordedAt)
    expect(times).not.toEqual(times.toSorted((a, b) => a - b))
    for (const at_ms of new Set(times.flatMap((one) => [one - 1, one]))) {
      const known = facts.filter(({ recordedAt }) => recordedAt <= at_ms)
      const { balance, events } = told(await kept.at({ at_ms }, { signal }))
      expect({ balance, events }, String(at_ms)).toEqual({ balance: (await walked(known)).balance, events: known.length })
    }
  }, 120_000)

  it("take in what has come since, also while questions are asked at once; earlier places stay as they were", async () => {
    const kept = keepBooks(store, marks_every)
    const early = { position: (await factsIn())[20]?.position as Position }
    const before = told(await kept.at(early, { signal }))
    await pay(77, 3)
    const answers = await Promise.all([kept.at(null, { signal }), kept.at(null, { signal }), kept.at(early, { signal })])
    const facts = await factsIn()
    expect(told(answers[0])).toEqual(await walked(facts))
    expect(told(answers[1])).toEqual(told(answers[0]))
    expect(told(answers[2])).toEqual(before)
    expect(told(await kept.at(null, { signal, recount: true }))).toEqual(told(answers[0]))
    expectZeroAtMarks(kept)
  })

  it("a caller who hung up ends the walk, and the next one goes on from there", async () => {
    const kept = keepBooks(store, marks_every)
    const gone = new AbortController()
    gone.abort()
    await expect(kept.at(null, { signal: gone.signal })).rejects.toThrow()
    expect(told(await kept.at(null, { signal }))).toEqual(await walked(await factsIn()))
  })
})
