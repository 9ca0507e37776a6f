/**
 * The books kept while the process runs, so that a trial balance need not walk the whole log each time. Nothing here is a second truth:
 * everything was folded from the facts by this process, every question first folds what has come since, and a question for an earlier
 * place begins at the last mark before it and folds the facts from there. A store whose old facts were changed under the running process is
 * not noticed here; that is what `recount` (the walk from the first fact), `fsck` and the proof log are for.
 */
import { setImmediate } from "node:timers/promises"
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { type BooksMark, createBooks, type TrialBalance, type Unposted } from "@tongzhang/record/books/books"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { createReducer, needsLine } from "../conservation.js"
import { limits, lineBefore } from "../facts.js"
import { type KnownAt, wasKnown } from "../known-at.js"
import type { Money, MoneyMark } from "../money-mark.js"
import { moneyPrefixes } from "../scan.js"

/** Facts between two marks: what an earlier place costs at most, twice over. A mark holds its balances and the transfers so far. */
export const marksEvery_default = 25_000

/** The books at one place. */
export type BooksAt = {
  readonly balance: (province?: ProvinceCode) => TrialBalance
  readonly money: { readonly standing: Money; readonly in_transit: Money }
  readonly unreadable: readonly Unposted[]
  /** Last fact taken in; null: none was known then. */
  readonly position: Position | null
  readonly events: number
}

export type KeptBooks = {
  /** Throws when the signal aborts. @param recount forgets what is kept and walks from the first fact */
  readonly at: (knownAt: KnownAt, options: { readonly signal: AbortSignal; readonly recount?: boolean }) => Promise<BooksAt>
  /** Places from which earlier questions go on. */
  readonly marks: () => readonly { readonly position: Position; readonly books: BooksMark }[]
}

type Mark = {
  readonly books: BooksMark
  readonly money: MoneyMark
  readonly unreadable: readonly Unposted[]
  readonly position: Position
  readonly events: number
  /** Newest moment among all facts so far, oldest among those since the mark before: several writers' clocks need not agree. */
  readonly latest_ms: number
  readonly earliest_ms: number
}

const createWalk = (store: EventStore, from: Mark | null) => {
  const books = createBooks(from?.books)
  const reducer = createReducer(from?.money)
  const unreadable: Unposted[] = [...(from?.unreadable ?? [])]
  let [position, events] = [from?.position ?? null, from?.events ?? 0]
  let [latest_ms, earliest_ms] = [from?.latest_ms ?? 0, Number.POSITIVE_INFINITY]
  return {
    take: async (fact: RecordedEvent): Promise<void> => {
      const { stream, revision, recordedAt } = fact
      const decoded = decodeEvent(fact)
      if (!decoded.ok) unreadable.push({ stream, revision, cause: decoded.cause })
      else {
        const name = needsLine(decoded.event)
        const line = name === null ? null : await lineBefore(store, stream, name, revision)
        books.add(stream, revision, decoded.event, line)
        reducer.add(stream, revision, decoded.event, line)
      }
      position = fact.position
      events++
      latest_ms = Math.max(latest_ms, recordedAt)
      earliest_ms = Math.min(earliest_ms, recordedAt)
    },
    position: () => position,
    events: () => events,
    mark: (): Mark | null => {
      if (position === null) return null
      const marked = {
        books: books.mark(),
        money: reducer.mark(),
        unreadable: [...unreadable],
        position,
        events,
        latest_ms,
        earliest_ms,
      }
      earliest_ms = Number.POSITIVE_INFINITY
      return marked
    },
    standing: (): BooksAt => {
      const all = books.mark()
      return {
        balance: (province) => createBooks(all).balance(province),
        money: reducer.money(),
        unreadable: [...unreadable],
        position,
        events,
      }
    },
  }
}
type Walk = ReturnType<typeof createWalk>

/** Facts about money after a place, up to another (inclusive) or the end the log had. */
async function* factsBetween(
  store: EventStore,
  after: Position | null,
  upTo: Position | null,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent> {
  for (let at = after; ;) {
    signal.throwIfAborted()
    const page = await store.readAll({ after: at, max: limits.page_events, prefixes: moneyPrefixes })
    for (const fact of page.events) {
      if (upTo !== null && fact.position > upTo) return
      yield fact
    }
    at = page.next
    if (page.atEnd || at === null || (upTo !== null && at >= upTo)) return
    await setImmediate()
  }
}

/** @param marks_every facts between two marks */
export const keepBooks = (store: EventStore, marks_every: number = marksEvery_default): KeptBooks => {
  let walk: Walk = createWalk(store, null)
  let marks: Mark[] = []
  let turn: Promise<unknown> = Promise.resolve()

  /** One walk at a time brings the books to the end; a question that comes meanwhile finds little left to do. */
  const toEnd = (signal: AbortSignal, recount: boolean): Promise<BooksAt> => {
    const mine = turn.then(async () => {
      if (recount) [walk, marks] = [createWalk(store, null), []]
      for await (const fact of factsBetween(store, walk.position(), await store.head(), signal)) {
        await walk.take(fact)
        if (walk.events() % marks_every !== 0) continue
        const mark = walk.mark()
        if (mark !== null) marks.push(mark)
      }
      return walk.standing()
    })
    turn = mine.catch(() => undefined)
    return mine
  }

  const atPosition = async (position: Position, signal: AbortSignal): Promise<BooksAt> => {
    const from = marks.findLast((mark) => mark.position <= position) ?? null
    const part = createWalk(store, from)
    for await (const fact of factsBetween(store, from?.position ?? null, position, signal)) await part.take(fact)
    return part.standing()
  }

  const atMoment = async (knownAt: KnownAt, at_ms: number, signal: AbortSignal): Promise<BooksAt> => {
    const known = marks
    const first = known.findLastIndex((mark) => mark.latest_ms <= at_ms)
    const part = createWalk(store, known[first] ?? null)
    const last = walk.position()
    for (let i = first + 1; i <= known.length; i++) {
      const next = known[i]
      if (next !== undefined && next.earliest_ms > at_ms) continue
      const stretch = factsBetween(store, known[i - 1]?.position ?? null, next?.position ?? last, signal)
      for await (const fact of stretch) if (wasKnown(fact, knownAt)) await part.take(fact)
    }
    return part.standing()
  }

  return {
    marks: () => marks.map(({ position, books }) => ({ position, books })),
    at: async (knownAt, { signal, recount = false }) => {
      const behind =
        knownAt === null || "at_ms" in knownAt || walk.position() === null || knownAt.position >= (walk.position() ?? "")
      const end = behind || recount ? await toEnd(signal, recount) : null
      if (knownAt === null && end !== null) return end
      if (knownAt === null) throw new Error("the books of now were not brought to the end")
      if ("at_ms" in knownAt) return atMoment(knownAt, knownAt.at_ms, signal)
      return end !== null && end.position !== null && end.position <= knownAt.position
        ? end
        : atPosition(knownAt.position, signal)
    },
  }
}
