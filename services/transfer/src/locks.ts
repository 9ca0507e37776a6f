/** One thing at a time per key: two callers of one application take turns instead of meeting in a conflict. */
export type Locks = { readonly run: <T>(key: string, work: () => Promise<T>) => Promise<T> }

export const createLocks = (): Locks => {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run: async (key, work) => {
      const before = tails.get(key) ?? Promise.resolve()
      const mine = before.then(work, work)
      tails.set(key, mine)
      try {
        return await mine
      } finally {
        if (tails.get(key) === mine) tails.delete(key)
      }
    },
  }
}
