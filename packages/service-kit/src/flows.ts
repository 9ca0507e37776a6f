/** What flows through a service's engines, as rates over the last minutes: the counters of `/metrics`, sampled here for whoever looks. */
import type { Clock } from "./clock.js"
import type { Metrics } from "./metrics.js"

/** Name on the page -> counter that `packages/engines/observed` raises. */
const counters = {
  appended: "tongzhang_events_appended_total",
  followed: "tongzhang_events_followed_total",
  published: "tongzhang_messages_published_total",
  handled: "tongzhang_messages_handled_total",
  parked: "tongzhang_messages_parked_total",
} as const
export type FlowName = keyof typeof counters
export const flowNames = Object.keys(counters) as readonly FlowName[]

type Totals = Readonly<Record<FlowName, number>>
export type Flow = {
  readonly name: FlowName
  /** Since the process began. */
  readonly total: number
  /** Over the last sample. */
  readonly per_second: number
  /** Oldest first. */
  readonly recent: readonly { readonly at: number; readonly per_second: number }[]
}

export type Flows = {
  /** Flows that have moved since the process began. */
  readonly report: () => readonly Flow[]
  readonly sample: () => Promise<void>
  readonly stop: () => void
}

const sample_ms = 5_000
/** Five minutes. */
const samples_max = 60

const totalsOf = async ({ registry }: Metrics): Promise<Totals> => {
  const sums = await Promise.all(
    flowNames.map(async (name) => {
      const { values = [] } = (await registry.getSingleMetric(counters[name])?.get()) ?? {}
      return [name, values.reduce((sum, { value }) => sum + value, 0)] as const
    }),
  )
  return Object.fromEntries(sums) as Totals
}

/** Samples by itself every five seconds until stopped; the timer keeps no process alive. */
export const createFlows = (metrics: Metrics, clock: Pick<Clock, "now">): Flows => {
  let samples: { readonly at: number; readonly totals: Totals }[] = []
  const sample = async (): Promise<void> => {
    samples = [...samples, { at: clock.now(), totals: await totalsOf(metrics) }].slice(-samples_max - 1)
  }
  const timer = setInterval(() => void sample(), sample_ms)
  timer.unref()
  const rates = (name: FlowName): Flow["recent"] =>
    samples.slice(1).flatMap(({ at, totals }, i) => {
      const before = samples[i]
      const elapsed_ms = before === undefined ? 0 : at - before.at
      return before === undefined || elapsed_ms <= 0
        ? []
        : [{ at, per_second: Math.round(((totals[name] - before.totals[name]) / elapsed_ms) * 10_000) / 10 }]
    })
  return {
    sample,
    report: () =>
      flowNames.flatMap((name) => {
        const total = samples.at(-1)?.totals[name] ?? 0
        const recent = rates(name)
        return total === 0 ? [] : [{ name, total, per_second: recent.at(-1)?.per_second ?? 0, recent }]
      }),
    stop: () => clearInterval(timer),
  }
}
