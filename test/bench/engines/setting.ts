/** What the parts of `npm run bench:engines` share. */
import type { Figure } from "../figures.ts"

export type EngineSizes = {
  readonly rounds: number
  /** Persons of the nation whose facts are relayed and projected. */
  readonly persons: number
  /** Appends of one event, with one of them under way at a time, and with many. */
  readonly appends_single: number
  readonly appends: number
  /** Events of the appends of many events, and of a stream that is read. */
  readonly batchedEvents: number
  readonly streamEvents: number
}

export const fullSizes: EngineSizes = {
  rounds: 5,
  persons: 3_000,
  appends_single: 1_500,
  appends: 15_000,
  batchedEvents: 50_000,
  streamEvents: 20_000,
}
export const quickSizes: EngineSizes = {
  rounds: 1,
  persons: 120,
  appends_single: 30,
  appends: 300,
  batchedEvents: 1_000,
  streamEvents: 500,
}

export type EnginePartInput = {
  readonly sizes: EngineSizes
  /** Folder of the whole run. */
  readonly dir: string
  readonly say: (text: string) => void
}
export type EngineResult = {
  /** What it was measured on and with, with versions. */
  readonly engine: string
  readonly figures: readonly Figure[]
}
export type EnginePart = (input: EnginePartInput) => Promise<EngineResult>
