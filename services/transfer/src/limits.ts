/** Every limit of this service has its name here. */
export const limits = {
  /** As the relay makes them: a topic asked for with another count is an error. */
  partitions_facts: 8,
  partitions_small: 4,
  /** How often the clocks of open legs are looked at. */
  tick_ms: 5_000,
  batch_messages_max: 200,
  retries: 5,
  /** Finished applications the board still shows; older ones are read from the ledger by id. */
  finished_max: 50_000,
  page_default: 50,
  page_max: 200,
  /** Steps one call of the process may take; 32 legs need fewer than this. */
  steps_max: 200,
  lag_seconds_max: 60,
} as const
