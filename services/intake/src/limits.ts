/** Every bound of the door, with the reason for its size. Tests shrink some of them. */
export type IntakeLimits = {
  /** An uploaded file; a province of 100 million sends a month in about 12 GB, split by region. */
  readonly file_bytes_max: number
  /** A workbook is unpacked in memory, some 20 times its size. */
  readonly xlsx_bytes_max: number
  readonly rows_max: number
  /** One row of text; longer means a quote that was never closed. */
  readonly row_characters_max: number
  /** Rows decided together: enough for the store's group commit, little enough to answer progress twice a second. */
  readonly window_rows: number
  /** Windows whose appends may be under way while the next one is decided. */
  readonly windows_inFlight_max: number
  /** Folded states kept between windows, some 2-6 kB each; at least half of them, so 60,000 streams stay from month to month. */
  readonly states_cached_max: number
  /** Person keys remembered per process (about 200 bytes each). */
  readonly personKeys_remembered_max: number
  /** Tries of one group of rows when somebody else writes the same stream meanwhile. */
  readonly tries_max: number
  readonly feeds_running_max: number
  readonly feeds_waiting_max: number
  /** Months one row may cover: forty years paid at once are 480. */
  readonly monthsPerRow_max: number
  /** How far after the current month a row may lie: a year paid ahead. */
  readonly monthsAhead_max: number
  /** Body of a single command. */
  readonly command_bytes_max: number
  /** idempotency-keys remembered per process. */
  readonly idempotencyKeys_max: number
  /** Parameters published at once, and the body that brings them: all built-in tables are some 1,300 of 400 bytes. */
  readonly policiesPerRequest_max: number
  readonly policies_bytes_max: number
  /** A workbook is written in memory. */
  readonly xlsxResult_rows_max: number
  /** Rows with problems shown in one answer; all of them are in the result file. */
  readonly problemsShown_max: number
  /** A file sent to be looked at, before it is judged. */
  readonly uploads_kept_ms: number
  /** Header rows whose columns an agency has assigned, kept per province. */
  readonly headersRemembered_max: number
  /** Feeds listed in one answer. */
  readonly feedsListed_max: number
}

const mib = 1024 * 1024

export const intakeLimits: IntakeLimits = {
  file_bytes_max: 2_048 * mib,
  xlsx_bytes_max: 32 * mib,
  rows_max: 20_000_000,
  row_characters_max: 100_000,
  window_rows: 4_000,
  windows_inFlight_max: 3,
  states_cached_max: 120_000,
  personKeys_remembered_max: 200_000,
  tries_max: 5,
  feeds_running_max: 2,
  feeds_waiting_max: 100,
  monthsPerRow_max: 600,
  monthsAhead_max: 12,
  command_bytes_max: 64 * 1024,
  idempotencyKeys_max: 10_000,
  policiesPerRequest_max: 5_000,
  policies_bytes_max: 4 * mib,
  xlsxResult_rows_max: 100_000,
  problemsShown_max: 200,
  uploads_kept_ms: 24 * 3_600_000,
  headersRemembered_max: 200,
  feedsListed_max: 500,
}
