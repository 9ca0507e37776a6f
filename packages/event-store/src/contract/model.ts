/** Property: any sequence of appends, retries and conflicts has the outcomes and the content that a plain array would give. */
import * as fc from "fast-check"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { describe, expect } from "vitest"
import { noStream, type EventStore, type NewEvent } from "../port.js"
import { idsOf, newEvent, newFamily, readLogAfter, readWhole, storeCase, type StoreUnderTest } from "./support.js"

type Step = {
  readonly stream: number
  /** What the writer sends: new events, or a run of what it sent before, changed or not. */
  readonly kind: "fresh" | "retry" | "changed" | "longer"
  readonly from: number
  readonly count: number
  /** Added to the expectation that would be right. */
  readonly shift: number
}

const steps = fc.array(
  fc.record<Step>({
    stream: fc.nat({ max: 2 }),
    kind: fc.constantFrom("fresh", "fresh", "retry", "changed", "longer"),
    from: fc.nat({ max: 8 }),
    count: fc.nat({ max: 4 }),
    shift: fc.constantFrom(0, 0, 0, 0, -1, 1, 5),
  }),
  { minLength: 1, maxLength: 25 },
)

type Expected = { readonly kind: "appended" | "already_there"; readonly revision: number } | { kind: "conflict"; actual: number }

/** The append rules in the plainest form they have. */
const appendToModel = (written: string[], expected: number, ids: readonly string[]): Expected => {
  const actual = written.length - 1
  if (expected > actual) return { kind: "conflict", actual }
  if (ids.length === 0) return { kind: "already_there", revision: actual }
  if (expected === actual) {
    written.push(...ids)
    return { kind: "appended", revision: written.length - 1 }
  }
  const standing = written.slice(expected + 1, expected + 1 + ids.length)
  const same = standing.length === ids.length && standing.every((id, index) => id === ids[index])
  return same ? { kind: "already_there", revision: expected + ids.length } : { kind: "conflict", actual }
}

const attempt = (step: Step, sent: readonly NewEvent[]): { readonly expected: number; readonly events: readonly NewEvent[] } => {
  const fresh = Array.from({ length: step.count }, () => newEvent())
  const from = step.kind === "fresh" ? sent.length : Math.min(step.from, sent.length)
  const again = sent.slice(from, from + step.count)
  const expected = Math.max(noStream, from - 1 + step.shift)
  if (step.kind === "fresh") return { expected, events: fresh }
  if (step.kind === "retry") return { expected, events: again }
  if (step.kind === "longer") return { expected, events: [...sent.slice(from), newEvent()] }
  return { expected, events: again.map((event, index) => (index === again.length - 1 ? newEvent() : event)) }
}

const runSteps = async (store: EventStore, plan: readonly Step[]): Promise<void> => {
  const start = await store.head()
  const { prefix, streams } = newFamily(3)
  const sent = new Map<StreamName, NewEvent[]>(streams.map((stream) => [stream, []]))
  const log: string[] = []
  for (const step of plan) {
    const stream = streams[step.stream] as StreamName
    const events = sent.get(stream) ?? []
    const { expected, events: attempted } = attempt(step, events)
    const written = events.map(({ id }) => id)
    const outcome = await store.append(stream, expected, attempted)
    expect(outcome).toMatchObject(appendToModel(written, expected, idsOf(attempted)))
    if (outcome.kind === "appended") {
      events.push(...attempted)
      log.push(...idsOf(attempted))
    }
  }
  for (const stream of streams) expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(sent.get(stream) ?? []))
  expect(idsOf(await readLogAfter(store, start, 7, [prefix]))).toEqual(log)
}

export const modelCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("against a model", () => {
    test("any sequence of appends, retries and conflicts ends the same", async (store) => {
      await fc.assert(
        fc.asyncProperty(steps, (plan) => runSteps(store, plan)),
        { numRuns: 60 },
      )
    })
  })
}
