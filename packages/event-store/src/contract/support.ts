/** What the contract's cases share. Streams and ids are new in every case, so a case also runs against a store with a past. */
import { randomUUID } from "node:crypto"
import { streamName, type StreamName } from "@tongzhang/domain/stream-name"
import { it } from "vitest"
import type { AllPage, AppendOutcome, EventStore, NewEvent, Position, RecordedEvent, SubscribeOptions } from "../port.js"

export type OpenedStore = {
  readonly store: EventStore
  /** Closes the store and opens it again on the same facts; absent for an adapter that keeps nothing. */
  readonly reopen?: () => Promise<EventStore>
  readonly cleanup: () => Promise<void>
}

export type StoreUnderTest = {
  readonly open: () => Promise<OpenedStore>
  /** Set when the store may hold events of others: cases about an empty store are left out. */
  readonly shared?: boolean
}

/** A case that gets a freshly opened store and leaves nothing behind. */
export const storeCase =
  (subject: StoreUnderTest) =>
  (title: string, run: (store: EventStore, opened: OpenedStore) => Promise<void>): void => {
    it(title, async () => {
      const opened = await subject.open()
      try {
        await run(opened.store, opened)
      } finally {
        await opened.cleanup()
      }
    })
  }

/** 17 characters that no other case uses as the person part. */
const uniquePart = (): string => randomUUID().replaceAll("-", "").slice(0, 17)

export const newStream = (province = "31"): StreamName => streamName("Enrollment", province, "ylbx", uniquePart())

/** `count` streams under one prefix that no other case uses. */
export const newFamily = (count: number): { readonly prefix: string; readonly streams: readonly StreamName[] } => {
  const family = uniquePart()
  const streams = Array.from({ length: count }, (_, index) => streamName("Enrollment", family, "ylbx", `p${index}`))
  return { prefix: `Enrollment-${family}_`, streams }
}

export const newEvent = (text = "缴费 2025-03", type = "ContributionRecorded@1"): NewEvent => ({
  id: randomUUID(),
  type,
  data: Buffer.from(JSON.stringify({ text })),
  metadata: Buffer.from(JSON.stringify({ by: "contract" })),
})

export const newEvents = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => newEvent(`#${index}`))

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8")

/** An event without what only the store knows, in a form `toEqual` compares. */
export const contentOf = (event: NewEvent) => ({
  id: event.id,
  type: event.type,
  data: textOf(event.data),
  metadata: textOf(event.metadata),
})

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id)

/** Appends and insists that it was written. */
export const appended = async (
  store: EventStore,
  stream: StreamName,
  expected: number,
  events: readonly NewEvent[],
): Promise<{ readonly revision: number; readonly position: Position }> => {
  const outcome: AppendOutcome = await store.append(stream, expected, events)
  if (outcome.kind !== "appended") throw new Error(`append to ${stream} at ${expected}: ${JSON.stringify(outcome)}`)
  return outcome
}

export const readWhole = (store: EventStore, stream: StreamName): Promise<readonly RecordedEvent[]> =>
  store.readStream(stream, { direction: "forwards", max: 100_000 })

/** Every page of the log after a position. Fails on a page that neither advances nor ends. */
export const readPages = async (
  store: EventStore,
  after: Position | null,
  max: number,
  prefixes?: readonly string[],
): Promise<readonly AllPage[]> => {
  const pages: AllPage[] = []
  for (let from = after; ;) {
    const page = await store.readAll({ after: from, max, ...(prefixes === undefined ? {} : { prefixes }) })
    pages.push(page)
    if (page.atEnd) return pages
    if (page.next === null || page.next === from) throw new Error(`a page after ${from} did not advance and is not the end`)
    from = page.next
  }
}

export const readLogAfter = async (
  store: EventStore,
  after: Position | null,
  max: number,
  prefixes?: readonly string[],
): Promise<readonly RecordedEvent[]> => (await readPages(store, after, max, prefixes)).flatMap(({ events }) => events)

const waitMax_ms = 15_000

/** Polls until the condition holds; the failure says what was waited for. */
export const eventually = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + waitMax_ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${waitMax_ms} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** A promise and the means to settle it from outside. */
export const gate = (): { readonly opened: Promise<void>; readonly open: () => void } => {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

/** Subscribes and keeps what arrives. */
export const collect = (store: EventStore, options: Omit<SubscribeOptions, "onEvents">) => {
  const received: RecordedEvent[] = []
  const subscription = store.subscribe({
    ...options,
    onEvents: async (events) => {
      received.push(...events)
    },
  })
  return { received, subscription }
}
