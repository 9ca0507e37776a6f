/** The duplicate detector as a process. Several share the partitions; what each knows of a person is in PostgreSQL. */
import { fen } from "@tongzhang/domain/money"
import { openAccessLog } from "@tongzhang/engines/access-log"
import { openEvents, openRecordStore, openState, openStreams } from "@tongzhang/engines/open"
import { runService } from "@tongzhang/engines/process"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { createQueries } from "@tongzhang/record/queries"
import { createDuplicatesService } from "./duplicates.js"
import { overlapIndex } from "./record-cases.js"
import { settings } from "./settings.js"

await runService({
  name: "duplicates",
  settings,
  compose: async (host) => {
    const store = await openEvents(host)
    const aggregates = openAggregateStore(store)
    const logAccess = openAccessLog(store).append
    const streams = await openStreams(host)
    const state = await openState(host, "duplicates")
    const cases = overlapIndex(createQueries(await openRecordStore(host)))
    const duplicates = createDuplicatesService({
      ...host,
      store,
      aggregates,
      streams,
      state,
      cases,
      logAccess,
      undo_seconds: host.config.UNDO_SECONDS,
      approval_limit_fen: host.config.APPROVAL_LIMIT_FEN === undefined ? null : fen(host.config.APPROVAL_LIMIT_FEN),
    })
    host.atStop("duplicates", duplicates.stop)
    return {
      checks: duplicates.checks,
      door: {
        title: "Duplicates",
        description: "Overlap cases: found, proposed, decided, cleared",
        plugin: duplicates.plugin,
      },
      start: duplicates.start,
    }
  },
})
