/** Name and ID number out of sealed text, masked unless a purpose allows more; an erased person stays erased. */
import { maskId } from "@tongzhang/domain/citizen-id"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { open } from "@tongzhang/identity/seal"
import { isLeft } from "fp-ts/lib/Either.js"

export type Identity = {
  readonly state: "masked" | "revealed" | "erased" | "unreadable"
  readonly name: string | null
  readonly citizenId: string | null
}

const maskName = (name: string): string => {
  const [first = "", ...rest] = Array.from(name)
  return rest.length === 0 ? "*" : `${first}${"*".repeat(rest.length)}`
}

/** Opens a sealed identity; never throws for what a person's key no longer opens. */
export const identityOf = async (keys: KeyStore, person: PersonKey, sealed: string, reveal: boolean): Promise<Identity> => {
  const material = await keys.find(person)
  if (material === null) return { state: "erased", name: null, citizenId: null }
  const opened = open(sealed, material)
  if (isLeft(opened)) return { state: "unreadable", name: null, citizenId: null }
  const { name = "", citizenId = "" } = opened.right
  if (reveal) return { state: "revealed", name, citizenId }
  return { state: "masked", name: maskName(name), citizenId: maskId(citizenId) }
}
