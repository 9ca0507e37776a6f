/**
 * The version ladder. Step i of a type lifts version i+1 to i+2. A field is added here with the value that was true before it
 * existed; a step is never changed once an event of the next version has been written.
 */
import type { EventType } from "./event-schemas.js"

type Lift = (data: Record<string, unknown>) => Record<string, unknown>

export const upConversions: { readonly [T in EventType]?: readonly Lift[] } = {
  // v2: temporary accounts (66号 Art 5). Before, every relation was an ordinary one.
  EnrollmentOpened: [(data) => ({ ...data, temporary: false })],
  // v2: refunds of months that had meanwhile been transferred in. Before, only own months were refunded and bases stayed.
  ContributionRefunded: [(data) => ({ ...data, source: null, bases_fen: 0 })],
  // v2: a sample of what was recorded within some days. Before, samples were drawn from everything up to the position.
  SampleDrawn: [(data) => ({ ...data, recorded: null })],
  // v2: a decision that may be taken back for a while. Before, every decision stood at once.
  OverlapDecided: [(data) => ({ ...data, undoUntil: null })],
}
