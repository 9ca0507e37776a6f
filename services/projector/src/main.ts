/** The projector as a process: ledger -> record. One instance per copy of the record. */
import { openEvents, openRecordStore } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { rebuildDoor } from "./projector-routes.js"
import { createProjector } from "./projector.js"
import { settings } from "./settings.js"

await runService({
  name: "projector",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const record = await openRecordStore(host)
    const options = { ...host, store, record }
    const projector = createProjector(options)
    const rebuilding = rebuildDoor(options, projector)
    host.atStop("projector", projector.stop)
    // Before it: a rebuild that is broken off starts the projector again.
    host.atStop("rebuild", rebuilding.close)
    return {
      checks: projector.healthChecks,
      door: { title: "Projector", description: "Rebuild the record beside the one in use", plugin: rebuilding.plugin },
      start: projector.start,
    }
  },
})
