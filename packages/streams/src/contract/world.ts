import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { expect } from "vitest"
import type { ConsumeOptions, Consumer, Delivered, Message, Streams } from "../port.js"

export type Opened = {
  readonly streams: Streams
  /** Closes the engine in good order and opens it again on the same data. */
  readonly reopen?: () => Promise<Streams>
  readonly cleanup: () => Promise<void>
}

export type Engine = {
  readonly open: () => Promise<Opened>
  /** How many random histories the property tries; an engine over a network may take fewer. Default 30. */
  readonly runs?: number
}

/** What one case works with: an engine, a topic of its own, and a way to shut down and come back. */
export type World = {
  streams: Streams
  readonly topic: string
  /** Shuts the engine down and opens it again; false when this engine cannot. */
  readonly restart: () => Promise<boolean>
  readonly publish: (...messages: readonly Message[]) => Promise<void>
  readonly consume: (options: Partial<ConsumeOptions> & Pick<ConsumeOptions, "onBatch">) => Promise<Consumer>
}

export const group = "readers"

/** Runs a case against a fresh topic and always cleans up. */
export const inWorld = (engine: Engine, partitions: number, run: (world: World) => Promise<void>) => async (): Promise<void> => {
  const opened = await engine.open()
  const topic = `topic-${randomUUID()}`
  const world: World = {
    streams: opened.streams,
    topic,
    restart: async () => {
      if (!opened.reopen) return false
      world.streams = await opened.reopen()
      return true
    },
    publish: (...messages) => world.streams.publish(topic, messages),
    consume: (options) => world.streams.consume({ topic, group, retries: 1, backoff_ms: 1, ...options }),
  }
  try {
    await world.streams.ensureTopic(topic, partitions)
    await run(world)
  } finally {
    await opened.cleanup()
  }
}

export const message = (key: string, text: string, headers: Readonly<Record<string, string>> = {}): Message => ({
  key,
  value: new TextEncoder().encode(text),
  headers,
})

/** Messages `key:1` … `key:count` of one key. */
export const series = (key: string, count: number, from = 1): Message[] =>
  Array.from({ length: count }, (_, n) => message(key, `${key}:${n + from}`))

export const textOf = ({ value }: { readonly value: Uint8Array }): string => new TextDecoder().decode(value)
export const textsOf = (messages: readonly { readonly value: Uint8Array }[]): string[] => messages.map(textOf)

/** A handler that remembers; `effect` may refuse by throwing, before the message counts as seen. */
export type Recorder = {
  readonly seen: Delivered[]
  readonly texts: () => string[]
  readonly has: (text: string) => boolean
  readonly onBatch: ConsumeOptions["onBatch"]
}

export const recorder = (effect: (message: Delivered) => void | Promise<void> = () => undefined): Recorder => {
  const seen: Delivered[] = []
  const known = new Set<string>()
  return {
    seen,
    texts: () => textsOf(seen),
    has: (text) => known.has(text),
    onBatch: async (messages) => {
      for (const one of messages) {
        await effect(one)
        seen.push(one)
        known.add(textOf(one))
      }
    },
  }
}

/** First effects only, per key, in the order they came: redeliveries are the port's right. */
export const firstEffects = (seen: readonly Delivered[]): Map<string, string[]> => {
  const byKey = new Map<string, string[]>()
  const known = new Set<string>()
  for (const one of seen) {
    const text = textOf(one)
    if (known.has(text)) continue
    known.add(text)
    byKey.set(one.key, [...(byKey.get(one.key) ?? []), text])
  }
  return byKey
}

export const expectInOrder = (seen: readonly Delivered[], published: readonly Message[]): void => {
  const byKey = new Map<string, string[]>()
  for (const one of published) byKey.set(one.key, [...(byKey.get(one.key) ?? []), textOf(one)])
  expect(firstEffects(seen)).toEqual(byKey)
}

const patience_ms = 20_000

/** Waits for a fact to become true. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + patience_ms
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${patience_ms / 1000} s in vain until ${what}`)
    await sleep(2)
  }
}

export type Gate = { readonly opened: Promise<void>; readonly open: () => void }

/** A door a handler waits at until the test opens it. */
export const gate = (): Gate => {
  let open!: () => void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}
