// What `up.mjs` and `down.mjs` agree on: where the note about running brokers lies, and the options.
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
/** The note about what runs; ENGINES_NOTES names another folder for it, so that CI does not meet a developer's engines. */
export const upFile = join(process.env.ENGINES_NOTES ?? root, ".tongzhang-kafka.json")
export const cacheFolder = join(root, ".tongzhang/kafka")

/** Exit code for "this machine cannot": a JVM or Maven is missing. */
export const cannot = 69

const usage = `npm run kafka:up -- [--nodes 1|3] [--port 19092] [--data FOLDER] [--kafka VERSION] [--heap MB]

  --nodes   brokers to start (environment KAFKA_NODES, default 1); three replicate every topic
  --port    first port (KAFKA_PORT, default 19092); a node takes four: clients at port + 10·n, controllers one
            above, then the door for a proxy and the proxy's own
  --data    folder that outlives kafka:down (KAFKA_DATA); a temporary one otherwise
  --kafka   version of Apache Kafka (KAFKA_VERSION, default: the one in pom.xml)
  --heap    JVM heap of each node in MB (KAFKA_HEAP, default 512)`

export const optionsOf = (args, env) => {
  const text = (fallback) => ({ type: "string", default: fallback })
  const { values } = parseArgs({
    args,
    options: {
      nodes: text(env.KAFKA_NODES ?? "1"),
      port: text(env.KAFKA_PORT ?? "19092"),
      heap: text(env.KAFKA_HEAP ?? "512"),
      data: { type: "string", ...(env.KAFKA_DATA === undefined ? {} : { default: env.KAFKA_DATA }) },
      kafka: { type: "string", ...(env.KAFKA_VERSION === undefined ? {} : { default: env.KAFKA_VERSION }) },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    process.exit(0)
  }
  const nodes = Number(values.nodes)
  const port = Number(values.port)
  const heap_mb = Number(values.heap)
  if (nodes !== 1 && nodes !== 3) throw new Error(`--nodes must be 1 or 3, not ${String(values.nodes)}`)
  if (!Number.isInteger(port) || port < 1024 || port > 65_000)
    throw new Error(`--port must lie in 1024-65000, not ${String(values.port)}`)
  if (!Number.isInteger(heap_mb) || heap_mb < 128) throw new Error(`--heap must be 128 MB or more, not ${String(values.heap)}`)
  return { nodes, port, heap_mb, data: values.data, kafka: values.kafka }
}
