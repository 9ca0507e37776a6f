/** The relay as a process: ledger -> Kafka. One instance per ledger: of several the one that started last does the work. */
import { openEvents, openState, openStreams } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { createRelay } from "./relay.js"
import { settings } from "./settings.js"

await runService({
  name: "relay",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const streams = await openStreams(host)
    const state = await openState(host, "relay")
    const { RECONCILE_HOUR: hour, RECONCILE_REPAIR: repair } = host.config
    const relay = createRelay({ ...host, store, streams, state, nightly: { hour, repair: repair === "true" } })
    host.atStop("relay", relay.stop)
    return {
      checks: relay.checks,
      door: { title: "Relay", description: "Compare the topic with the ledger, and mend it", plugin: relay.plugin },
      start: relay.start,
    }
  },
})
