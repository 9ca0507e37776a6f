/** Every bound of the embedded store, with the reason for its size. Tests shrink some of them. */
export type EmbeddedLimits = {
  /** A commit takes at most this many events, so that one caller's flood does not hold back the others' answers. */
  readonly commitEventsMax: number
  /** ... and at most about this many bytes; a single larger append still goes alone in its own commit. */
  readonly commitBytesMax: number
  /** A block is closed when the next append would pass this: four pages less the 16 bytes LMDB keeps per overflow run. */
  readonly blockBytes: number
  readonly appendEventsMax: number
  /** Data + metadata of one append. */
  readonly appendBytesMax: number
  /** Appends waiting for a commit; one more is refused with `unknown`, so that a stuck disk cannot fill the memory. */
  readonly appendsWaitingMax: number
  /** Stream heads kept in memory, some 200 bytes each; those not yet written down always stay. */
  readonly headsCachedMax: number
  /** Heads changed since they were last written down, and events since then: when either is passed a write-down begins. */
  readonly headsDirtyMax: number
  readonly eventsBetweenHeadsMax: number
  /** Heads written down per commit. */
  readonly headsPerCommitMax: number
  /** With less than this free on the disk nothing is written: LMDB must never meet a full disk itself, see `files.ts`. */
  readonly diskFreeBytesMin: number
  /** One page of the log looks at no more than this, whatever matches. */
  readonly pageScanEventsMax: number
  readonly pageBytesMax: number
  /** Decoded events kept for the next follower that asks for them, some 1 KB each: two of the largest pages that are asked for. */
  readonly eventsDecodedMax: number
}

export const defaultLimits: EmbeddedLimits = {
  commitEventsMax: 2_000,
  commitBytesMax: 4 * 1024 * 1024,
  blockBytes: 4 * 4096 - 16,
  appendEventsMax: 10_000,
  appendBytesMax: 16 * 1024 * 1024,
  appendsWaitingMax: 200_000,
  headsCachedMax: 500_000,
  headsDirtyMax: 65_536,
  eventsBetweenHeadsMax: 262_144,
  headsPerCommitMax: 2_000,
  diskFreeBytesMin: 64 * 1024 * 1024,
  pageScanEventsMax: 20_000,
  pageBytesMax: 8 * 1024 * 1024,
  eventsDecodedMax: 10_000,
}
