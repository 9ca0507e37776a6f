/** Which messages of the topic are copies of the ledger's events, and which are not. */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import type { Delivered } from "@tongzhang/streams/port"
import { type Copy, copyOf, differs, type Difference, fingerprintOfEvent, sliceOf } from "./copies.js"
import type { LedgerWindow } from "./window.js"

export type Tally = {
  messages: number
  /** First copies. */
  matched: number
  /** Copies beyond the first: sent again, which is allowed. */
  resent: number
  /** First copies that stand behind later facts of their partition: a repair, or something out of order. */
  late: number
}

export type JudgeOptions = {
  readonly store: EventStore
  readonly window: LedgerWindow
  readonly slice: number
  readonly slices: number
  readonly tally: Tally
  readonly report: (difference: Difference) => void
  /** Waits a moment while other partitions catch up. */
  readonly breathe: () => Promise<void>
  readonly waiting_high: number
}

const unreadable = ({ key, headers, partition, offset }: Delivered, reason: string): Difference => ({
  kind: "foreign",
  stream: headers["stream"] ?? null,
  revision: null,
  eventId: headers["eventId"] ?? null,
  position: null,
  partition,
  offset,
  reason: `${reason}; key ${key}`,
})

/** Handles one batch of one partition. */
export const createJudge = (options: JudgeOptions): ((messages: readonly Delivered[]) => Promise<void>) => {
  const { store, window, slice, slices, tally, report, breathe, waiting_high } = options
  const furthest = new Map<number, string>()

  const first = (copy: Copy): void => {
    tally.matched += 1
    const before = furthest.get(copy.partition)
    if (before !== undefined && copy.position < before) tally.late += 1
    else furthest.set(copy.partition, copy.position)
  }

  /** True when the copy is judged; false when only the ledger can tell. */
  const judgeByWindow = (copy: Copy): boolean => {
    const expected = window.get(copy.stream, copy.revision)
    if (expected === undefined) return false
    if (expected.id !== copy.id) {
      report(differs("conflicting", copy, `the ledger has event ${expected.id} here`))
      return true
    }
    if (expected.fingerprint !== copy.fingerprint) {
      report(differs("altered", copy, "not as the ledger has it"))
      return true
    }
    window.remove(copy.stream, copy.revision)
    first(copy)
    return true
  }

  const judgeByLedger = (copy: Copy, event: RecordedEvent | undefined): void => {
    if (event === undefined) report(differs("foreign", copy, "the ledger has no such event"))
    else if (event.id !== copy.id) report(differs("conflicting", copy, `the ledger has event ${event.id} here`))
    else if (fingerprintOfEvent(event) !== copy.fingerprint) report(differs("altered", copy, "not as the ledger has it"))
    else tally.resent += 1
  }

  /** One read per stream: what was sent again comes in runs. */
  const lookUp = async (copies: readonly Copy[]): Promise<void> => {
    const byStream = new Map<StreamName, Copy[]>()
    for (const copy of copies) {
      const own = byStream.get(copy.stream)
      if (own === undefined) byStream.set(copy.stream, [copy])
      else own.push(copy)
    }
    for (const [stream, own] of byStream) {
      for (let rest = own.toSorted((a, b) => a.revision - b.revision); rest[0] !== undefined;) {
        const from = rest[0].revision
        const events = await store.readStream(stream, { direction: "forwards", from, max: own.length })
        const found = new Map(events.map((event) => [event.revision, event]))
        for (const copy of rest.filter(({ revision }) => revision < from + own.length))
          judgeByLedger(copy, found.get(copy.revision))
        rest = rest.filter(({ revision }) => revision >= from + own.length)
      }
    }
  }

  const isGenuine = async (copy: Copy): Promise<boolean> => {
    const [event] = await store.readStream(copy.stream, { direction: "forwards", from: copy.revision, max: 1 })
    return event?.revision === copy.revision && event.id === copy.id && event.position === copy.position
  }

  /** Reads the ledger as far as the batch goes. Only a genuine copy may say how far that is: a forged position would make it read all. */
  const catchUp = async (copies: readonly Copy[]): Promise<void> => {
    const ahead = copies
      .filter(({ position }) => position > (window.horizon() ?? ""))
      .toSorted((a, b) => (a.position < b.position ? 1 : -1))
    for (const copy of ahead) {
      if (!(await isGenuine(copy))) continue
      if (window.waiting() > waiting_high) await breathe()
      return window.readTo(copy.position)
    }
  }

  return async (messages) => {
    const copies: Copy[] = []
    for (const message of messages) {
      const copy = copyOf(message)
      if (typeof copy === "string") {
        if (slice !== 0) continue
        tally.messages += 1
        report(unreadable(message, copy))
      } else if (sliceOf(copy.stream, slices) === slice) {
        tally.messages += 1
        copies.push(copy)
      }
    }
    await catchUp(copies)
    await lookUp(copies.filter((copy) => !judgeByWindow(copy)))
  }
}
