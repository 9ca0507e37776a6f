/** A file or row that cannot be read: thrown while streaming (an iterator has no other way out), caught once per feed. */
import type { FileRefusal } from "@tongzhang/contracts/refusals-intake"

export class FileProblem extends Error {
  override name = "FileProblem"
  constructor(readonly refusal: FileRefusal) {
    super(refusal.code)
  }
}

/** For hints: `64 KiB`, `2048 MiB`. */
export const bytesText = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / (1024 * 1024))} MiB` : `${Math.floor(bytes / 1024)} KiB`
