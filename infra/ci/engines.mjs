// Starts Kafka, PostgreSQL and the EventStoreDB test node on free ports, runs `npm run test:engines` on whatever came up, stops
// them. What this machine cannot start is said, and its tests are skipped. Arguments go to the test runner.
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { installPostgres } from "./postgres-package.mjs"

const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
const cannot = 69
// The fault table in CI: twelve rows; all of them take half an hour (`FAULTS=all`).
/** More than the suites take on two busy cores; a hanging engine must not hold CI for ever. */
const tests_ms = 25 * 60_000
const start_ms = 5 * 60_000

const work = mkdtempSync(join(tmpdir(), "tongzhang-ci-"))
// Only what is started here: engines named in the environment, or noted in this folder by a developer, are none of CI's.
const { KAFKA_BROKERS: _brokers, POSTGRES_URL: _url, ...environment } = process.env
const env = { FAULTS: "few", ...environment, ENGINES_NOTES: work }

const say = (text) => console.log(`engines · ${text}`)

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(false))
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)))
  })

/** The first of `count` free ports side by side, away from the defaults. */
const freePorts = async (from, count) => {
  for (let port = from; port < from + 2_000; port += 10) {
    const free = await Promise.all(Array.from({ length: count }, (_, n) => isFree(port + n)))
    if (free.every(Boolean)) return port
  }
  throw new Error(`no ${count} free ports above ${from}`)
}

const script = (path, ...args) => {
  const ran = spawnSync(process.execPath, [join(root, path), ...args], { env, encoding: "utf8", timeout: start_ms })
  process.stdout.write(`${ran.stdout}${ran.stderr}`)
  return { status: ran.status, said: ran.stderr.trim().split("\n").at(-1) }
}

/** Tries a second time on other ports: between the look and the start somebody may have taken one. */
const start = async (path, from, count) => {
  let ran = null
  for (const at of [from, from + 3_000]) {
    ran = script(path, "--port", String(await freePorts(at, count)))
    if (ran.status === 0 || ran.status === cannot) break
  }
  return ran
}

const startPostgres = async () => {
  const ran = await start("infra/postgres/up.mjs", 25_432, 1)
  return ran.status === cannot && installPostgres(say) ? start("infra/postgres/up.mjs", 25_432, 1) : ran
}

/** Whether it failed; what a machine cannot do is no failure, and the skipped tests say why. */
const hasFailed = (what, { status, said }) => {
  if (status === 0) return false
  say(`${what} is not up: ${status === cannot ? "this machine cannot, its tests are skipped" : "it failed"}`)
  env[`NO_${what.toUpperCase()}_BECAUSE`] = said
  return status !== cannot
}

/** The test node keeps what it is sent, as a server does; its address, or null when it did not start. */
const startTestNode = async () => {
  const args = [join(root, "packages/testing/dist/test-node/main.js"), "--folder", join(work, "test-node")]
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] })
  const ended = once(child, "exit")
  const line = once(createInterface({ input: child.stdout }), "line")
  const [url] = await Promise.race([line, ended.then(() => [null])])
  if (url === null) say("the test node did not start")
  const stop = async () => {
    child.kill("SIGTERM")
    await ended
  }
  return { url, stop }
}

let failed = false
let tests = null
/** The whole group: services that the suites started must not outlive them. */
const endTests = (signal) => {
  try {
    if (tests !== null) process.kill(-tests.pid, signal)
  } catch {
    // Nobody is left.
  }
}
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => endTests("SIGTERM"))
let node = null
try {
  const kafkaFailed = hasFailed("Kafka", await start("infra/kafka/up.mjs", 24_092, 4))
  failed = hasFailed("PostgreSQL", await startPostgres()) || kafkaFailed
  node = await startTestNode()
  failed ||= node.url === null
  const address = node.url === null ? {} : { TEST_EVENT_STORE_URL: node.url, TEST_EVENT_STORE_IS: "test node (no database)" }
  tests = spawn("npm", ["run", "--silent", "test:engines", "--", ...process.argv.slice(2)], {
    cwd: root,
    env: { ...env, ...address },
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  })
  const tooLong = setTimeout(() => {
    say(`the suites are ended: they took more than ${tests_ms / 60_000} minutes`)
    endTests("SIGTERM")
  }, tests_ms)
  const [code, signal] = await once(tests, "exit")
  clearTimeout(tooLong)
  if (signal !== null) say(`the suites were ended by ${signal}`)
  failed ||= code !== 0
} finally {
  endTests("SIGKILL")
  await node?.stop()
  for (const path of ["infra/kafka/down.mjs", "infra/postgres/down.mjs"]) script(path)
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
