/** JSON Schema (2020-12) of every event and command, for integrators who do not speak TypeScript. */
import { z } from "zod"
import { wireTypeOf } from "./codec.js"
import { type Act, commandSchemas } from "./commands.js"
import { metadata } from "./envelope.js"
import { type EventType, eventSchemas } from "./event-schemas.js"
import { examples } from "./examples.js"

export type JsonSchema = Readonly<Record<string, unknown>>

const shared = { target: "draft-2020-12", io: "input" } as const

/** File name -> schema: `events/ContributionRecorded.v1.json`, `commands/contribute.json`, `metadata.json`. */
export const jsonSchemas = (): ReadonlyMap<string, JsonSchema> => {
  const files = new Map<string, JsonSchema>()
  for (const type of Object.keys(eventSchemas) as EventType[])
    files.set(`events/${wireTypeOf(type).replace("@", ".v")}.json`, {
      ...z.toJSONSchema(eventSchemas[type], shared),
      title: wireTypeOf(type),
      examples: [examples[type]],
    })
  for (const act of Object.keys(commandSchemas) as Act[])
    files.set(`commands/${act}.json`, { ...z.toJSONSchema(commandSchemas[act], shared), title: act })
  files.set("metadata.json", { ...z.toJSONSchema(metadata, shared), title: "metadata of every event" })
  return files
}
