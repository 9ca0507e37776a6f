/** Streams whose topics and groups carry a prefix in the cluster and none inside the process. */
import type { Delivered, Streams } from "@tongzhang/streams/port"

export const prefixedStreams = (streams: Streams, prefix: string): Streams => {
  if (prefix === "") return streams
  const bare = <M extends Delivered>(message: M): M => ({ ...message, topic: message.topic.slice(prefix.length) })
  return {
    ensureTopic: (topic, partitions) => streams.ensureTopic(prefix + topic, partitions),
    publish: (topic, messages) => streams.publish(prefix + topic, messages),
    consume: (options) =>
      streams.consume({
        ...options,
        topic: prefix + options.topic,
        group: prefix + options.group,
        onBatch: (messages) => options.onBatch(messages.map(bare)),
        onParked: (parked) => options.onParked?.(parked.map((one) => ({ ...one, message: bare(one.message) }))),
      }),
    deadLetters: async (topic, group, max) =>
      (await streams.deadLetters(prefix + topic, prefix + group, max)).map((letter) => ({
        ...bare(letter),
        group: letter.group.slice(prefix.length),
      })),
    replayDeadLetters: (topic, group, key) => streams.replayDeadLetters(prefix + topic, prefix + group, key),
    close: streams.close,
  }
}
