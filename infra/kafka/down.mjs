// Stops what `kafka:up` started; a temporary data folder goes with it.
import { existsSync, readFileSync, rmSync } from "node:fs"
import { upFile } from "./settings.mjs"
import { stopNodes } from "./stop.mjs"

if (!existsSync(upFile)) {
  console.log("Kafka is not up.")
} else {
  const { nodes, data, temporary } = JSON.parse(readFileSync(upFile, "utf8"))
  await stopNodes(nodes)
  rmSync(upFile)
  if (temporary) rmSync(data, { recursive: true, force: true })
  console.log(temporary ? "Kafka is down; its temporary data is gone." : `Kafka is down; its data stays in ${data}.`)
}
