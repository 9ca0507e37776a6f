/** Name and ID number out of sealed text, masked unless a purpose allows more; an erased person stays erased. */
import { maskId } from "@tongzhang/domain/citizen-id"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { open } from "@tongzhang/identity/seal"
import { isLeft } from "fp-ts/lib/Either.js"
import { z } from "zod"

export const identitySchema = z.object({
  state: z
    .enum(["masked", "revealed", "erased", "unreadable", "unknown"])
    .describe("erased: the person's key was destroyed; unknown: nobody has registered them yet"),
  name: z.string().nullable(),
  citizenId: z.string().nullable(),
})
export type Identity = z.infer<typeof identitySchema>

const maskName = (name: string): string => {
  const [first = "", ...rest] = Array.from(name)
  return rest.length === 0 ? "*" : `${first}${"*".repeat(rest.length)}`
}

/** Opens a person's sealed identity (null: nobody has registered them); never throws for what a person's key no longer opens. */
export const identityOf = async (
  keys: KeyStore,
  person: PersonKey,
  sealed: string | null,
  reveal: boolean,
): Promise<Identity> => {
  if (sealed === null) return { state: "unknown", name: null, citizenId: null }
  const material = await keys.find(person)
  if (material === null) return { state: "erased", name: null, citizenId: null }
  const opened = open(sealed, material)
  if (isLeft(opened)) return { state: "unreadable", name: null, citizenId: null }
  const { name = "", citizenId = "" } = opened.right
  if (reveal) return { state: "revealed", name, citizenId }
  return { state: "masked", name: maskName(name), citizenId: maskId(citizenId) }
}
