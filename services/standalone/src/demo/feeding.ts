/** The provinces send their files: written by the synthetic nation, taken in one after the other. */
import type { FeedFile, Written } from "@tongzhang/nation/feeds"
import type { Ledger } from "../ledger.js"

export type Fed = {
  readonly feeds: number
  readonly rows: number
  readonly accepted: number
  readonly unchanged: number
  readonly refused: number
  readonly events: number
}
export const nothingFed: Fed = { feeds: 0, rows: 0, accepted: 0, unchanged: 0, refused: 0, events: 0 }
export const plus = (a: Fed, b: Fed): Fed => ({
  feeds: a.feeds + b.feeds,
  rows: a.rows + b.rows,
  accepted: a.accepted + b.accepted,
  unchanged: a.unchanged + b.unchanged,
  refused: a.refused + b.refused,
  events: a.events + b.events,
})

/** Feeds one file as its province's agency. Throws when the file as a whole is refused. */
export const feedOne = async (
  ledger: Ledger,
  file: Pick<FeedFile, "path" | "province">,
  onRows: (rows: number) => void = () => {},
): Promise<Fed> => {
  const { path, province } = file
  const actor = { kind: "agency", id: `agency-${province}`, province } as const
  const note = await ledger.intake.feedFile({ path, province, actor, dryRun: false, onProgress: (tally) => onRows(tally.rows) })
  if (note.result === null) throw new Error(`${path}: ${note.failure === null ? "interrupted" : JSON.stringify(note.failure)}`)
  const { rows, accepted, unchanged, refused, events } = note.result
  return { feeds: 1, rows, accepted, unchanged, refused, events }
}

/** Feeds every file in the order in which it would arrive. */
export const feedAll = async (ledger: Ledger, written: Written, onRows: (rows: number) => void): Promise<Fed> => {
  let fed = nothingFed
  for (const file of written.files) {
    const before = fed.rows
    fed = plus(fed, await feedOne(ledger, file, (rows) => onRows(before + rows)))
    onRows(fed.rows)
  }
  return fed
}
