/** Read your own write: wait until the record has folded everything up to a position. */
import type { Position } from "@tongzhang/event-store/port"
import type { RecordDb } from "./database.js"

/** The projector's name in the checkpoint table. */
export const recordCheckpoint = "record"

export type Progress = {
  /**
   * True once the record has reached the position, false after `timeout_ms`. Does not say that a person in quarantine is up to date.
   */
  readonly waitFor: (position: Position, timeout_ms: number) => Promise<boolean>
  readonly close: () => void
}

/** How often another process's projector is asked; one in this process says so by itself. */
const poll_ms = 50

export const createProgress = (record: RecordDb): Progress => {
  let reached = ""
  const waiting = new Set<{ readonly position: string; readonly wake: () => void }>()
  const advance = (position: string): void => {
    if (position > reached) reached = position
    for (const waiter of waiting) if (waiter.position <= reached) waiter.wake()
  }
  const ask = async (): Promise<void> => {
    const { db } = record
    const row = await db.selectFrom("checkpoint").select("position").where("name", "=", recordCheckpoint).executeTakeFirst()
    if (row !== undefined) advance(row.position)
  }
  const stop = record.onChange(({ persons, position }) => {
    if (persons === null) reached = ""
    if (position !== null) advance(position)
  })

  const wait = (position: string, timeout_ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (met: boolean): void => {
        clearTimeout(timer)
        clearInterval(poll)
        waiting.delete(waiter)
        resolve(met)
      }
      const waiter = { position, wake: () => settle(true) }
      const timer = setTimeout(() => settle(false), timeout_ms)
      const poll = setInterval(() => void ask().catch(() => {}), poll_ms)
      waiting.add(waiter)
    })

  return {
    waitFor: async (position, timeout_ms) => {
      if (position <= reached) return true
      await ask()
      return position <= reached ? true : wait(position, timeout_ms)
    },
    close: stop,
  }
}
