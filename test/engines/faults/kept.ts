/** The seven services as processes that are started again whenever they end, as a supervisor does; and what they warned of. */
import { setTimeout as sleep } from "node:timers/promises"
import { type Environment, type Running, runService, type ServiceName, services } from "../processes.js"

export type Observed = {
  /** Ends of a process that nobody had asked for, by service. */
  readonly ended: Readonly<Record<string, number>>
  /** Warnings and errors logged, by service and message. */
  readonly warned: Readonly<Record<string, number>>
}

export type Kept = {
  readonly start: () => Promise<void>
  readonly base: (name: ServiceName) => Promise<string>
  readonly running: (name: ServiceName) => Running
  /** SIGKILL; it is started again at once. Resolves when it has ended. */
  readonly kill: (name: ServiceName) => Promise<void>
  readonly signal: (name: ServiceName, signal: NodeJS.Signals) => void
  /** The last warnings and errors of each service, whole: for a row that failed. */
  readonly complaints: () => string
  /** What has been seen since the last call. */
  readonly observe: () => Observed
  readonly stop: () => Promise<void>
}

const pause_ms = 300
type LogLine = { readonly level?: number | string; readonly msg?: string }
const loud: readonly unknown[] = ["warn", "error", "fatal", 40, 50, 60]

export const keepServices = (envOf: (name: ServiceName) => Environment): Kept => {
  const fleet = new Map<ServiceName, Running>()
  const readUpTo = new Map<Running, number>()
  const killed = new Set<Running>()
  let ended: Record<string, number> = {}
  let before: Record<string, number> = {}
  let stopping = false

  const tally = (into: Record<string, number>, name: ServiceName, run: Running): void => {
    const from = readUpTo.get(run) ?? 0
    readUpTo.set(run, run.log.length)
    for (const text of run.log.slice(from)) {
      if (!text.startsWith("{")) continue
      const { level, msg } = JSON.parse(text) as LogLine
      if (loud.includes(level)) into[`${name}: ${msg ?? ""}`] = (into[`${name}: ${msg ?? ""}`] ?? 0) + 1
    }
  }
  const running = (name: ServiceName): Running => {
    const found = fleet.get(name)
    if (found === undefined) throw new Error(`${name} does not run`)
    return found
  }
  const launch = (name: ServiceName): void => {
    const run = runService(name, envOf(name))
    fleet.set(name, run)
    void run.ended.then(async ({ code }) => {
      tally(before, name, run)
      if (stopping) return
      if (!killed.has(run)) {
        ended[name] = (ended[name] ?? 0) + 1
        process.stderr.write(`${name} ended by itself (${code}):\n${run.log.slice(-3).join("\n")}\n`)
      }
      await sleep(pause_ms)
      if (!stopping) launch(name)
    })
  }

  return {
    running,
    base: (name) => running(name).url,
    start: async () => {
      for (const name of services) launch(name)
      await Promise.all(services.map((name) => running(name).url))
    },
    kill: async (name) => {
      const run = running(name)
      killed.add(run)
      run.child.kill("SIGKILL")
      await run.ended
    },
    signal: (name, signal) => void running(name).child.kill(signal),
    complaints: () =>
      [...fleet]
        .map(
          ([name, run]) =>
            `${name}:\n${run.log
              .filter((line) => /"level":"(warn|error|fatal)"/.test(line))
              .slice(-8)
              .join("\n")}`,
        )
        .join("\n"),
    observe: () => {
      const warned = before
      before = {}
      for (const [name, run] of fleet) tally(warned, name, run)
      const seen = { ended, warned }
      ended = {}
      return seen
    },
    stop: async () => {
      stopping = true
      for (const { child } of fleet.values()) child.kill("SIGTERM")
      await Promise.all([...fleet.values()].map((run) => run.ended))
    },
  }
}
