/** What somebody did with a record, from the access log's own words. */
const acts = ["lookup", "record", "explain", "accesses"] as const
export type SeenWhat = (typeof acts)[number] | "revealed" | "file" | "other"

/** `record.csv, revealed` -> `revealed`; `explain 44_110 account_fen` -> `explain`. */
export const seenWhat = (what: string): SeenWhat => {
  if (what.endsWith(", revealed")) return "revealed"
  if (what.startsWith("record.")) return "file"
  return acts.find((act) => what === act || what.startsWith(`${act} `)) ?? "other"
}
