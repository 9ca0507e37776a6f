/** A file or row that cannot be read: thrown while streaming (an iterator has no other way out), caught once per feed. */
import type { FileRefusal } from "@tongzhang/contracts/refusals-intake"

export class FileProblem extends Error {
  override name = "FileProblem"
  constructor(readonly refusal: FileRefusal) {
    super(refusal.code)
  }
}
