/**
 * Starts the engines as containers and hands their addresses to the suites of `test/engines`. Without a container engine nothing
 * is started, every suite is skipped with the reason, and the run ends with 69 ("unavailable"), so that nobody takes it for a pass.
 */
import { getContainerRuntimeClient } from "testcontainers"
import { type Started, startEventStore, startKafka, startPostgres } from "./engines.js"
import { imagesOf } from "./images.js"

const unavailable = 69

const say = (text: string): void => void process.stderr.write(`containers · ${text}\n`)

/** The engine's name and version, or null when none answers. */
const containerEngine = async () => {
  try {
    return await getContainerRuntimeClient()
  } catch {
    return null
  }
}

const noEngine =
  "no container engine answers (looked for DOCKER_HOST, the Docker and Podman sockets and ~/.testcontainers.properties): start Docker or Podman, or set DOCKER_HOST"

export default async (): Promise<() => Promise<void>> => {
  const client = await containerEngine()
  if (client === null) {
    say(`NOT RUN: ${noEngine}`)
    process.env["TEST_ENGINES_MISSING"] = noEngine
    return async () => void (process.exitCode ??= unavailable)
  }
  const images = imagesOf(process.env)
  const started: Started[] = []
  const start = async (what: string, image: string, run: (image: string) => Promise<Started>): Promise<string> => {
    const from = performance.now()
    const one = await run(image).catch((cause: unknown) => {
      throw new Error(`${what} did not start from the image ${image}: ${String(cause)}`, { cause })
    })
    started.push(one)
    say(`${what} on ${image}: ${((performance.now() - from) / 1_000).toFixed(1)} s`)
    return one.where
  }
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(({ container }) => container.stop()))
  }
  try {
    const { host, serverVersion } = client.info.containerRuntime
    say(`engine ${serverVersion}, containers answer at ${host}`)
    process.env["POSTGRES_URL"] = await start("PostgreSQL", images.POSTGRES_IMAGE, startPostgres)
    process.env["KAFKA_BROKERS"] = await start("Kafka", images.KAFKA_IMAGE, (image) => startKafka(image, host))
    const store = () => start("event store", images.EVENTSTORE_IMAGE, startEventStore)
    process.env["TEST_EVENT_STORE_URL"] = await store()
    process.env["TEST_EVENT_STORE_EMPTY_URL"] = await store()
    const labels = await client.container.dockerode.getImage(images.EVENTSTORE_IMAGE).inspect()
    const isTestNode = labels.Config.Labels?.["tongzhang.test-node"] === "true"
    process.env["TEST_EVENT_STORE_IS"] = `${images.EVENTSTORE_IMAGE}${isTestNode ? " (TEST NODE, no database)" : ""}`
    if (isTestNode)
      say(`${images.EVENTSTORE_IMAGE} is the TEST NODE, no database: this run says nothing about EventStoreDB itself`)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}
