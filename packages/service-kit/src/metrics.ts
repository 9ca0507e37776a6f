/** Prometheus metrics, one registry per process. Labels never hold a person, a raw URL or a file name: their number must stay small. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"

export type Metrics = {
  readonly registry: Registry
  /** One finished request. `route` is the template (`/national/persons/:id`), never the URL. */
  readonly httpDone: (
    labels: { readonly method: string; readonly route: string; readonly status: number },
    duration_seconds: number,
  ) => void
  /** The counter of that name, made at the first call. */
  readonly counter: (name: string, help: string, labels?: readonly string[]) => Counter
  readonly gauge: (name: string, help: string, labels?: readonly string[]) => Gauge
  readonly histogram: (name: string, help: string, labels?: readonly string[], buckets?: readonly number[]) => Histogram
}

const http_buckets_seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

const reuse = <M>(registry: Registry, name: string, make: () => M): M =>
  (registry.getSingleMetric(name) as M | undefined) ?? make()

/** `process` adds event-loop, memory and garbage-collector figures (default on; off in tests that open many). */
export const createMetrics = (options: { readonly process?: boolean } = {}): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  if (options.process !== false) collectDefaultMetrics({ register: registry })
  const metrics: Metrics = {
    registry,
    counter: (name, help, labels = []) =>
      reuse(registry, name, () => new Counter({ name, help, labelNames: [...labels], registers })),
    gauge: (name, help, labels = []) =>
      reuse(registry, name, () => new Gauge({ name, help, labelNames: [...labels], registers })),
    histogram: (name, help, labels = [], buckets = http_buckets_seconds) =>
      reuse(registry, name, () => new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers })),
    httpDone: ({ method, route, status }, duration_seconds) =>
      metrics
        .histogram("http_request_duration_seconds", "HTTP requests by route template", ["method", "route", "status"])
        .observe({ method, route, status: String(status) }, duration_seconds),
  }
  return metrics
}
