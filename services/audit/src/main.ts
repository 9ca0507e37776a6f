/** Audit as a process. Who read what goes into the same access log that national shows. */
import { openAccessLog } from "@tongzhang/engines/access-log"
import { openEvents, openKeys, openRecordStore } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { createAuditService } from "./audit.js"
import { settings } from "./settings.js"

await runService({
  name: "audit",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const keys = await openKeys(host)
    const record = await openRecordStore(host)
    const { append: logAccess } = await openAccessLog(record)
    const audit = createAuditService({ ...host, store, keys, record, logAccess })
    host.atStop("audit", audit.close)
    return {
      checks: audit.checks,
      door: { title: "Audit", description: "Replay a history, verify the whole", plugin: audit.plugin },
    }
  },
})
