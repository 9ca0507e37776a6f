/**
 * Which engagements there are: one stream names them all, so that listing them does not mean reading the whole ledger. An engagement
 * is entered before it is opened: one that was entered and never opened is nothing, one that is not entered would be lost.
 */
import { right } from "fp-ts/lib/Either.js"
import { type Decision, withMember } from "./decider.js"
import { type StreamName, streamName } from "./stream-name.js"
import { category, type EngagementId } from "./workpaper.js"

/** No engagement can have this name: it begins with a small letter. */
export const registerStream: StreamName = streamName(category, "register")

export type RegisterEvent = { readonly type: "EngagementRegistered"; readonly engagement: EngagementId }
export type Register = ReadonlySet<EngagementId>

export const initial: Register = new Set()
export const evolve = (state: Register, event: RegisterEvent): Register => withMember(state, event.engagement)

export const registerEngagement =
  (engagement: EngagementId) =>
  (state: Register): Decision<never, RegisterEvent> =>
    right(state.has(engagement) ? [] : [{ type: "EngagementRegistered", engagement }])
