/** EventStoreDB's (commit, prepare) as text of fixed width, so that positions compare with `<` as the port demands. */
import type { Position } from "../port.js"

const digits = 16
const hex = (value: number): string => value.toString(16).padStart(digits, "0")

/** Log offsets are bytes and stay below 2^53 (9 PB); throws beyond. */
export const toPosition = (commit: number, prepare: number): Position => {
  if (commit > Number.MAX_SAFE_INTEGER || prepare > Number.MAX_SAFE_INTEGER) throw new Error("a log position beyond 2^53")
  const first = hex(commit)
  return `${first}-${prepare === commit ? first : hex(prepare)}` as Position
}

/** Throws on text that is not a position of this store: it belongs to another engine's checkpoint. */
export const fromPosition = (position: Position): { readonly commit: number; readonly prepare: number } => {
  if (!/^[0-9a-f]{16}-[0-9a-f]{16}$/.test(position)) throw new Error(`${JSON.stringify(position)} is no EventStoreDB position`)
  return { commit: parseInt(position.slice(0, digits), 16), prepare: parseInt(position.slice(digits + 1), 16) }
}

/** The later of two, null being before everything. */
export const laterOf = (one: Position | null, other: Position | null): Position | null => {
  if (one === null || other === null) return one ?? other
  return one < other ? other : one
}
