/** How far behind the record is, and who is stuck longest. */
import type { EventStore } from "@tongzhang/event-store/port"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { Supervised } from "@tongzhang/service-kit/supervise"
import type { ProjectorLimits } from "./limits.js"
import type { ProjectorStatus } from "./projector.js"

export type HealthParts = {
  readonly store: EventStore
  readonly clock: Clock
  readonly limits: ProjectorLimits
  readonly status: () => ProjectorStatus
  readonly supervised: () => Supervised | null
}

/**
 * The follower's lag; the persons set aside, and facts about no person that were passed over (reported by key; neither makes the
 * service unready).
 */
export const projectorHealth = ({ store, clock, limits, status, supervised }: HealthParts): readonly HealthCheck[] => [
  {
    name: "projector",
    limit_lag_seconds: limits.lag_seconds_max,
    check: async () => {
      const loop = supervised()?.state()
      const { position, folded, written } = status()
      // The oldest fact that is not written yet says how late the record is, also right after a start and after a quiet night.
      const [waiting] = (await store.readAll({ after: position, max: 1 })).events
      const lag_seconds = waiting === undefined ? 0 : Math.max(0, (clock.now() - waiting.recordedAt) / 1_000)
      const detail = `${loop?.kind ?? "stopped"}, ${loop?.restarts ?? 0} restarts, ${folded - written} facts folded and not yet written`
      return { ok: loop?.kind === "running", detail, lag_seconds }
    },
  },
  {
    name: "projector quarantine",
    check: async () => {
      const { quarantined } = status()
      const oldest = quarantined.reduce<(typeof quarantined)[number] | null>(
        (found, row) => (found === null || row.since < found.since ? row : found),
        null,
      )
      if (oldest === null) return { ok: true, detail: "nobody set aside" }
      const minutes = Math.round((clock.now() - oldest.since) / 60_000)
      const detail = `${quarantined.length} persons set aside, the oldest for ${minutes} min after ${oldest.attempts} tries: ${oldest.cause}`
      return { ok: true, detail, stuck_key: oldest.person_key }
    },
  },
  {
    name: "projector side facts",
    check: async () => {
      const { passedOver } = status()
      const [first] = passedOver
      if (first === undefined) return { ok: true, detail: "none passed over" }
      return { ok: true, detail: `${passedOver.size} streams, ${first[0]} ${first[1]}`, stuck_key: first[0] }
    },
  },
]
