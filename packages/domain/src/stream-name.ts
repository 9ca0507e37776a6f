/**
 * Stream names `{Category}-{part}_{part}…`: composed and parsed here and nowhere else, so that a bad character is refused when
 * the name is made and not found later in a projection. No part ever carries a citizen ID number.
 */
export type StreamName = string & { readonly StreamName: unique symbol }

export const categories = [
  "Person",
  "Enrollment",
  "Transfer",
  "Overlap",
  "Benefit",
  "Feed",
  "Policy",
  "Access",
  "Workpaper",
  "Appeal",
] as const
export type Category = (typeof categories)[number]

const partPattern = /^[A-Za-z0-9.:]+$/

/** Throws on an empty part or one with a character outside letters, digits, `.` and `:`: that is a programming error. */
export const streamName = (category: Category, ...parts: readonly string[]): StreamName => {
  if (parts.length === 0) throw new Error(`a ${category} stream needs at least one id part`)
  for (const part of parts) {
    if (!partPattern.test(part)) throw new Error(`bad id part ${JSON.stringify(part)} for a ${category} stream`)
  }
  return `${category}-${parts.join("_")}` as StreamName
}

export type ParsedStreamName = { readonly category: Category; readonly parts: readonly string[] }

/** Null for a name that no `streamName` call can have made. */
export const parseStreamName = (name: string): ParsedStreamName | null => {
  const dash = name.indexOf("-")
  if (dash < 0) return null
  const category = categories.find((candidate) => candidate === name.slice(0, dash))
  const parts = name.slice(dash + 1).split("_")
  if (category === undefined || !parts.every((part) => partPattern.test(part))) return null
  return { category, parts }
}

/** Which part of the name, by category, is the person key; null where the stream is not about one person. */
const personPart: Readonly<Record<Category, number | null>> = {
  Person: 0,
  Enrollment: 2,
  Transfer: 0,
  Overlap: 0,
  Benefit: 0,
  Feed: null,
  Policy: null,
  // About a person, and no part of their record: reading, or doubting a number, must not change what is read.
  Access: null,
  Appeal: null,
  // An auditor's: it names persons' facts, and is nobody's record.
  Workpaper: null,
}

/** The person whose record a stream belongs to, the unit of order everywhere downstream; null for feeds, policies, reads, appeals. */
export const personOf = (name: StreamName): string | null => {
  const dash = name.indexOf("-")
  const index = personPart[name.slice(0, dash) as Category]
  if (index === null || index === undefined) return null
  return name.slice(dash + 1).split("_")[index] ?? null
}

const readersOf = "Access-"
const besideRecord: readonly string[] = ["Access", "Appeal"]

/** Whether a stream says who read a record: nothing that anybody's record, balance or statistics is made of. */
export const isOfReads = (name: StreamName): boolean => name.startsWith(readersOf)

/** Whom a stream is about, for those who may not see everybody: as `personOf`, and whose record was read, who appeals. */
export const subjectOf = (name: StreamName): string | null => {
  const dash = name.indexOf("-")
  return besideRecord.includes(name.slice(0, dash)) ? (name.slice(dash + 1).split("_")[0] ?? null) : personOf(name)
}
