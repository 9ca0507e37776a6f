/** Every bound of the projector, with the reason for its size. */
export type ProjectorLimits = {
  /** Facts taken from the store at once. */
  readonly batchEvents_max: number
  /**
   * States kept in memory, about 4.5 KB each (measured). Provinces pay month by month, so each person comes round again: below the
   * number of active persons nearly every state is read back from the store (measured: 0.25 of the speed of raw upserts instead of 0.43).
   */
  readonly statesCached_max: number
  /** Changed persons waiting for the write in progress; past this the fold waits, so that a slow store cannot fill the memory. */
  readonly personsWaiting_max: number
  /** Facts folded and not yet written. */
  readonly eventsWaiting_max: number
  /**
   * How long the checkpoint may wait when only reads of records were passed over since it was written: every read is a fact (ADR 11),
   * and a transaction for each would cost as much as the reading.
   */
  readonly readsPassedOver_ms: number
  /** Persons loaded per query. */
  readonly loadPersons_max: number
  /** Persons set aside are tried again this often, and so many times; after that only by hand. */
  readonly retryQuarantined_ms: number
  readonly retryQuarantined_max: number
  /** Readiness fails above this lag. */
  readonly lag_seconds_max: number
}

export const projectorLimits_default: ProjectorLimits = {
  batchEvents_max: 5_000,
  statesCached_max: 60_000,
  personsWaiting_max: 10_000,
  eventsWaiting_max: 100_000,
  readsPassedOver_ms: 250,
  loadPersons_max: 1_000,
  retryQuarantined_ms: 30_000,
  retryQuarantined_max: 10,
  lag_seconds_max: 60,
}
