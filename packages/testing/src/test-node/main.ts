/**
 * A test node as a process of its own: `node dist/test-node/main.js --port 2113 --folder data`. Without a folder it keeps nothing.
 * Prints the connection string on its first line. For tests and demonstrations; it is not a database.
 */
import { parseArgs } from "node:util"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { openJournaledLog } from "./journal.js"
import { startTestNode } from "./node.js"

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
    folder: { type: "string" },
  },
})
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is not a port`)

const journal = values.folder === undefined ? null : await openEmbeddedStore({ path: values.folder })
const node = await startTestNode({
  port,
  host: values.host,
  ...(journal === null ? {} : { log: await openJournaledLog(journal) }),
})
console.log(node.connectionString)

const stop = async (): Promise<void> => {
  await node.stop()
  await journal?.close()
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop())
