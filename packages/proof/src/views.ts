/** Two copies of one log (what two readers were shown): the first entry at which they part. */
import { sameBytes } from "./bytes.js"
import { viewEntry } from "./entry-view.js"
import type { LogReader } from "./reader.js"
import type { Difference } from "./rewritten.js"

/** Perfect subtrees that cover `[0, size)`, left to right. */
const peaks = (size: number): { readonly height: number; readonly index: number }[] => {
  const found: { height: number; index: number }[] = []
  let at = 0
  for (let height = Math.floor(Math.log2(Math.max(size, 1))); height >= 0 && at < size; height--) {
    const span = 2 ** height
    if (size - at < span) continue
    found.push({ height, index: at / span })
    at += span
  }
  return found
}

/**
 * Goes down from the top to the first differing leaf: some forty hashes for a log of any size.
 * Null when one view is the beginning of the other.
 */
export const firstDifference = async (one: LogReader, other: LogReader): Promise<Difference | null> => {
  const differs = async (height: number, index: number): Promise<boolean> =>
    !sameBytes(await one.node(height, index), await other.node(height, index))
  for (const peak of peaks(Math.min(one.size, other.size))) {
    if (!(await differs(peak.height, peak.index))) continue
    let { height, index } = peak
    for (; height > 0; height--) {
      index *= 2
      if (!(await differs(height - 1, index))) index++
    }
    const [published, found] = [viewEntry(await one.entry(index)), viewEntry(await other.entry(index))]
    return { kind: published.id === found.id ? "altered" : "moved", index, published, found }
  }
  return null
}
