// Starts the real Apache Kafka (KRaft) from its published jars: one node or three, no container engine.
import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Kafka, logLevel } from "kafkajs"
import { classpathOf, findJava, versionInPom } from "./classpath.mjs"
import { startNode, withoutChild } from "./node.mjs"
import { optionsOf, upFile } from "./settings.mjs"
import { isBroker, stopNodes } from "./stop.mjs"

const patience_ms = 90_000

const clusterIdIn = (data) => {
  const file = join(data, "cluster-id")
  if (!existsSync(file)) writeFileSync(file, randomBytes(16).toString("base64url"))
  return readFileSync(file, "utf8")
}

/** All nodes known to the cluster and a controller elected. */
const answers = async (brokers, count) => {
  const admin = new Kafka({
    clientId: "kafka-up",
    brokers,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  }).admin()
  try {
    await admin.connect()
    const cluster = await admin.describeCluster()
    return cluster.brokers.length === count && cluster.controller !== null
  } catch {
    return false
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

const tailOf = (file) => (existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(-15).join("\n") : "")

const waitFor = async (brokers, started) => {
  const deadline = Date.now() + patience_ms
  while (!(await answers(brokers, started.length))) {
    const dead = started.find(({ child }) => child.exitCode !== null)
    if (dead) throw new Error(`node ${dead.id} ended with code ${dead.child.exitCode}:\n${tailOf(dead.log)}`)
    if (Date.now() > deadline) throw new Error(`no answer within ${patience_ms / 1000} s:\n${tailOf(started[0].log)}`)
    await sleep(250)
  }
}

const options = optionsOf(process.argv.slice(2), process.env)
if (existsSync(upFile)) {
  const known = JSON.parse(readFileSync(upFile, "utf8"))
  if (known.nodes.some(isBroker)) {
    console.log(`Kafka is up already: ${known.brokers.join(",")} (npm run kafka:down stops it)`)
    process.exit(0)
  }
  rmSync(upFile)
}

const javaPath = findJava(process.env)
const version = options.kafka ?? versionInPom()
const classpath = classpathOf(version)
const data = options.data === undefined ? mkdtempSync(join(tmpdir(), "tongzhang-kafka-")) : resolve(options.data)
mkdirSync(data, { recursive: true })
const nodes = Array.from({ length: options.nodes }, (_, n) => ({
  id: n + 1,
  port: options.port + 10 * n,
  folder: join(data, `node-${n + 1}`),
  nodes: options.nodes,
}))
const brokers = nodes.map(({ port }) => `127.0.0.1:${port}`)
const clusterId = clusterIdIn(data)
const start = { javaPath, heap_mb: options.heap_mb, classpath, clusterId }
const started = []
try {
  for (const node of nodes) started.push(startNode(node, nodes, start))
  await waitFor(brokers, started)
} catch (failure) {
  console.error(`Kafka did not start: ${failure.message}`)
  await stopNodes(started)
  if (options.data === undefined) rmSync(data, { recursive: true, force: true })
  process.exit(1)
}
const note = { version, brokers, data, temporary: options.data === undefined, start, nodes: started.map(withoutChild) }
writeFileSync(upFile, `${JSON.stringify(note, null, 2)}\n`)
console.log(`Apache Kafka ${String(version)} is up: ${brokers.join(",")} (data in ${data})`)
process.exit(0)
