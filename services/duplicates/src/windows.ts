/**
 * The end of the time in which a decision may be taken back. Nothing is remembered: the record names the decided cases, each case
 * says until when, so a process that was killed meanwhile clears what the last one left.
 */
import { type Instant, instantOf, type PersonKey } from "@tongzhang/domain/ids"
import * as Overlap from "@tongzhang/domain/overlap"
import { undoRuns } from "@tongzhang/domain/overlap-decision"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { Clock } from "@tongzhang/service-kit/clock"
import { LRUCache } from "lru-cache"
import type { Logger } from "pino"
import { clearCase } from "./clear.js"
import type { CaseIndex, CaseSummary } from "./routes.js"

const page = 500
const remembered_max = 20_000
/** A case whose months are still under way is asked again after so long; it may have been reopened and decided anew meanwhile. */
const forgotten_after_ms = 60_000

export type Windows = {
  /** @returns how many cases were cleared */
  readonly tick: () => Promise<number>
  /** Why a case whose window is over is still not cleared; null where this process has not tried. */
  readonly waiting: (person: string, caseId: string) => string | null
}

type Seen = {
  /** Not worth a look before; null: it was tried, and the person's next fact or a later look tries it again. */
  readonly until: Instant | null
  readonly why: string | null
}

export const createWindows = (deps: {
  readonly aggregates: AggregateStore
  readonly cases: CaseIndex
  readonly clock: Clock
  readonly logger: Logger
}): Windows => {
  const { aggregates, cases, clock, logger } = deps
  const seen = new LRUCache<string, Seen>({ max: remembered_max, ttl: forgotten_after_ms })
  const nameOf = (person: string, caseId: string): string => `${person} ${caseId}`

  const look = async ({ person: key, family: name, case: caseId }: CaseSummary): Promise<number> => {
    const [person, family] = [key as PersonKey, name as Overlap.OverlapFamily]
    const now_ms = clock.now()
    const known = seen.get(nameOf(key, caseId))
    if (known !== undefined && (known.until === null || instantOf(now_ms) < known.until)) return 0
    const { state } = await aggregates.load(Overlap, Overlap.streamOf(person, family))
    const found = state.cases.get(caseId)
    if (found?.status !== "decided" || found.undoUntil === undefined) return 0
    const running = undoRuns(found, instantOf(now_ms))
    seen.set(nameOf(key, caseId), { until: running ? found.undoUntil : null, why: null })
    if (running) return 0
    const cleared = await clearCase(aggregates, person, family, caseId, `undo until ${found.undoUntil}`, now_ms)
    if (cleared !== null) logger.info({ person, case: caseId, ...cleared }, "overlap decision, its window over")
    if (cleared?.status === "waiting") seen.set(nameOf(key, caseId), { until: null, why: cleared.why })
    else seen.delete(nameOf(key, caseId))
    return cleared?.status === "cleared" ? 1 : 0
  }

  return {
    tick: async () => {
      let done = 0
      for (let offset = 0; ; offset += page) {
        const decided = await cases.cases({ province: null, status: "decided", kind: null, offset, limit: page })
        for (const one of decided.cases) done += await look(one)
        if (decided.cases.length < page) return done
      }
    },
    waiting: (person, caseId) => seen.get(nameOf(person, caseId))?.why ?? null,
  }
}
