/** One pass over an opened file: rows in windows through the engine, outcomes to their file in row order. */
import type { RawRow } from "../reading/csv.js"
import { FileProblem } from "../reading/problem.js"
import type { Source } from "../reading/source.js"
import type { IntakeLimits } from "../limits.js"
import { acceptedWith, refused, type RowOutcome } from "../rows/outcome.js"
import { prepare, type Preparing } from "../rows/prepare.js"
import type { Prepared } from "../rows/prepared.js"
import { isChange } from "../rows/row-command.js"
import { createTranslator } from "../rows/translator.js"
import type { MetadataWriter } from "./encode.js"
import type { Engine, RowResult, WindowResult } from "./engine.js"
import type { PreparedRow } from "./group.js"
import type { OutcomeWriter } from "./outcomes.js"
import { counted, type Tally, type Weight, weightless } from "./tally.js"

export type RunParts = {
  readonly source: Source
  readonly preparing: Preparing
  readonly engine: Engine
  readonly metadata: MetadataWriter
  readonly outcomes: OutcomeWriter
  readonly limits: IntakeLimits
  /** Tally of the rows an earlier, interrupted pass has settled: they are skipped. */
  readonly from: Tally
  /** When continuing: how many events this very row of this feed has in the ledger, from before the interruption or since. */
  readonly writtenBefore: ((prepared: Prepared, row: number) => Promise<number>) | null
  readonly onProgress: (tally: Tally) => void
  readonly signal: AbortSignal
}

type Window = {
  readonly rows: readonly number[]
  readonly refusals: ReadonlyMap<number, RowOutcome>
  readonly prepared: readonly PreparedRow[]
  readonly settled: Promise<WindowResult>
}

const weightOf = ({ command }: Prepared): Weight => ({
  paid_fen: command.act === "contribute" ? command.employer_fen + command.personal_fen + command.subsidy_fen : 0,
  isChange: isChange(command.act),
})

/** Cuts the stream of rows into windows; a file that breaks off late ends with a refused row instead of losing what came before. */
async function* windowsOf(
  rows: AsyncIterable<readonly RawRow[]>,
  limits: IntakeLimits,
  skip: number,
): AsyncGenerator<readonly (RawRow | RowOutcome)[]> {
  let window: (RawRow | RowOutcome)[] = []
  let seen = 0
  try {
    for await (const piece of rows) {
      for (const raw of piece) {
        seen++
        if (raw.row <= skip) continue
        if (raw.row > limits.rows_max) throw new FileProblem({ code: "FILE_TOO_MANY_ROWS", limit: limits.rows_max })
        window.push(raw)
        if (window.length < limits.window_rows) continue
        yield window
        window = []
      }
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    if (seen >= skip) window.push(refused(error.refusal))
  }
  if (window.length > 0) yield window
}

const resultFor = (window: Window, results: WindowResult, row: number): RowResult => {
  const outcome = window.refusals.get(row)
  if (outcome !== undefined) return { outcome, events: 0 }
  const result = results.of(row)
  if (result === null) throw new Error(`row ${row} has no outcome`)
  return result
}

export const runRows = async (parts: RunParts): Promise<Tally> => {
  const { engine, limits, metadata, outcomes, preparing, source } = parts
  const translate = createTranslator(source.header)
  let tally = parts.from
  let nextRow = parts.from.rows

  const start = async (items: readonly (RawRow | RowOutcome)[]): Promise<Window> => {
    const rows: number[] = []
    const refusals = new Map<number, RowOutcome>()
    const prepared: PreparedRow[] = []
    for (const item of items) {
      const row = ++nextRow
      rows.push(row)
      if ("status" in item) {
        refusals.set(row, item)
        continue
      }
      const translated = translate(item)
      const ready = "refusal" in translated ? translated : prepare(translated.command, preparing)
      if ("refusal" in ready) refusals.set(row, refused(ready.refusal))
      else prepared.push({ row, prepared: ready.prepared })
    }
    const { settled } = await engine.begin(prepared, metadata)
    return { rows, refusals, prepared, settled }
  }

  // What the interrupted pass wrote without noting it lies in the windows that were under way; with no notes left, anywhere.
  const doubtUpTo = parts.from.rows === 0 ? Infinity : parts.from.rows + (limits.windows_inFlight_max + 2) * limits.window_rows

  /** A row that the interrupted pass had written, but not yet noted, is found unchanged now: it was accepted. */
  const corrected = async (result: RowResult, prepared: Prepared | undefined, row: number): Promise<RowResult> => {
    const { outcome } = result
    if (parts.writtenBefore === null || prepared === undefined || outcome.status === "refused" || row > doubtUpTo) return result
    const events = await parts.writtenBefore(prepared, row)
    if (events === 0) return result
    return { outcome: outcome.status === "unchanged" ? acceptedWith(outcome.warnings ?? []) : outcome, events }
  }

  const finish = async (window: Window): Promise<void> => {
    const results = await window.settled
    // Both lists are in row order.
    let next = 0
    const list: RowOutcome[] = []
    for (const row of window.rows) {
      const prepared = window.prepared[next]?.row === row ? window.prepared[next++]?.prepared : undefined
      const first = resultFor(window, results, row)
      const result = parts.writtenBefore === null ? first : await corrected(first, prepared, row)
      list.push(result.outcome)
      tally = counted(tally, result, prepared === undefined ? weightless : weightOf(prepared))
    }
    await outcomes.window(list, tally)
    parts.onProgress(tally)
  }

  const flying: Window[] = []
  for await (const items of windowsOf(source.rows, limits, parts.from.rows)) {
    if (parts.signal.aborted) break
    flying.push(await start(items))
    const oldest = flying.length > limits.windows_inFlight_max ? flying.shift() : undefined
    if (oldest !== undefined) await finish(oldest)
  }
  for (const window of flying) await finish(window)
  return tally
}
