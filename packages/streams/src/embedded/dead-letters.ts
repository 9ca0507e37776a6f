import type { RootDatabase } from "lmdb"
import type { DeadLetter } from "../port.js"
import { addParked, type MutableQuarantine } from "../quarantine.js"
import { commit } from "./commit.js"
import type { Topic } from "./log.js"

/** Parked messages, durable, with a copy of the message; and the marks of keys whose letters were released for replay. */
export type DeadLetterStore = {
  readonly list: (topic: Topic, group: string, max: number) => DeadLetter[]
  readonly get: (topic: Topic, group: string, partition: number, offset: number) => DeadLetter
  /** One quarantine per partition, as it stands in the store. */
  readonly quarantines: (topic: Topic, group: string) => MutableQuarantine[]
  /** All changes in one transaction, durable when it resolves. */
  readonly change: (topic: Topic, group: string, partition: number, changes: LetterChanges) => Promise<void>
}

export type LetterChanges = {
  readonly put?: readonly DeadLetter[]
  readonly remove?: readonly number[]
  /** Offsets of first letters: their keys are to be replayed. */
  readonly release?: readonly number[]
  readonly hold?: readonly number[]
}

type LetterKey = [topicId: number, group: string, partition: number, offset: number]

export const openDeadLetters = (env: RootDatabase): DeadLetterStore => {
  const letters = env.openDB<DeadLetter, LetterKey>("dead-letters", { encoding: "msgpack" })
  const released = env.openDB<true, LetterKey>("released", { encoding: "msgpack" })

  const ofGroup = (topic: Topic, group: string) => ({ start: [topic.id, group], end: [topic.id, group, Infinity] })
  return {
    list: (topic, group, max) =>
      Array.from(letters.getRange({ ...ofGroup(topic, group), limit: max }), ({ value }) => plainLetter(value)),
    get: (topic, group, partition, offset) => {
      const letter = letters.get([topic.id, group, partition, offset])
      if (!letter) throw new Error(`no dead letter of ${group} at ${topic.name}/${partition}/${offset}`)
      return plainLetter(letter)
    },
    quarantines: (topic, group) => {
      const quarantines: MutableQuarantine[] = topic.heads.map(() => new Map())
      for (const { value } of letters.getRange(ofGroup(topic, group)))
        addParked(quarantines[value.partition]!, value.key, value.offset)
      markReleased(quarantines, Array.from(released.getKeys(ofGroup(topic, group))))
      return quarantines
    },
    change: async (topic, group, partition, { put = [], remove = [], release = [], hold = [] }) => {
      const keyOf = (offset: number): LetterKey => [topic.id, group, partition, offset]
      await commit(letters, () => [
        ...put.map((letter) => letters.put(keyOf(letter.offset), letter)),
        ...remove.flatMap((offset) => [letters.remove(keyOf(offset)), released.remove(keyOf(offset))]),
        ...hold.map((offset) => released.remove(keyOf(offset))),
        ...release.map((offset) => released.put(keyOf(offset), true)),
      ])
    },
  }
}

/** A key is released when the mark stands at its FIRST letter. */
const markReleased = (quarantines: readonly MutableQuarantine[], marks: readonly LetterKey[]): void => {
  const marked = new Set(marks.map(([, , partition, offset]) => `${partition} ${offset}`))
  quarantines.forEach((quarantine, partition) => {
    for (const stopped of quarantine.values()) stopped.released = marked.has(`${partition} ${stopped.offsets[0]}`)
  })
}

const plainLetter = (letter: DeadLetter): DeadLetter => ({ ...letter, value: Uint8Array.from(letter.value) })
