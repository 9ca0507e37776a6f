/**
 * RFC 8785 (JSON Canonicalization Scheme) of parsed JSON. Own code because it runs for every event of a nation: the reference
 * library takes three times as long per event (docs/proof.md, figures). A test holds it to that library and to the RFC's examples.
 */

/** Characters that stand for themselves in JSON and are no surrogates. */
const plain = /^[\u0020\u0021\u0023-\u005b\u005d-\u007e\u00a0-\ud7ff\ue000-\uffff]*$/u
const loneSurrogate = /\p{Surrogate}/u

const textOf = (value: string): string => {
  if (plain.test(value)) return `"${value}"`
  if (loneSurrogate.test(value)) throw new Error("a lone surrogate has no canonical form (RFC 8785 §3.2.2.2)")
  return JSON.stringify(value)
}

const numberOf = (value: number): string => {
  if (!Number.isFinite(value)) throw new Error(`${value} has no canonical form (RFC 8785 §3.2.2.3)`)
  return String(value === 0 ? 0 : value)
}

type Shape = { readonly given: readonly string[]; readonly keys: readonly string[]; readonly openings: readonly string[] }

/**
 * Keys of an object in canonical order, by their order of insertion: a ledger has few shapes, so they are sorted once. Found by
 * their first key and compared one by one, which for keys that `JSON.parse` has made is a comparison of pointers.
 */
const shapes = new Map<string, Shape[]>()
const shapes_max = 64

const sameKeys = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const shapeOf = (given: readonly string[]): Shape => {
  const first = given[0] as string
  const known = shapes.get(first) ?? []
  for (const shape of known) if (sameKeys(shape.given, given)) return shape
  // The default order compares UTF-16 code units, as §3.2.3 demands.
  const keys = given.toSorted()
  const shape = { given, keys, openings: keys.map((key, i) => `${i === 0 ? "{" : ","}${textOf(key)}:`) }
  if (shapes.size < shapes_max && known.length < shapes_max) shapes.set(first, [...known, shape])
  return shape
}

/** @param value what `JSON.parse` returns. Throws on a lone surrogate and on a number out of range. */
export const canonical = (value: unknown): string => {
  if (typeof value === "string") return textOf(value)
  if (typeof value === "number") return numberOf(value)
  if (typeof value !== "object" || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  const given = Object.keys(value)
  if (given.length === 0) return "{}"
  const { keys, openings } = shapeOf(given)
  const object = value as Readonly<Record<string, unknown>>
  let text = ""
  for (let i = 0; i < keys.length; i++) text += `${openings[i]}${canonical(object[keys[i] as string])}`
  return `${text}}`
}
