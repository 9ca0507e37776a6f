/** Every hook of the test node, on every call that the services make. */
import { setTimeout as sleep } from "node:timers/promises"
import type { FailureCode, Fault, NodeMethod } from "@tongzhang/testing/test-node/faults"
import { type Row, someMoment } from "./row.js"
import type { World } from "./world.js"

type Called = Extract<NodeMethod, "batchAppend" | "read" | "subscribe">
/** Which of its calls a fault strikes: within the first ones of a chapter, so that every chapter meets it. */
const firstCalls: Readonly<Record<Called, number>> = { batchAppend: 12, read: 12, subscribe: 1 }
const callNames: Readonly<Record<Called, string>> = { batchAppend: "append", read: "read", subscribe: "subscription" }

const answers: Readonly<Record<Called, string>> = {
  batchAppend: "outcome unknown: the stream is read, the same events with the same ids at the same revision are sent again",
  read: "the read is broken off and made again, whole",
  subscribe: "a new subscription from the last event handled",
}

const struckPatience_ms = 60_000
const untilStruck = async (world: World, kind: Fault["kind"]): Promise<void> => {
  for (const giveUpAt = Date.now() + struckPatience_ms; !(await world.node.struck()).includes(kind); await sleep(50))
    if (Date.now() > giveUpAt) throw new Error(`${kind} did not strike within ${struckPatience_ms} ms`)
}

type Order = { readonly fault: Fault; readonly says: string; readonly times?: number; readonly answer?: string }

const rowOf = (method: Called, { fault, says, times = 1, answer }: Order): Row => ({
  theme: "event store",
  name: `${callNames[method]}: ${says}${times > 1 ? `, ${times} times` : ""}`,
  kind: `hook ${fault.kind}`,
  where: `test node, hook \`${fault.kind}\` on \`${method}\``,
  answer: answer ?? answers[method],
  before: async (world, dice) => {
    await world.node.clear()
    await world.node.order({ method, fault, times, nth: 1 + dice(firstCalls[method]) })
  },
  during: async (world, dice) => {
    // A subscription is only asked for when the one before was lost.
    if (method === "subscribe") {
      await someMoment(dice)
      await world.node.restart()
    }
    await untilStruck(world, fault.kind)
    if (fault.kind !== "die") return
    await sleep(1_500)
    await world.node.restart()
  },
  after: (world) => world.node.clear(),
})

const written = (text: string, fault: (written: boolean) => Fault): readonly Order[] => [
  { fault: fault(true), says: `${text}, although written` },
  { fault: fault(false), says: `${text}, not written` },
]
const codes: readonly FailureCode[] = ["ABORTED", "DEADLINE_EXCEEDED", "UNKNOWN", "PERMISSION_DENIED", "CANCELLED"]

const appends: Readonly<Record<Fault["kind"], readonly Order[]>> = {
  never_answer: written("never answered", (written) => ({ kind: "never_answer", written })),
  answer_late: [
    { fault: { kind: "answer_late", delay_ms: 700 }, says: "answered 0.7 s late", times: 5, answer: "waits" },
    { fault: { kind: "answer_late", delay_ms: 6_500 }, says: "answered after our timer (5 s) has run out" },
  ],
  answer_twice: [
    {
      fault: { kind: "answer_twice" },
      says: "answered twice",
      times: 5,
      answer: "the second answer is for an id nobody waits for: counted and dropped",
    },
  ],
  end_stream: written("call ended without an answer", (written) => ({ kind: "end_stream", written })),
  fail: [
    ...written("UNAVAILABLE", (written) => ({ kind: "fail", code: "UNAVAILABLE", written })),
    ...codes.map((code): Order => ({ fault: { kind: "fail", code, written: true }, says: `${code}, although written` })),
    { fault: { kind: "fail", code: "UNAVAILABLE" }, says: "UNAVAILABLE, not written", times: 4 },
  ],
  not_leader: [{ fault: { kind: "not_leader", leader: null }, says: "NotLeader without a leader", times: 2 }],
  wrong_version: [
    {
      fault: { kind: "wrong_version", current: 41n },
      says: "conflict that is none",
      answer: "the stream is read, the command decided again on what stands there",
    },
  ],
  write_timeout: written("the server's own write timeout", (written) => ({ kind: "write_timeout", written })),
  die: written("the node dies with it", (written) => ({ kind: "die", written })),
  // Hooks of reads and subscriptions.
  drop: [],
  stall: [],
}
const reads: Readonly<Record<Fault["kind"], readonly Order[]>> = {
  never_answer: [{ fault: { kind: "never_answer" }, says: "never answered" }],
  answer_late: [{ fault: { kind: "answer_late", delay_ms: 900 }, says: "answered 0.9 s late", times: 5, answer: "waits" }],
  fail: [
    { fault: { kind: "fail", code: "UNAVAILABLE" }, says: "UNAVAILABLE", times: 4 },
    ...codes.map((code): Order => ({ fault: { kind: "fail", code }, says: code })),
  ],
  not_leader: [{ fault: { kind: "not_leader", leader: null }, says: "NotLeader without a leader", times: 2 }],
  drop: [{ fault: { kind: "drop", afterEvents: 1 }, says: "broken off after one event", times: 3 }],
  stall: [{ fault: { kind: "stall", afterEvents: 1 }, says: "silent after one event" }],
  die: [{ fault: { kind: "die" }, says: "the node dies with it" }],
  // A server that ends a read in good order says that this was all; the others are hooks of writes.
  end_stream: [],
  answer_twice: [],
  wrong_version: [],
  write_timeout: [],
}
const subscriptions: Readonly<Record<Fault["kind"], readonly Order[]>> = {
  never_answer: [{ fault: { kind: "never_answer" }, says: "never confirmed, never an event" }],
  answer_late: [{ fault: { kind: "answer_late", delay_ms: 2_000 }, says: "confirmed 2 s late" }],
  end_stream: [{ fault: { kind: "end_stream" }, says: "ended at once, without an error", times: 2 }],
  fail: [
    { fault: { kind: "fail", code: "UNAVAILABLE" }, says: "UNAVAILABLE", times: 3 },
    {
      fault: { kind: "fail", code: "PERMISSION_DENIED" },
      says: "PERMISSION_DENIED",
      answer: "the subscription ends for good, the loop around it begins anew from the checkpoint",
    },
  ],
  not_leader: [{ fault: { kind: "not_leader", leader: null }, says: "NotLeader without a leader", times: 2 }],
  drop: [{ fault: { kind: "drop", afterEvents: 2 }, says: "dropped as a slow consumer after two events", times: 2 }],
  stall: [{ fault: { kind: "stall", afterEvents: 2 }, says: "silent after two events" }],
  die: [{ fault: { kind: "die" }, says: "the node dies with it" }],
  answer_twice: [],
  wrong_version: [],
  write_timeout: [],
}

const rowsOf = (method: Called, orders: Readonly<Record<string, readonly Order[]>>): readonly Row[] =>
  Object.values(orders).flatMap((list) => list.map((order) => rowOf(method, order)))

export const hookRows: readonly Row[] = [
  ...rowsOf("batchAppend", appends),
  ...rowsOf("read", reads),
  ...rowsOf("subscribe", subscriptions),
]
