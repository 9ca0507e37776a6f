/** The trial balance of a ledger: the first walk over all facts, then at the head and at places before it. */
import { join } from "node:path"
import { keepBooks } from "@tongzhang/audit/books/kept-books"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { type Figure, median } from "./figures.ts"
import { collectGarbage, ledgerDir, type Part, seconds } from "./setting.ts"

/** Places asked for, evenly over the log: most lie between two marks. */
const places = 40

export const books: Part = async ({ dir, say }): Promise<Figure[]> => {
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const { signal } = new AbortController()
  const all: Pick<RecordedEvent, "position" | "recordedAt">[] = []
  let events = 0
  const scan_s = await seconds(async () => {
    for (let after: Position | null = null; ;) {
      const page = await store.readAll({ after, max: 5_000 })
      for (const { position, recordedAt } of page.events) all.push({ position, recordedAt })
      events += page.events.length
      if (page.atEnd) return
      after = page.next
    }
  })
  collectGarbage()
  const kept = keepBooks(store)
  const first_s = await seconds(async () => void (await kept.at(null, { signal })))
  const wrong = (balance: { readonly debit_fen: number; readonly credit_fen: number; readonly unposted: readonly unknown[] }) =>
    balance.debit_fen !== balance.credit_fen || balance.unposted.length > 0
  const atHead: number[] = []
  for (let i = 0; i < places; i++)
    atHead.push(
      await seconds(async () => {
        if (wrong((await kept.at(null, { signal })).balance())) throw new Error("the books do not balance at the head")
      }),
    )
  const [atPosition, atMoment]: [number[], number[]] = [[], []]
  for (let i = 1; i <= places; i++) {
    const fact = all[Math.floor((all.length * i) / (places + 1))]
    if (fact === undefined) continue
    const { position, recordedAt: at_ms } = fact
    const look = async (knownAt: { readonly position: Position } | { readonly at_ms: number }): Promise<void> => {
      if (wrong((await kept.at(knownAt, { signal })).balance())) throw new Error(`the books do not balance at ${position}`)
    }
    atPosition.push(await seconds(() => look({ position })))
    atMoment.push(await seconds(() => look({ at_ms })))
  }
  await store.close()
  say(`${events} events, ${kept.marks().length} marks`)
  const note = `${events} events, a mark every 25,000 about money; scan alone ${scan_s.toFixed(1)} s`
  const figure = (name: string, label: string, times: readonly number[], bound: number | null): Figure => ({
    name: `books.${name}`,
    label,
    value: median(times),
    unit: "s",
    ...(bound === null ? {} : { aim: { of: "value", kind: "at most", bound } as const }),
    note: `longest ${Math.max(...times).toFixed(3)} s; ${note}`,
  })
  return [
    figure("first", "Trial balance, first walk over all facts", [first_s], null),
    figure("head", "Trial balance at the head", atHead, 1),
    figure("position", "Trial balance at any position", atPosition, 5),
    figure("moment", "Trial balance at any moment", atMoment, 5),
  ]
}
