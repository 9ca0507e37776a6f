/** The relay as a process: ledger -> Kafka. One instance per ledger: a second one sends everything twice. */
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
    const relay = createRelay({ ...host, store, streams, state })
    host.atStop("relay", relay.stop)
    return { checks: relay.checks, start: relay.start }
  },
})
