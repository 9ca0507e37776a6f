import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { noStream } from "@tongzhang/event-store/port"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { expect, it } from "vitest"
import { countedStore } from "./observed.js"

it("counts appends by outcome, events once, and what a subscription has handled", async () => {
  const path = mkdtempSync(join(tmpdir(), "counted-"))
  const metrics = createMetrics({ process: false })
  const store = countedStore(await openEmbeddedStore({ path, now: () => 1_000 }), metrics)
  const event = (n: number) => ({
    id: `00000000-0000-4000-8000-00000000000${n}`,
    type: "T",
    data: Buffer.from("{}"),
    metadata: Buffer.from("{}"),
  })
  const stream = "Person-1" as StreamName
  await store.append(stream, noStream, [event(1), event(2)])
  await store.append(stream, noStream, [event(1), event(2)])
  await store.append(stream, noStream, [event(3)])
  await new Promise<void>((resolve) => {
    const subscription = store.subscribe({
      after: null,
      onEvents: async (events) => {
        if (events.length > 0) setImmediate(() => void subscription.stop().then(resolve))
      },
      onDropped: () => {},
    })
  })
  const text = await metrics.registry.metrics()
  expect(text).toContain('tongzhang_appends_total{outcome="appended"} 1')
  expect(text).toContain('tongzhang_appends_total{outcome="already_there"} 1')
  expect(text).toContain('tongzhang_appends_total{outcome="conflict"} 1')
  expect(text).toContain("tongzhang_events_appended_total 2")
  expect(text).toContain("tongzhang_events_followed_total 2")
  await store.close()
  rmSync(path, { recursive: true, force: true })
})
