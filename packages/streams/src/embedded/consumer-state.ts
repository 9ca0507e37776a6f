/** Consumer state on LMDB: one small environment per consumer, every batch one transaction. */
import { mkdirSync } from "node:fs"
import { open } from "lmdb"
import type { ConsumerState } from "../consumer-state.js"
import { lockFolder } from "./lock.js"

export const openConsumerState = (options: { readonly path: string }): ConsumerState => {
  mkdirSync(options.path, { recursive: true })
  const unlock = lockFolder(options.path)
  const database = open<string, string>({ path: options.path, encoding: "string", overlappingSync: false })
  return {
    getMany: async (keys) => {
      const found = new Map<string, string>()
      for (const key of keys) {
        const value = database.get(key)
        if (value !== undefined) found.set(key, value)
      }
      return found
    },
    putMany: async (entries) => {
      if (entries.length === 0) return
      database.transactionSync(() => {
        for (const [key, value] of entries) void database.put(key, value)
      })
      // As in commit.ts: a snapshot of this turn must not answer for what was just written.
      database.resetReadTxn()
    },
    compareAndPut: async (key, expected, value) => {
      const put = database.transactionSync(() => {
        if ((database.get(key) ?? null) !== expected) return false
        void database.put(key, value)
        return true
      })
      database.resetReadTxn()
      return put
    },
    close: async () => {
      await database.close()
      unlock()
    },
  }
}
