/** Intake as a process. Files and their results lie in DATA_DIR, which belongs to this instance alone. */
import { openEvents, openKeys } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { createIntakeService } from "./service.js"
import { settings } from "./settings.js"

await runService({
  name: "intake",
  settings,
  bodyLimit_bytes: 512 * 1024 * 1024,
  compose: async (host) => {
    const { IDENTITY_SECRET: identitySecret, DATA_DIR: dataDir } = host.config
    const store = await openEvents(host)
    const keys = await openKeys(host)
    const aggregates = openAggregateStore(store)
    const intake = createIntakeService({ ...host, store, aggregates, keys, identitySecret, dataDir })
    host.atStop("intake", intake.stop)
    return {
      checks: intake.healthChecks,
      door: { title: "Intake", description: "The provinces' door: commands, batch files, receipts", plugin: intake.plugin },
      start: intake.start,
    }
  },
})
