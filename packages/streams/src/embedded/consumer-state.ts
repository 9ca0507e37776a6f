/**
 * Consumer state on LMDB: one small environment per consumer, every batch one transaction. The disk is waited for on LMDB's own thread:
 * a relay writes after every fact, and a synchronous commit held up everything else in the process for milliseconds each time.
 */
import { mkdirSync } from "node:fs"
import { open } from "lmdb"
import type { ConsumerState } from "../consumer-state.js"
import { commit, durable } from "./commit.js"
import { lockFolder } from "./lock.js"

export const openConsumerState = (options: { readonly path: string }): ConsumerState => {
  mkdirSync(options.path, { recursive: true })
  const unlock = lockFolder(options.path)
  const database = open<string, string>({ path: options.path, encoding: "string", ...durable })
  // The folder is this process's alone, so taking turns here makes comparing and putting one step.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  const put = (entries: readonly (readonly [key: string, value: string])[]): Promise<void> =>
    commit(database, () => entries.map(([key, value]) => database.put(key, value)))
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
      if (entries.length > 0) await inTurn(() => put(entries))
    },
    compareAndPut: (key, expected, value) =>
      inTurn(async () => {
        if ((database.get(key) ?? null) !== expected) return false
        await put([[key, value]])
        return true
      }),
    close: async () => {
      await turn
      await database.close()
      unlock()
    },
  }
}
