/**
 * A process made to be killed: publishes and consumes until the parent ends it. Run with FOLDER FROM EFFECTS_FILE.
 * Prints the number of each message once its publish was acknowledged; appends each effect to the file before the commit.
 */
import { appendFileSync } from "node:fs"
import { openEmbeddedStreams } from "./streams.js"

const [, , path = "", from = "0", effects = ""] = process.argv
const keys = 7

const streams = await openEmbeddedStreams({ path })
await streams.ensureTopic("facts", 3)
await streams.consume({
  topic: "facts",
  group: "readers",
  maxBatch: 9,
  onBatch: async (messages) => {
    appendFileSync(effects, messages.map(({ value }) => `${Buffer.from(value).toString("utf8")}\n`).join(""))
  },
})
for (let n = Number(from); ; n += 10) {
  const batch = Array.from({ length: 10 }, (_, index) => n + index)
  await streams.publish(
    "facts",
    batch.map((number) => ({ key: `person-${number % keys}`, value: Buffer.from(`${number}`), headers: {} })),
  )
  process.stdout.write(`${n + 9}\n`)
}
