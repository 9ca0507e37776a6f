/** Starts the engines of this machine that are not up, and stops again what was started here and nothing else. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { eventStore, kafka, postgres } from "../../engines/engines.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))

type Say = (text: string) => void
type Stop = () => Promise<void>

/** `infra/{name}/up.mjs`; null when this machine cannot run it, which the script has then said. */
const startEngine = (name: "kafka" | "postgres", say: Say): Stop | null => {
  const script = (which: "up" | "down"): number => {
    const { status, stdout } = spawnSync(process.execPath, [`infra/${name}/${which}.mjs`], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    })
    if (stdout.trim() !== "") say(stdout.trim())
    return status ?? 1
  }
  return script("up") === 0 ? async () => void script("down") : null
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
}

/** A test node in a process of its own, on any free port, keeping nothing. */
const startNode = async (say: Say): Promise<Stop> => {
  const main = fileURLToPath(import.meta.resolve("@tongzhang/testing/test-node/main"))
  const child = spawn(process.execPath, [...process.execArgv, main], { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
  const died = ended(child).then(() => Promise.reject(new Error("the test node ended at its start")))
  const first = await Promise.race([once(createInterface({ input: child.stdout }), "line"), died])
  died.catch(() => undefined)
  process.env["TEST_EVENT_STORE_URL"] = String(first[0])
  process.env["TEST_EVENT_STORE_IS"] = "TEST NODE in a process of its own (memory only, no database)"
  say(`test node is up: ${String(first[0])}`)
  return async () => {
    child.kill("SIGTERM")
    await ended(child)
  }
}

/** @param wanted parts that will run; returns what stops everything that was started here */
export const startMissing = async (wanted: readonly string[], say: Say): Promise<Stop> => {
  const started: Stop[] = []
  const stop = async (): Promise<void> => {
    for (const one of started.splice(0).toReversed()) await one()
  }
  const keep = (one: Stop | null): void => {
    if (one !== null) started.push(one)
  }
  try {
    // The relay's checkpoint lies in PostgreSQL.
    const database = wanted.includes("postgres") || wanted.includes("kafka")
    if (database && !(await postgres()).up) keep(startEngine("postgres", say))
    if (wanted.includes("kafka") && !(await kafka()).up) keep(startEngine("kafka", say))
    if (wanted.includes("eventstoredb") && !(await eventStore()).up) keep(await startNode(say))
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
