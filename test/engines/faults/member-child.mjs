// A member of a group as a process of its own, to be killed: `node member-child.mjs BROKERS TOPIC LIMITS-AS-JSON`.
import { openKafkaStreams } from "../../../packages/streams/dist/kafka/streams.js"

const [, , brokers, topic, limits] = process.argv
const streams = await openKafkaStreams({ brokers: brokers.split(","), clientId: "member", ...JSON.parse(limits) })
console.log("opened")
await streams.consume({ topic, group: "g", onBatch: async () => undefined })
console.log("joined")
