/**
 * The outcomes of a feed as a file: one line per row, and after each window a line `#{tally}`. A feed that was interrupted reads
 * back what is whole, cuts off the rest and goes on from there; the result files are made from it.
 * Lines: `a` accepted, `u` unchanged, `w[…warnings]`, `r{…refusal}`. Values in them are short and never an ID number or a name.
 */
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, truncate } from "node:fs/promises"
import { createInterface } from "node:readline"
import type { Refusal } from "@tongzhang/contracts/refusals"
import type { RowWarning } from "@tongzhang/contracts/refusals-intake"
import { accepted, type RowOutcome, unchanged } from "../rows/outcome.js"
import { emptyTally, type Tally } from "./tally.js"

const lineOf = (outcome: RowOutcome): string => {
  switch (outcome.status) {
    case "accepted":
      return "a"
    case "unchanged":
      return "u"
    case "accepted_with_warning":
      return `w${JSON.stringify(outcome.warnings)}`
    case "refused":
      return `r${JSON.stringify(outcome.refusal)}`
  }
}

const outcomeOf = (line: string): RowOutcome => {
  switch (line.charAt(0)) {
    case "a":
      return accepted
    case "u":
      return unchanged
    case "w":
      return { status: "accepted_with_warning", warnings: JSON.parse(line.slice(1)) as RowWarning[] }
    case "r":
      return { status: "refused", refusal: JSON.parse(line.slice(1)) as Refusal }
    default:
      throw new Error(`outcomes: unknown line ${line.slice(0, 20)}`)
  }
}

export type OutcomeWriter = {
  /** Outcomes of one window in row order, and the tally up to and with it. */
  readonly window: (outcomes: readonly RowOutcome[], tally: Tally) => Promise<void>
  readonly close: () => Promise<void>
}

/** Appends to the file, after `recoverOutcomes` has cut it to whole windows; `fresh` starts it anew. */
export const openOutcomes = async (path: string, fresh: boolean): Promise<OutcomeWriter> => {
  const file = await open(path, fresh ? "w" : "a")
  return {
    window: async (outcomes, tally) => {
      await file.appendFile(`${outcomes.map(lineOf).join("\n")}${outcomes.length > 0 ? "\n" : ""}#${JSON.stringify(tally)}\n`)
    },
    close: () => file.close(),
  }
}

const lines = (path: string): AsyncIterable<string> => createInterface({ input: createReadStream(path, "utf8"), crlfDelay: 0 })

/** The tally of the whole windows on file; what follows the last of them is cut off. */
export const recoverOutcomes = async (path: string): Promise<Tally> => {
  let tally = emptyTally
  let offset = 0
  let whole = 0
  try {
    for await (const line of lines(path)) {
      offset += Buffer.byteLength(line) + 1
      if (!line.startsWith("#") || !line.endsWith("}")) continue
      // Counts that an earlier build did not keep begin at nought.
      tally = { ...emptyTally, ...(JSON.parse(line.slice(1)) as Partial<Tally>) }
      whole = offset
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return emptyTally
    throw error
  }
  await truncate(path, whole)
  return tally
}

/** Every row's outcome, in row order. */
export async function* readOutcomes(path: string): AsyncGenerator<RowOutcome> {
  for await (const line of lines(path)) if (!line.startsWith("#") && line !== "") yield outcomeOf(line)
}

/** SHA-256 over the rows' lines: the same rows with the same fate have the same hash, interrupted or not. */
export const outcomesHash = async (path: string): Promise<string> => {
  const hash = createHash("sha256")
  for await (const line of lines(path)) if (!line.startsWith("#")) hash.update(`${line}\n`)
  return hash.digest("hex")
}
