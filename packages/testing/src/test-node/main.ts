/**
 * A test node as a process of its own: `node dist/test-node/main.js --port 2113 --folder data`. Without a folder it keeps nothing.
 * Prints the connection string on its first line; with `--control PORT` (0: any) the address of its hooks (`control.ts`) before it.
 * For tests and demonstrations; it is not a database.
 */
import { parseArgs } from "node:util"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { openControl } from "./control.js"
import { openJournaledLog } from "./journal.js"
import { startTestNode } from "./node.js"

const text = { type: "string" } as const
const { values } = parseArgs({
  options: { port: { ...text, default: "0" }, host: { ...text, default: "127.0.0.1" }, folder: text, control: text },
})
const portOf = (name: "port" | "control"): number => {
  const port = Number(values[name])
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--${name} ${values[name]} is not a port`)
  return port
}

const journal = values.folder === undefined ? null : await openEmbeddedStore({ path: values.folder })
const node = await startTestNode({
  port: portOf("port"),
  host: values.host,
  ...(journal === null ? {} : { log: await openJournaledLog(journal) }),
})
const control = values.control === undefined ? null : await openControl(node, portOf("control"))
if (control !== null) console.log(`control ${control.url}`)
console.log(node.connectionString)

const stop = async (): Promise<void> => {
  await control?.close()
  await node.stop()
  await journal?.close()
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop())
