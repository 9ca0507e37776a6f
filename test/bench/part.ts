/** Runs one part in a process of its own, so that no part finds the heap of another. Started by main.ts. */
import { assessment } from "./assessment.ts"
import { fill } from "./fill.ts"
import { intake } from "./intake.ts"
import { memory } from "./memory.ts"
import { projection } from "./projection.ts"
import { replay } from "./replay.ts"
import type { Part, PartInput } from "./setting.ts"
import { standalone } from "./standalone.ts"

const parts: Readonly<Record<string, Part>> = { intake, fill, projection, replay, memory, standalone, assessment }

const [name = "", input = "{}"] = process.argv.slice(2)
const part = parts[name]
if (part === undefined) throw new Error(`no part ${name}`)
const send = (message: object): void => void process.send?.(message)
const figures = await part({
  ...(JSON.parse(input) as Omit<PartInput, "say">),
  say: (text) => send({ say: text }),
})
send({ figures })
process.disconnect?.()
