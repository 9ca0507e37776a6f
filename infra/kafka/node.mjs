// One broker process: its properties, its formatted folder, its start.
import { execFileSync, spawn } from "node:child_process"
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** KRaft: every node is broker and controller. Production splits the roles; the protocol towards clients is the same. */
const propertiesOf = ({ id, folder, port, nodes }, all) =>
  Object.entries({
    "process.roles": "broker,controller",
    "node.id": id,
    "controller.quorum.voters": all.map((node) => `${node.id}@127.0.0.1:${node.port + 1}`).join(","),
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT",
    // Whoever comes by the third is told that this node lives one port above it: there tests put a proxy that cuts and delays.
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${port + 1},PROXIED://127.0.0.1:${port + 2}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port},PROXIED://127.0.0.1:${port + 3}`,
    "log.dirs": join(folder, "log"),
    "auto.create.topics.enable": false,
    "default.replication.factor": nodes,
    "min.insync.replicas": nodes === 3 ? 2 : 1,
    "offsets.topic.replication.factor": nodes,
    "offsets.topic.num.partitions": 8,
    "transaction.state.log.replication.factor": nodes,
    "transaction.state.log.min.isr": nodes === 3 ? 2 : 1,
    "transaction.state.log.num.partitions": 4,
    // A group of one process need not wait three seconds for others (the default) each time it is formed.
    "group.initial.rebalance.delay.ms": 0,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "log.cleaner.dedupe.buffer.size": 4_194_304,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join("\n")

const java = (java, heap_mb, classpath, mainClass, ...args) => [
  java,
  [
    `-Xms${Math.min(heap_mb, 256)}m`,
    `-Xmx${heap_mb}m`,
    "-XX:+UseSerialGC",
    "-Djava.net.preferIPv4Stack=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-cp",
    classpath,
    mainClass,
    ...args,
  ],
]

/** Starts the node as a process of its own that outlives this one. Returns what `down.mjs` needs. */
export const startNode = (node, all, { javaPath, heap_mb, classpath, clusterId }) => {
  mkdirSync(node.folder, { recursive: true })
  const properties = join(node.folder, "server.properties")
  writeFileSync(properties, propertiesOf(node, all))
  if (!existsSync(join(node.folder, "log/meta.properties"))) {
    const [command, args] = java(javaPath, 128, classpath, "kafka.tools.StorageTool", "format", "-t", clusterId, "-c", properties)
    execFileSync(command, args, { stdio: ["ignore", "ignore", 2] })
  }
  const logFile = join(node.folder, "broker.log")
  const log = openSync(logFile, "a")
  const [command, args] = java(javaPath, heap_mb, classpath, "kafka.Kafka", properties)
  const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], cwd: node.folder })
  child.unref()
  closeSync(log)
  return { id: node.id, pid: child.pid, port: node.port, folder: node.folder, log: logFile, child }
}

/** What can be noted in a file. */
export const withoutChild = ({ id, pid, port, folder, log }) => ({ id, pid, port, folder, log })
