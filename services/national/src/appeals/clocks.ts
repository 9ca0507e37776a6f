/** Looks at the limits of open appeals: one that was missed is written down, once, and stands in the center's list as overdue. */
import { UnreadableStream } from "@tongzhang/event-store/aggregate-store"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Logger } from "pino"
import { dateAt } from "../moments.js"
import type { AppealBook } from "./book.js"
import type { AppealCommands } from "./commands.js"

export const appealClock = {
  /** Limits are days: a minute late changes nothing, and a demo that moves its clock sees it soon. */
  tick_ms: 60_000,
} as const

/** How many were escalated. Several instances may tick at once: the command id makes one event of it. */
export const tickAppeals = async (deps: {
  readonly book: AppealBook
  readonly commands: AppealCommands
  readonly clock: Clock
  readonly logger: Logger
}): Promise<number> => {
  const today = dateAt(deps.clock.now())
  let escalated = 0
  for (const { id, appeal } of await deps.book.all()) {
    const { status, due } = appeal
    if (status !== "open" || due === null || today <= due || appeal.escalated.has(due)) continue
    try {
      if (await deps.commands.escalate(id, due)) {
        escalated++
        deps.logger.info({ appeal: id, due }, "an appeal is overdue")
      }
    } catch (error) {
      // One that nobody can read must not stop everybody's clocks.
      if (!(error instanceof UnreadableStream)) throw error
      deps.logger.error({ appeal: id, err: error }, "an appeal cannot be read")
    }
  }
  return escalated
}
