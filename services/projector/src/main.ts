/** The projector as a process: ledger -> record. One instance per copy of the record. */
import { openEvents, openRecordStore } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { createProjector } from "./projector.js"
import { settings } from "./settings.js"

await runService({
  name: "projector",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const record = await openRecordStore(host)
    const projector = createProjector({ ...host, store, record })
    host.atStop("projector", projector.stop)
    return { checks: projector.healthChecks, start: projector.start }
  },
})
