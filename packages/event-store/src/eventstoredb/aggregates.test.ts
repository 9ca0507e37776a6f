/** The whole write path of a service (load, decide, append) over the adapter: a server in trouble changes no outcome. */
import type { Metadata } from "@tongzhang/contracts/envelope"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { Enrollment, EnrollmentEvent } from "@tongzhang/domain/enrollment"
import { type EnrollmentCommand, enrollmentHistory } from "@tongzhang/testing/enrollment-commands"
import type { Fault } from "@tongzhang/testing/test-node/faults"
import { startTestNode } from "@tongzhang/testing/test-node/node"
import type { StreamName } from "@tongzhang/domain/stream-name"
import * as fc from "fast-check"
import { isLeft } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { type AggregateStore, openAggregateStore, StoreUnavailable } from "../aggregate-store.js"
import { newStream, readWhole, textOf } from "../contract/support.js"
import { openEventStoreDb } from "./store.js"

const aggregate = { initial: enrollment.initial, evolve: enrollment.evolve, fold: enrollment.fold }

const metadataOf = (index: number): Metadata => ({
  actor: { kind: "agency", id: "310115", province: "31" },
  channel: "api",
  purpose: "test",
  commandId: `command-${index}`,
  correlationId: "history",
})

/** As a caller does: a command that could not be settled is sent again, unchanged. */
const execute = async (
  store: AggregateStore,
  stream: StreamName,
  command: EnrollmentCommand,
  index: number,
): Promise<readonly EnrollmentEvent[] | "refused"> => {
  const { state } = await store.load<Enrollment, EnrollmentEvent>(aggregate, stream)
  const decide = command.plan(state)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    try {
      const done = await store.execute<Enrollment, EnrollmentEvent, unknown>(aggregate, stream, decide, metadataOf(index))
      return isLeft(done) ? "refused" : done.right.events
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
    }
  }
  throw new Error(`command ${index} was never settled`)
}

const faults = fc.constantFrom<Fault>(
  { kind: "never_answer", written: true },
  { kind: "never_answer" },
  { kind: "end_stream", written: true },
  { kind: "fail", code: "UNAVAILABLE", written: true },
  { kind: "fail", code: "UNAVAILABLE" },
  { kind: "write_timeout", written: true },
)
const trouble = fc.array(fc.record({ nth: fc.integer({ min: 1, max: 25 }), fault: faults }), { minLength: 1, maxLength: 6 })

/** What the history leaves in a fresh store: outcomes as the caller saw them, and the stream. */
const play = async (history: readonly EnrollmentCommand[], orders: readonly { nth: number; fault: Fault }[]) => {
  const node = await startTestNode()
  const store = await openEventStoreDb({
    connectionString: node.connectionString,
    appendTimeout_ms: 100,
    backoffFirst_ms: 5,
    backoffLongest_ms: 20,
  })
  const aggregates = openAggregateStore(store)
  const stream = newStream()
  for (const order of orders) node.faults.order({ method: "batchAppend", ...order })
  const seen: (readonly EnrollmentEvent[] | "refused")[] = []
  for (const [index, command] of history.entries()) seen.push(await execute(aggregates, stream, command, index))
  const events = (await readWhole(store, stream)).map(({ type, data, revision }) => [revision, type, textOf(data)])
  const { state } = await openAggregateStore(store).load<Enrollment, EnrollmentEvent>(aggregate, stream)
  await store.close()
  await node.stop()
  return { seen, events, state }
}

describe("enrollments over the adapter", () => {
  it("end as they would have ended without trouble, event by event and answer by answer", async () => {
    await fc.assert(
      fc.asyncProperty(enrollmentHistory(20), trouble, async (history, orders) => {
        const calm = await play(history, [])
        const troubled = await play(history, orders)
        expect(troubled.events).toEqual(calm.events)
        expect(troubled.state).toEqual(calm.state)
        expect(troubled.seen).toEqual(calm.seen)
      }),
      { numRuns: 12 },
    )
  })
})
