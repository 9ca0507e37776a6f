/**
 * Bounded map with two generations: what was not asked for during a whole generation is let go. An LRU list keeps exact order, which
 * nobody needs here, at three times the cost per row.
 */
export type Held<K, V> = {
  readonly get: (key: K) => V | undefined
  readonly set: (key: K, value: V) => void
  readonly delete: (key: K) => void
}

/** Holds between `max / 2` and `max` entries once it is full. */
export const createHeld = <K, V>(max: number): Held<K, V> => {
  const half = Math.max(1, Math.floor(max / 2))
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  const set = (key: K, value: V): void => {
    young.set(key, value)
    if (young.size < half) return
    old = young
    young = new Map()
  }
  return {
    get: (key) => {
      const found = young.get(key)
      if (found !== undefined) return found
      const aged = old.get(key)
      if (aged !== undefined) set(key, aged)
      return aged
    },
    set,
    delete: (key) => {
      young.delete(key)
      old.delete(key)
    },
  }
}
