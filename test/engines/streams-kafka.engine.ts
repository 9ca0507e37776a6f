/** The streams port's contract on real Kafka brokers. */
import { streamsContract } from "@tongzhang/streams/contract"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import { against, kafka } from "./engines.js"

against("streams on Kafka", await kafka(), (brokers) => {
  const open = () =>
    openKafkaStreams({
      brokers,
      clientId: "contract",
      heartbeat_ms: 200,
      maxWait_ms: 100,
      onFailure: (cause) => console.error(cause),
    })
  streamsContract("Kafka", {
    // Each history restarts the engine several times; a restart joins a group anew.
    runs: Number(process.env["KAFKA_HISTORIES"] ?? 5),
    open: async () => {
      let streams = await open()
      return {
        streams,
        reopen: async () => {
          await streams.close()
          streams = await open()
          return streams
        },
        cleanup: () => streams.close(),
      }
    },
  })
})
