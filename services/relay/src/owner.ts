/**
 * Who may move the relay's checkpoint. Owner and position are one value under one key, and every write names the value it
 * replaces: a relay that was paused and replaced finds another value and can never write again (fencing, engineering.md B4).
 */
import type { Position } from "@tongzhang/event-store/port"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"

const checkpointKey = "relay:checkpoint"
/** Where the position stood before there were owners. */
const positionKey_old = "relay:position"

/** Thrown to the owner that is none any more. Nothing it could do helps: a newer relay is at work. */
export class Replaced extends Error {
  constructor(epoch: number, newer: number) {
    super(`relay epoch ${epoch} was replaced by epoch ${newer}`)
    this.name = "Replaced"
  }
}

export type Ownership = {
  /** Grows by one with each owner; no two owners share one. */
  readonly epoch: number
  /** Everything up to here is on the topic. */
  readonly position: () => Position | null
  /** Durable when it resolves. @throws Replaced, and what the state's engine throws (then it may have been written: resume) */
  readonly advance: (upTo: Position) => Promise<void>
  /** @throws Replaced */
  readonly confirm: () => Promise<void>
}

type Checkpoint = { readonly epoch: number; readonly position: Position | null }

const textOf = ({ epoch, position }: Checkpoint): string => JSON.stringify({ epoch, position })

type Stored = { readonly text: string | null; readonly checkpoint: Checkpoint }

const read = async (state: ConsumerState): Promise<Stored> => {
  const found = await state.getMany([checkpointKey, positionKey_old])
  const text = found.get(checkpointKey) ?? null
  if (text !== null) return { text, checkpoint: JSON.parse(text) as Checkpoint }
  return { text, checkpoint: { epoch: 0, position: (found.get(positionKey_old) as Position | undefined) ?? null } }
}

/** Where any relay of this state has come to, whoever owns it. */
export const relayedUpTo = async (state: ConsumerState): Promise<Position | null> => (await read(state)).checkpoint.position

const owned = (state: ConsumerState, from: Checkpoint): Ownership => {
  let { position } = from
  const { epoch } = from
  const confirm = async (): Promise<void> => {
    const { checkpoint } = await read(state)
    if (checkpoint.epoch !== epoch) throw new Replaced(epoch, checkpoint.epoch)
  }
  return {
    epoch,
    position: () => position,
    confirm,
    advance: async (upTo) => {
      if (!(await state.compareAndPut(checkpointKey, textOf({ epoch, position }), textOf({ epoch, position: upTo })))) {
        await confirm()
        throw new Error("the relay's checkpoint was changed by hand")
      }
      position = upTo
    },
  }
}

/** Becomes the owner, whoever was it before: the one that starts last wins. */
export const claim = async (state: ConsumerState): Promise<Ownership> => {
  for (;;) {
    const { text, checkpoint } = await read(state)
    const mine = { epoch: checkpoint.epoch + 1, position: checkpoint.position }
    if (await state.compareAndPut(checkpointKey, text, textOf(mine))) return owned(state, mine)
  }
}

/** Goes on as the same owner after a failure, from what is stored. @throws Replaced */
export const resume = async (state: ConsumerState, epoch: number): Promise<Ownership> => {
  const { checkpoint } = await read(state)
  if (checkpoint.epoch !== epoch) throw new Replaced(epoch, checkpoint.epoch)
  return owned(state, checkpoint)
}
