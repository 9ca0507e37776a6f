/**
 * How far a run by province has come, written down after every page: a run that was killed goes on there and ends in the same report.
 * It is bound to the checkpoint it began with, and goes on with no other ledger, tree or key.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { fromBase64, sameBytes, textOf, toBase64, utf8 } from "@tongzhang/proof/bytes"
import { entryOf } from "@tongzhang/proof/entry"
import { emptyRoot } from "@tongzhang/proof/merkle"
import { positionBefore } from "@tongzhang/proof/positions"
import { readLog } from "@tongzhang/proof/reader"
import { tileWidth } from "@tongzhang/proof/tile-path"
import type { Mismatch } from "../mismatch.js"
import { type Against, type LogDeps, type LogReport, publishedTree } from "./log-stage.js"

/** A province, or `others`: persons who have no relation with any. */
export type Unit = ProvinceCode | "others"

export type UnitState = {
  events: number
  /** Up to here the unit's events are checked. */
  after: Position | null
  events_done: boolean
  persons: number
  /** Up to this person, in the order of their keys. */
  person: string
  persons_done: boolean
  unproven: { readonly id: string; readonly stream: string; readonly revision: number }[]
  mismatches: Mismatch[]
}

type Kept = {
  readonly origin: string
  readonly size: number
  /** Base 64; empty when nothing was published. */
  readonly root: string
  /** Position of the last published event: later ones are not in the log yet. */
  readonly upTo: Position | null
  readonly wanted: readonly Unit[]
  log: LogReport | null
  readonly units: { [unit in Unit]?: UnitState }
}

export type Run = {
  readonly kept: Kept
  readonly against: Against | null
  readonly isResumed: boolean
  readonly unit: (unit: Unit) => UnitState
  /** Durable when it resolves; calls stand in line. */
  readonly save: () => Promise<void>
  /** Nothing is left to go on from. */
  readonly end: () => Promise<void>
}

const runPath = "fsck-run.json"
const newUnit = (): UnitState => ({
  events: 0,
  after: null,
  events_done: false,
  persons: 0,
  person: "",
  persons_done: false,
  unproven: [],
  mismatches: [],
})

/** The ledger's event where the log of this size has its last entry. */
const lastEvent = async ({ store, state }: LogDeps, size: number): Promise<RecordedEvent | undefined> => {
  const bundle = Math.floor((size - 1) / tileWidth)
  const within = (size - 1) % tileWidth
  const { events } = await store.readAll({ after: await positionBefore(state, bundle), max: within + 1 })
  return events[within]
}

/** Why a run that was broken off cannot go on here; null when it can. */
const whyNot = async (deps: LogDeps, kept: Kept, now: Against | null): Promise<string | null> => {
  if (kept.origin !== deps.key.name) return `it looked at the ledger ${kept.origin}, this one is ${deps.key.name}`
  if (kept.size === 0) return null
  if (now === null || now.size < kept.size)
    return `its checkpoint had ${kept.size} entries, the published one has ${now?.size ?? 0}`
  const log = readLog(deps.tiles, now.size)
  if (toBase64(await log.rootAt(kept.size)) !== kept.root) return `the published tree of ${kept.size} entries is another one now`
  const event = await lastEvent(deps, kept.size)
  if (event === undefined || event.position !== kept.upTo || !sameBytes(entryOf(event), await log.entry(kept.size - 1)))
    return `the ledger holds another event at ${kept.upTo ?? "its beginning"}, where the log of ${kept.size} entries ends`
  return null
}

const begin = async (deps: LogDeps, now: Against | null, wanted: readonly Unit[]): Promise<Kept> => {
  const [size, root] = now === null ? [0, ""] : [now.size, toBase64(now.root)]
  const upTo = size === 0 ? null : ((await lastEvent(deps, size))?.position ?? (await deps.store.head()))
  return { origin: deps.key.name, size, root, upTo, wanted, log: null, units: {} }
}

/**
 * @param wanted of a new run; one that goes on keeps its own
 * @param resume false: whatever an earlier run has left is forgotten
 */
export const openRun = async (
  deps: LogDeps,
  wanted: readonly Unit[],
  resume: boolean,
): Promise<Run | { readonly refused: string }> => {
  const now = await publishedTree(deps)
  const bytes = resume ? await deps.state.read(runPath) : null
  const earlier = bytes === null ? null : (JSON.parse(textOf(bytes)) as Kept | null)
  const refused = earlier === null ? null : await whyNot(deps, earlier, now)
  if (refused !== null) return { refused }
  const kept = earlier ?? (await begin(deps, now, wanted))
  let line: Promise<void> = Promise.resolve()
  const write = (text: () => string): Promise<void> =>
    (line = line.then(() => deps.state.write([{ path: runPath, bytes: utf8(text()) }])))
  return {
    kept,
    against: kept.size === 0 ? null : { size: kept.size, root: fromBase64(kept.root) ?? emptyRoot() },
    isResumed: earlier !== null,
    unit: (unit) => (kept.units[unit] ??= newUnit()),
    save: () => write(() => JSON.stringify(kept)),
    end: () => write(() => "null"),
  }
}
