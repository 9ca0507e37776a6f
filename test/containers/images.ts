/** Which images: environment variables, else the names that infra/compose/.env.example pins for everybody. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const imageVariables = ["EVENTSTORE_IMAGE", "KAFKA_IMAGE", "POSTGRES_IMAGE"] as const
export type Images = Readonly<Record<(typeof imageVariables)[number], string>>

const pinned = fileURLToPath(new URL("../../infra/compose/.env.example", import.meta.url))

/** @throws when neither the environment nor the pinned list names an image */
export const imagesOf = (env: Readonly<Record<string, string | undefined>>): Images => {
  const text = readFileSync(pinned, "utf8")
  const nameOf = (variable: string): string => {
    const name = env[variable] ?? new RegExp(`^${variable}=(\\S+)$`, "mu").exec(text)?.[1]
    if (name === undefined || name === "") throw new Error(`${variable} names no image, and ${pinned} pins none`)
    return name
  }
  return Object.fromEntries(imageVariables.map((variable) => [variable, nameOf(variable)])) as Images
}
