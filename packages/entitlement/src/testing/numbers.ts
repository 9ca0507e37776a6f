/** For tests: every number of a document, by its path, and every place of a zod schema where a number may stand. */
import type { z } from "zod"

export const numbersIn = (value: unknown, path = ""): ReadonlyMap<string, number> => {
  if (typeof value === "number") return new Map([[path, value]])
  if (typeof value !== "object" || value === null) return new Map()
  const parts = Object.entries(value).flatMap(([name, part]) => [...numbersIn(part, path === "" ? name : `${path}.${name}`)])
  return new Map(parts)
}

/** `relations.0.account_fen` -> `relations.*.account_fen`, as `numberPlaces` writes it; keys of records too. */
export const placeOf = (path: string, places: ReadonlySet<string>): string | null => {
  const parts = path.split(".")
  for (const place of places) {
    const wanted = place.split(".")
    if (wanted.length === parts.length && wanted.every((part, i) => part === "*" || part === parts[i])) return place
  }
  return null
}

type Def = {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly innerType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly options?: readonly z.ZodType[]
}

/** Paths of the schema that hold numbers; `*` for the entries of lists and records. */
export const numberPlaces = (schema: z.ZodType, path = ""): ReadonlySet<string> => {
  const def = (schema as unknown as { readonly def: Def }).def
  const under = (name: string): string => (path === "" ? name : `${path}.${name}`)
  switch (def.type) {
    case "number":
    case "int":
      return new Set([path])
    case "object":
      return new Set(Object.entries(def.shape ?? {}).flatMap(([name, part]) => [...numberPlaces(part, under(name))]))
    case "array":
      return def.element === undefined ? new Set() : numberPlaces(def.element, under("*"))
    case "record":
      return def.valueType === undefined ? new Set() : numberPlaces(def.valueType, under("*"))
    case "nullable":
    case "optional":
    case "default":
      return def.innerType === undefined ? new Set() : numberPlaces(def.innerType, path)
    case "union":
      return new Set((def.options ?? []).flatMap((option) => [...numberPlaces(option, path)]))
    default:
      return new Set()
  }
}
