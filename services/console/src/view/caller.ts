/** Who a token says its bearer is: it chooses the desk. What the bearer may do, the services decide. */
import { isPersonKey } from "@tongzhang/domain/ids"

export type Kind = "agency" | "center" | "auditor" | "person" | "platform"
export type TokenCaller = {
  readonly kind: Kind
  readonly id: string
  readonly province: string | null
  readonly person: string | null
  /** Seconds since 1970. */
  readonly expires: number | null
}

const kinds: readonly Kind[] = ["agency", "center", "auditor", "person", "platform"]
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

const payloadOf = (token: string): Readonly<Record<string, unknown>> | null => {
  const part = token.trim().split(".")[1]
  if (part === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

/** Null for what is no token of this ledger. The signature is not checked here: a forged one opens a desk that gets no answers. */
export const callerOf = (token: string): TokenCaller | null => {
  const claims = payloadOf(token)
  const kind = kinds.find((one) => one === claims?.["kind"])
  if (claims === null || kind === undefined) return null
  const id = text(claims["sub"])
  if (id === null) return null
  const expires = typeof claims["exp"] === "number" ? claims["exp"] : null
  return { kind, id, province: text(claims["province"]), person: text(claims["person"]), expires }
}

export type Purpose = "service" | "transfer" | "duplicate-check" | "audit" | "self"

/** Purposes each desk may name for a person's record (service-kit's `purposesOf` without statistics); the first is the usual one. */
export const purposesOf = (kind: Kind): readonly Purpose[] => {
  switch (kind) {
    case "agency":
    case "center":
      return ["service", "transfer", "duplicate-check"]
    case "auditor":
      return ["audit"]
    case "person":
      return ["self"]
    case "platform":
      return []
  }
}

/** What was typed into the search box: a person key, an ID number of 15 or 18 characters, or else a name. */
export type Search =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "citizenId"; readonly citizenId: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "empty" }

export const searchOf = (typed: string): Search => {
  const trimmed = typed.trim()
  if (trimmed === "") return { kind: "empty" }
  const compact = trimmed.replaceAll(/[\s-]/gu, "")
  if (/^\d{17}[\dXx]$|^\d{15}$/u.test(compact)) return { kind: "citizenId", citizenId: compact.toUpperCase() }
  if (isPersonKey(trimmed)) return { kind: "key", key: trimmed }
  return { kind: "name", name: trimmed }
}
