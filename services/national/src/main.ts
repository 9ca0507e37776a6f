/** National as a process; it keeps nothing of its own, so as many instances as readers need. */
import { openEvents, openKeys, openRecordStore } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { createNationalService, v1 } from "./national.js"
import { settings } from "./settings.js"

await runService({
  name: "national",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const keys = await openKeys(host)
    const record = await openRecordStore(host)
    const identitySecret = host.config.IDENTITY_SECRET
    const national = await createNationalService({ ...host, store, keys, record, identitySecret })
    const folder = host.config.CONSOLE_FOLDER
    host.atStop("national", national.close)
    return {
      checks: national.checks,
      ...(folder === undefined ? {} : { pages: { prefix: "/console", folder } }),
      door: { title: "National", description: "One record per person, boards, statistics", plugin: national.plugin },
      start: national.start,
      also: { ...v1, plugin: national.v1 },
    }
  },
})
