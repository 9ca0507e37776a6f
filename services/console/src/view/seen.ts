/** What somebody did with a record, from the access log's own words. */
const acts = {
  lookup: "lookup",
  record: "record",
  explain: "explain",
  accesses: "accesses",
  replay: "replay",
  events: "replay",
  diff: "replay",
  receipt: "receipt",
  event: "receipt",
  bundle: "bundle",
  postings: "postings",
  paid: "record",
  transfer: "transfer",
  overlap: "overlap",
  appeal: "appeal",
  masked: "lookup",
  workpaper: "workpaper",
} as const
export type SeenWhat = (typeof acts)[keyof typeof acts] | "revealed" | "file" | "other"

/** `record.csv, revealed` -> `revealed`; `explain 44_110 account_fen` -> `explain`. */
export const seenWhat = (what: string): SeenWhat => {
  if (what.endsWith(", revealed")) return "revealed"
  if (what.startsWith("record.")) return "file"
  const [first = ""] = what.split(/[ ,:/]/u)
  return Object.hasOwn(acts, first) ? acts[first as keyof typeof acts] : "other"
}
