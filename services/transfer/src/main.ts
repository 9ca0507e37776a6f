/** N 到 1 as a process. One instance: it keeps the list of open applications in memory. */
import { openAccessLog } from "@tongzhang/engines/access-log"
import { openEvents, openRecordStore, openStreams } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { createPersonKeys } from "@tongzhang/identity/person-key"
import { createQueries } from "@tongzhang/record/queries"
import { relationIndex } from "./record-relations.js"
import { settings } from "./settings.js"
import { createTransferService } from "./transfer.js"

await runService({
  name: "transfer",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const streams = await openStreams(host)
    const record = await openRecordStore(host)
    const transfer = createTransferService({
      ...host,
      store,
      streams,
      aggregates: openAggregateStore(store),
      relations: relationIndex(record, createQueries(record)),
      logAccess: openAccessLog(store).append,
      personKeys: createPersonKeys(host.config.IDENTITY_SECRET),
    })
    host.atStop("transfer", transfer.stop)
    return {
      checks: transfer.checks,
      door: {
        title: "Transfer",
        description: "N 到 1: one application, the agencies do the rest",
        plugin: transfer.plugin,
      },
      start: transfer.start,
    }
  },
})
