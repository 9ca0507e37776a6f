/** The test node as a process that can be hurt from here: its hooks ordered, its sockets cut, itself killed and started again. */
import type { Fault, FaultOrder } from "@tongzhang/testing/test-node/faults"
import { writeOrder } from "@tongzhang/testing/test-node/control"
import { builtMain, run, type Running } from "../processes.js"

export type NodeProcess = {
  readonly port: number
  readonly order: (order: FaultOrder) => Promise<void>
  readonly clear: () => Promise<void>
  /** Kinds that have struck since the last `clear`. */
  readonly struck: () => Promise<readonly Fault["kind"][]>
  /** Cuts every socket and opens the port again. */
  readonly restart: () => Promise<void>
  /** SIGKILL, and a new process on the same port and folder. */
  readonly kill: (away_ms: number) => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  readonly stop: () => Promise<void>
}

type Started = { readonly running: Running; readonly port: number; readonly control: string }

export const startNodeProcess = async (folder: string): Promise<NodeProcess> => {
  const start = async (port: number): Promise<Started> => {
    let control = ""
    const args = ["--folder", folder, "--port", String(port), "--control", "0"]
    const running = run(builtMain("packages/testing/dist/test-node/main.js"), args, {}, (line) => {
      if (line.startsWith("control ")) control = line.slice("control ".length)
      return line.startsWith("esdb:") ? line : null
    })
    const url = new URL(await running.url)
    return { running, port: Number(url.port), control }
  }
  let now = await start(0)
  let struckBefore = 0
  const { port } = now
  const call = async (method: string, path: string, body?: string): Promise<unknown> => {
    const response = await fetch(new URL(path, now.control), { method, ...(body === undefined ? {} : { body }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return response.json()
  }
  const struck = async (): Promise<readonly Fault["kind"][]> =>
    ((await call("GET", "/faults")) as readonly { readonly kind: Fault["kind"] }[]).map(({ kind }) => kind)

  return {
    port,
    order: async (order) => void (await call("POST", "/faults", writeOrder(order))),
    clear: async () => {
      await call("DELETE", "/faults")
      struckBefore = (await struck()).length
    },
    struck: async () => (await struck()).slice(struckBefore),
    restart: async () => void (await call("POST", "/restart")),
    kill: async (away_ms) => {
      now.running.child.kill("SIGKILL")
      await now.running.ended
      await new Promise((resolve) => setTimeout(resolve, away_ms))
      now = await start(port)
      struckBefore = 0
    },
    signal: (signal) => void now.running.child.kill(signal),
    stop: async () => {
      now.running.child.kill("SIGTERM")
      await now.running.ended
    },
  }
}
