import { setTimeout as sleep } from "node:timers/promises"
import type { ConsumeOptions, Delivered, Parked } from "./port.js"

export type Delivery =
  /** Every message has had its effect, except the parked ones. */
  | { readonly kind: "handled"; readonly parked: readonly Parked[] }
  /** The consumer was stopped between two attempts: nothing may be committed. */
  | { readonly kind: "interrupted" }

export type DeliveryOptions = Pick<ConsumeOptions, "onBatch" | "waitsOut" | "onParked"> & {
  readonly retries: number
  readonly backoff_ms: number
  readonly signal: AbortSignal
}

const longestBackoff_ms = 30_000
/** Between two looks whether an engine is there again. */
const longestWait_ms = 2_000

/**
 * Hands a batch of one partition to the handler: the whole batch up to 1 + `retries` times, then each message alone up to as
 * many times. A message that still fails is parked, and with it the later messages of its key in this batch.
 */
export const deliver = async (batch: readonly Delivered[], options: DeliveryOptions): Promise<Delivery> => {
  const whole = await attempt(batch, options)
  if (whole.kind === "done") return { kind: "handled", parked: [] }
  if (whole.kind === "interrupted") return whole
  const parked: Parked[] = []
  const stoppedKeys = new Map<string, number>()
  for (const message of batch) {
    const behind = stoppedKeys.get(message.key)
    if (behind !== undefined) {
      parked.push(parkedBehind(message, behind))
      continue
    }
    // A batch of one has had its attempts already.
    const alone = batch.length === 1 ? whole : await attempt([message], options)
    if (alone.kind === "interrupted") return alone
    if (alone.kind === "failed") {
      const attempts = batch.length === 1 ? alone.attempts : whole.attempts + alone.attempts
      parked.push({ message, cause: alone.cause, attempts })
      stoppedKeys.set(message.key, message.offset)
    }
  }
  return { kind: "handled", parked }
}

/** @param offset of the message of the same key that stops this one */
export const parkedBehind = (message: Delivered, offset: number): Parked => ({
  message,
  cause: `waits behind offset ${offset} of the same key`,
  attempts: 0,
})

type Attempt =
  | { readonly kind: "done" }
  | { readonly kind: "interrupted" }
  | { readonly kind: "failed"; readonly cause: string; readonly attempts: number }

const attempt = async (messages: readonly Delivered[], options: DeliveryOptions): Promise<Attempt> => {
  let attempts = 0
  for (let waits = 0; ;) {
    let pause_ms: number
    try {
      await options.onBatch(messages)
      return { kind: "done" }
    } catch (cause) {
      if (options.waitsOut?.(cause) === true) pause_ms = Math.min(options.backoff_ms * 2 ** waits++, longestWait_ms)
      else {
        attempts++
        if (attempts > options.retries) return { kind: "failed", cause: causeText(cause), attempts }
        pause_ms = Math.min(options.backoff_ms * 2 ** (attempts - 1), longestBackoff_ms)
      }
    }
    const woken = await sleep(pause_ms, true, { signal: options.signal }).catch(() => false)
    if (!woken) return { kind: "interrupted" }
  }
}

const causeText = (cause: unknown): string => (cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause))
