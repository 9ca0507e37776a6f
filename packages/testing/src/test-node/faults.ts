/**
 * Faults a test orders from the node, per method and per call. Calls are counted from 1 since the fault was ordered; for
 * BatchAppend a "call" is one append (one correlation id), for subscriptions one subscription.
 */

export const nodeMethods = ["append", "batchAppend", "read", "subscribe", "delete", "tombstone", "features", "gossip"] as const
export type NodeMethod = (typeof nodeMethods)[number]

export type FailureCode = "UNAVAILABLE" | "ABORTED" | "DEADLINE_EXCEEDED" | "UNKNOWN" | "PERMISSION_DENIED" | "CANCELLED"

export type Fault =
  /** The call stays open and silent. */
  | { readonly kind: "never_answer"; readonly written?: boolean }
  | { readonly kind: "answer_late"; readonly delay_ms: number }
  /** The server ends the stream without an error and without the answer. */
  | { readonly kind: "end_stream"; readonly written?: boolean }
  /** The whole call fails with this status; for a batch, every pending append of the call with it. */
  | { readonly kind: "fail"; readonly code: FailureCode; readonly written?: boolean }
  | { readonly kind: "not_leader"; readonly leader: { readonly address: string; readonly port: number } | null }
  /** Appends and deletes: refused in-band whatever the stream holds. */
  | { readonly kind: "wrong_version"; readonly current: bigint | null }
  /** In-band `Timeout` of a batch append, or ABORTED of a plain one; the write may have been made. */
  | { readonly kind: "write_timeout"; readonly written?: boolean }
  /** The answer comes twice; the second is for a correlation id nobody waits for any more. */
  | { readonly kind: "answer_twice" }
  /** Subscriptions: ABORTED as for a slow consumer, after this many events. Reads: after this many events. */
  | { readonly kind: "drop"; readonly afterEvents: number }
  /** Reads and subscriptions: silence, without an end, after this many events. */
  | { readonly kind: "stall"; readonly afterEvents: number }
  /** All sockets are cut and the port is closed until `restart`. */
  | { readonly kind: "die"; readonly written?: boolean }

const everyKind: Readonly<Record<Fault["kind"], true>> = {
  never_answer: true,
  answer_late: true,
  end_stream: true,
  fail: true,
  not_leader: true,
  wrong_version: true,
  write_timeout: true,
  answer_twice: true,
  drop: true,
  stall: true,
  die: true,
}
/** All hooks there are, for tests that must leave none out. */
export const faultKinds = Object.keys(everyKind) as readonly Fault["kind"][]

export type FaultOrder = {
  readonly method: NodeMethod
  readonly fault: Fault
  /** First call it strikes, counted from now; 1 by default. */
  readonly nth?: number
  /** How many calls it strikes; 1 by default, `Infinity` until cleared. */
  readonly times?: number
}

export type Faults = {
  readonly order: (order: FaultOrder) => void
  readonly clear: () => void
  /** Faults that have struck, in order. */
  readonly struck: () => readonly { readonly method: NodeMethod; readonly kind: Fault["kind"] }[]
  /** Used by the node: counts a call and says what goes wrong with it. */
  readonly next: (method: NodeMethod) => Fault | null
}

type Standing = FaultOrder & { calls: number; left: number }

export const createFaults = (initial: readonly FaultOrder[] = []): Faults => {
  let standing: Standing[] = []
  const struck: { method: NodeMethod; kind: Fault["kind"] }[] = []
  const order = (wanted: FaultOrder): void => {
    standing.push({ ...wanted, calls: 0, left: wanted.times ?? 1 })
  }
  for (const wanted of initial) order(wanted)

  return {
    order,
    clear: () => {
      standing = []
    },
    struck: () => struck,
    next: (method) => {
      let found: Standing | null = null
      for (const candidate of standing) {
        if (candidate.method !== method) continue
        candidate.calls += 1
        if (found === null && candidate.calls >= (candidate.nth ?? 1)) found = candidate
      }
      if (found === null) return null
      found.left -= 1
      if (found.left <= 0) standing = standing.filter((candidate) => candidate !== found)
      struck.push({ method, kind: found.fault.kind })
      return found.fault
    },
  }
}
