/**
 * Which keys of a partition stand still: the offsets of their parked messages, in order. A key leaves the quarantine when its
 * last parked message has been handled.
 */
export type Quarantine = ReadonlyMap<string, StoppedKey>

export type StoppedKey = {
  readonly offsets: readonly number[]
  /** Its parked messages shall be handed to the group again. */
  readonly released: boolean
}

export type MutableQuarantine = Map<string, { offsets: number[]; released: boolean }>

/** The offset that stops a message of this key, or undefined when it may be handled. Messages before the stop may. */
export const stopFor = (quarantine: Quarantine, key: string, offset: number): number | undefined => {
  const first = quarantine.get(key)?.offsets[0]
  return first !== undefined && first <= offset ? first : undefined
}

export const isParked = (quarantine: Quarantine, key: string, offset: number): boolean => {
  const offsets = quarantine.get(key)?.offsets
  return offsets !== undefined && offsets[firstAtOrAfter(offsets, offset)] === offset
}

/** Adds a parked offset; one that is there already changes nothing. */
export const addParked = (quarantine: MutableQuarantine, key: string, offset: number): void => {
  const stopped = quarantine.get(key)
  if (!stopped) {
    quarantine.set(key, { offsets: [offset], released: false })
    return
  }
  const at = firstAtOrAfter(stopped.offsets, offset)
  if (stopped.offsets[at] !== offset) stopped.offsets.splice(at, 0, offset)
}

export const removeParked = (quarantine: MutableQuarantine, key: string, offset: number): void => {
  const stopped = quarantine.get(key)
  if (!stopped) return
  const at = firstAtOrAfter(stopped.offsets, offset)
  if (stopped.offsets[at] === offset) stopped.offsets.splice(at, 1)
  if (stopped.offsets.length === 0) quarantine.delete(key)
}

/** Up to `max` offsets of released keys, each key's in order and none left out before one taken; sorted. */
export const pickReleased = (quarantine: Quarantine, max: number): number[] => {
  const picked: number[] = []
  for (const { offsets, released } of quarantine.values()) {
    if (!released) continue
    for (const offset of offsets) if (picked.push(offset) >= max) return picked.toSorted((a, b) => a - b)
  }
  return picked.toSorted((a, b) => a - b)
}

const firstAtOrAfter = (offsets: readonly number[], offset: number): number => {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (offsets[middle]! < offset) low = middle + 1
    else high = middle
  }
  return low
}
