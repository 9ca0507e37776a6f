/** Counts what passes through an engine, for the rates on the dashboard. Labels are few and never a person. */
import type { EventStore } from "@tongzhang/event-store/port"
import type { Metrics } from "@tongzhang/service-kit/metrics"
import type { Streams } from "@tongzhang/streams/port"

export const countedStore = <S extends EventStore>(store: S, metrics: Metrics): S => {
  const appends = metrics.counter("tongzhang_appends_total", "Appends by outcome", ["outcome"])
  const written = metrics.counter("tongzhang_events_appended_total", "Events written to the ledger")
  const read = metrics.counter("tongzhang_events_followed_total", "Events received from the ledger by subscription")
  return {
    ...store,
    append: async (stream, expected, events) => {
      const outcome = await store.append(stream, expected, events)
      appends.inc({ outcome: outcome.kind })
      if (outcome.kind === "appended") written.inc(events.length)
      return outcome
    },
    subscribe: (options) =>
      store.subscribe({
        ...options,
        onEvents: async (events, upTo) => {
          await options.onEvents(events, upTo)
          read.inc(events.length)
        },
      }),
  }
}

export const countedStreams = (streams: Streams, metrics: Metrics): Streams => {
  const published = metrics.counter("tongzhang_messages_published_total", "Messages sent, by topic", ["topic"])
  const parked = metrics.counter("tongzhang_messages_parked_total", "Messages parked because one of their key failed", ["topic"])
  const handled = metrics.counter("tongzhang_messages_handled_total", "Messages handled, by topic", ["topic"])
  return {
    ...streams,
    publish: async (topic, messages) => {
      await streams.publish(topic, messages)
      published.inc({ topic }, messages.length)
    },
    consume: (options) =>
      streams.consume({
        ...options,
        onBatch: async (messages) => {
          await options.onBatch(messages)
          handled.inc({ topic: options.topic }, messages.length)
        },
        onParked: (messages) => {
          parked.inc({ topic: options.topic }, messages.length)
          options.onParked?.(messages)
        },
      }),
  }
}
