export const limits = {
  /** Partitions of `ledger.facts`: more than any group has members. */
  partitions_facts: 8,
  partitions_small: 4,
  batch_events_max: 500,
  lag_seconds_max: 60,
  /** A relay that has not written its checkpoint for so long asks whether it is still the owner before it sends. */
  confirm_ms: 1_000,
  page_events: 1_000,
  /** Differences that a report names; all are counted. */
  named_max: 10_000,
  /** Events that wait for their copy during a reconciliation, some 300 bytes each. */
  waiting_max: 100_000,
  /** Days start at midnight in China, which has one time zone and no summer time. */
  timeZone_ms: 8 * 3_600_000,
  /** A day and two hours: one night may be late, none may be left out. */
  reconciliationAge_ms_max: 26 * 3_600_000,
} as const
