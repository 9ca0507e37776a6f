/** Branded identifiers. They are made at the edges (contracts, identity) and only passed on inside. */

/** Keyed hash of a citizen ID number: 32 lowercase hex characters. */
export type PersonKey = string & { readonly PersonKey: unique symbol }
/** A line of a province's books (流水号), unique within province and scheme; the first system gives it and everybody keeps it. */
export type LineId = string & { readonly LineId: unique symbol }
/** `{personKey}_{serial}`: one N-to-1 application. */
export type TransferId = string & { readonly TransferId: unique symbol }
/** One relation of a person, `{province}_{scheme}`: unique within the person. */
export type RelationKey = string & { readonly RelationKey: unique symbol }
/** Calendar date `YYYY-MM-DD` in China (+08:00). */
export type DateText = string & { readonly DateText: unique symbol }

const personKeyPattern = /^[0-9a-f]{32}$/
export const isPersonKey = (text: string): text is PersonKey => personKeyPattern.test(text)

export const relationKey = (province: string, scheme: string): RelationKey => `${province}_${scheme}` as RelationKey
/** A moment, `YYYY-MM-DDTHH:MM:SS.mmmZ` in UTC: earlier is smaller as text, too. */
export type Instant = string & { readonly Instant: unique symbol }

export const instantOf = (ms: number): Instant => new Date(ms).toISOString() as Instant
