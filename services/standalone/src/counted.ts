/** The services of one process share its engines; each looks at them through counters of its own, for its own status. */
import { countedStore, countedStreams } from "@tongzhang/engines/observed"
import { type AggregateStore, openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import type { Clock } from "@tongzhang/service-kit/clock"
import { createFlows, type Flows } from "@tongzhang/service-kit/flows"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import type { StatusParts } from "@tongzhang/service-kit/status-route"
import type { Streams } from "@tongzhang/streams/port"

type Engines = {
  readonly store: EventStore
  readonly aggregates: AggregateStore
  readonly streams: Streams
  readonly clock: Clock
}

export type CountedParts<E extends Engines> = {
  readonly of: (service: string) => E
  readonly statusOf: (service: string, checks: readonly HealthCheck[]) => StatusParts
  readonly stop: () => void
}

export const countedParts = <E extends Engines>(engines: E): CountedParts<E> => {
  const { clock } = engines
  const flows = new Map<string, Flows>()
  const flowsOf = (service: string, metrics = createMetrics({ process: false })): Flows => {
    const known = flows.get(service) ?? createFlows(metrics, clock)
    flows.set(service, known)
    return known
  }
  return {
    of: (service) => {
      const metrics = createMetrics({ process: false })
      flowsOf(service, metrics)
      const store = countedStore(engines.store, metrics)
      return { ...engines, store, aggregates: openAggregateStore(store), streams: countedStreams(engines.streams, metrics) }
    },
    statusOf: (service, checks) => ({ service, checks, flows: flowsOf(service), clock }),
    stop: () => {
      for (const one of flows.values()) one.stop()
    },
  }
}
