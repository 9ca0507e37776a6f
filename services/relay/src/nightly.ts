/** When the relay compares the ledger with the topic, and what came of it last. */
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import { limits } from "./limits.js"
import type { ReconcileReport } from "./reconcile.js"

const reportKey = "relay:reconciliation"
const day_ms = 86_400_000

/** The next moment, after `now`, at which it is `hour` o'clock in China; ms since 1970. */
export const nextRunAt = (now: number, hour: number): number => {
  const sinceMidnight = (now + limits.timeZone_ms) % day_ms
  const today = now - sinceMidnight + hour * 3_600_000
  return today > now ? today : today + day_ms
}

const look_ms = 60_000

/**
 * Runs once a day until the signal aborts.
 * @param lastRun when it ran last (ms since 1970), so that a night missed by a stop or a failure is made up for
 */
export const everyNight = async (
  clock: Clock,
  hour: number,
  lastRun: () => Promise<number>,
  run: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const due = nextRunAt(await lastRun(), hour)
    // The clock may be set ahead while this sleeps, so it looks every minute.
    await clock.sleep(Math.min(look_ms, Math.max(0, due - clock.now())), signal)
    if (!signal.aborted && clock.now() >= due) await run()
  }
}

/** Without the names: they are in the log and in the job's result. */
export type LastReport = Omit<ReconcileReport, "differences"> & { readonly endedAt: number }

export const rememberReport = async (state: ConsumerState, report: ReconcileReport, endedAt: number): Promise<void> => {
  const { differences: _, ...rest } = report
  await state.putMany([[reportKey, JSON.stringify({ ...rest, endedAt } satisfies LastReport)]])
}

export const lastReport = async (state: ConsumerState): Promise<LastReport | null> => {
  const text = (await state.getMany([reportKey])).get(reportKey)
  return text === undefined ? null : (JSON.parse(text) as LastReport)
}

/** @param scheduled null when nobody asked for a nightly run: then no run is no failure */
export const reconciliationCheck = (
  state: ConsumerState,
  clock: Clock,
  scheduled: { readonly since: number } | null,
): HealthCheck => ({
  name: "relay reconciliation",
  check: async () => {
    const last = await lastReport(state)
    const age_ms = clock.now() - Math.max(last?.endedAt ?? 0, scheduled?.since ?? 0)
    const late = scheduled !== null && age_ms > limits.reconciliationAge_ms_max
    if (last === null) return { ok: !late, detail: scheduled === null ? "not scheduled, never run" : "not run yet" }
    const { missing, foreign, conflicting, altered } = last
    const hours = Math.floor((clock.now() - last.endedAt) / 3_600_000)
    const found = last.ok
      ? "no difference"
      : `${missing} missing, ${foreign} foreign, ${conflicting} conflicting, ${altered} altered`
    return { ok: last.ok && !late, detail: `${found}, ${hours} h ago${late ? ": too long ago" : ""}` }
  },
})
