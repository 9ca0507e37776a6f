import type { Database } from "lmdb"

/**
 * Options for the one environment. `overlappingSync: false`: a write is answered after its fsync (the default answers before).
 * `eventTurnBatching: false`: with it, lmdb 3.5 makes a promise of its own per turn, and a failing disk rejects that one
 * unhandled, which ends the process; every write here goes through `commit` instead.
 */
export const durable = { overlappingSync: false, eventTurnBatching: false } as const

/**
 * Runs writes as one transaction, all or none, durable when it resolves.
 *
 * @throws the store's own error, e.g. a full disk
 */
export const commit = async (
  db: Pick<Database, "batch" | "resetReadTxn">,
  writes: () => readonly Promise<boolean>[],
): Promise<void> => {
  let started: readonly Promise<boolean>[] = []
  try {
    const batch = db.batch(() => {
      started = writes()
    })
    await Promise.all([batch, ...started])
    // lmdb keeps one read snapshot per turn of the loop. One opened earlier in this turn is older than the commit, and a reader
    // told of the new messages would not see them: a consumer then waits for ever (seen in a demo of 3,000 persons).
    db.resetReadTxn()
  } catch (failure) {
    // lmdb answers "see commitError": a promise that rejects with the reason.
    await (failure as { readonly commitError?: Promise<unknown> }).commitError
    throw failure
  }
}
