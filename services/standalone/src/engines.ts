/** Opens the embedded engines of one data folder, in order, and closes them in reverse. One process per folder. */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { type AggregateStore, openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { openEmbeddedKeyStore } from "@tongzhang/identity/embedded/key-store"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import { openConsumerState } from "@tongzhang/streams/embedded/consumer-state"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import type { Streams } from "@tongzhang/streams/port"
import type { Logger } from "pino"
import type { Secrets } from "./secrets.js"

export type Engines = {
  readonly store: EventStore
  readonly aggregates: AggregateStore
  readonly streams: Streams
  readonly keys: KeyStore
  readonly record: RecordDb
  readonly relayState: ConsumerState
  readonly duplicatesState: ConsumerState
  readonly close: () => Promise<void>
}

export const openEngines = async (dataDir: string, secrets: Secrets, clock: Clock, logger: Logger): Promise<Engines> => {
  mkdirSync(dataDir, { recursive: true })
  const onFailure = (cause: unknown): void =>
    logger.error({ err: cause }, "streams: the store failed under a consumer, it tries again")
  const closers: (() => Promise<void>)[] = []
  const keep = <T extends { readonly close: () => Promise<void> }>(engine: T): T => {
    closers.push(() => engine.close())
    return engine
  }
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer()
  }
  try {
    const store = keep(await openEmbeddedStore({ path: join(dataDir, "events"), now: clock.now }))
    return {
      store,
      aggregates: openAggregateStore(store),
      streams: keep(await openEmbeddedStreams({ path: join(dataDir, "streams"), now: clock.now, onFailure })),
      keys: keep(await openEmbeddedKeyStore({ path: join(dataDir, "keys"), masterSecret: secrets.master })),
      relayState: keep(openConsumerState({ path: join(dataDir, "relay") })),
      duplicatesState: keep(openConsumerState({ path: join(dataDir, "duplicates") })),
      record: keep(await openRecord({ kind: "pglite", path: join(dataDir, "record") })),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
