/** Services as processes of their own on real engines: started, watched, killed, asked over HTTP. */
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

export const services = ["intake", "projector", "relay", "transfer", "duplicates", "national", "audit"] as const
export type ServiceName = (typeof services)[number]

const root = fileURLToPath(new URL("../..", import.meta.url))

export const builtMain = (folder: string): string => {
  const path = `${root}${folder}`
  if (!existsSync(path)) throw new Error(`${folder} is missing: npx turbo run build makes it`)
  return path
}

export type Running = {
  readonly child: ChildProcess
  /** Base address, once the process says that it has started. */
  readonly url: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** What it wrote, newest last. */
  readonly log: readonly string[]
}

/** Runs a script; `urlOf` finds its address in a line it writes. */
export const run = (
  script: string,
  args: readonly string[],
  env: Environment,
  urlOf: (line: string) => string | null,
): Running => {
  const path = process.env["PATH"] ?? ""
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: path, ...env }, stdio: ["ignore", "pipe", "pipe"] })
  const log: string[] = []
  const ended = new Promise<Awaited<Running["ended"]>>((resolve) =>
    child.on("close", (code, signal) => resolve({ code, signal })),
  )
  const url = new Promise<string>((resolve, reject) => {
    const look = (line: string): void => {
      log.push(line)
      if (log.length > 2_000) log.shift()
      const found = urlOf(line)
      if (found !== null) resolve(found)
    }
    createInterface({ input: child.stdout }).on("line", look)
    createInterface({ input: child.stderr }).on("line", look)
    void ended.then(({ code, signal }) =>
      reject(new Error(`${script} ended (${code ?? signal}) before it had started:\n${log.slice(-20).join("\n")}`)),
    )
  })
  url.catch(() => {})
  return { child, url, ended, log }
}

export type Environment = Readonly<Record<string, string>>

const startedUrl = (line: string): string | null => {
  if (!line.includes('"started"')) return null
  return (JSON.parse(line) as { readonly url?: string }).url ?? null
}

export const runService = (name: ServiceName, env: Environment): Running =>
  run(builtMain(`services/${name}/dist/main.js`), [], env, startedUrl)

/** The test node, keeping what it acknowledges in `folder`. */
export const runTestNode = (folder: string): Running =>
  run(builtMain("packages/testing/dist/test-node/main.js"), ["--folder", folder], {}, (line) =>
    line.startsWith("esdb:") ? line : null,
  )

/** All services; each may be killed and is then started again with the same environment. */
export type Fleet = {
  readonly start: (name: ServiceName) => Promise<void>
  readonly kill: (name: ServiceName) => Promise<void>
  readonly running: (name: ServiceName) => Running
  readonly base: (name: ServiceName) => Promise<string>
  /** SIGTERM to all; the exit codes. */
  readonly stop: () => Promise<Readonly<Record<string, number | null>>>
}

export const createFleet = (envOf: (name: ServiceName) => Environment): Fleet => {
  const fleet = new Map<ServiceName, Running>()
  const running = (name: ServiceName): Running => {
    const found = fleet.get(name)
    if (found === undefined) throw new Error(`${name} does not run`)
    return found
  }
  return {
    running,
    base: (name) => running(name).url,
    start: async (name) => {
      fleet.set(name, runService(name, envOf(name)))
      await running(name).url
    },
    kill: async (name) => {
      running(name).child.kill("SIGKILL")
      await running(name).ended
    },
    stop: async () => {
      const codes: Record<string, number | null> = {}
      for (const { child } of fleet.values()) child.kill("SIGTERM")
      for (const [name, { ended }] of fleet) codes[name] = (await ended).code
      fleet.clear()
      return codes
    },
  }
}
