/** "As the ledger knew it then": a log position, a moment, or a day of China (its end). */
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { z } from "zod"

export type KnownAt = { readonly position: Position } | { readonly at_ms: number } | null

const day = /^\d{4}-\d\d-\d\d$/u
const lastMoment = (date: string): number => Date.parse(`${date}T23:59:59.999+08:00`)
const momentText = z.iso.datetime({ offset: true })
const positionText = /^[\w.:-]{1,80}$/u

export const knownAtText = z
  .string()
  .refine((text) => momentText.safeParse(text).success || positionText.test(text), "is no position, moment or date")
  .describe("log position (inclusive), moment with offset, or date (its end in China); absent: everything")

export const knownAtOf = (text: string | undefined): KnownAt => {
  if (text === undefined) return null
  if (day.test(text)) return { at_ms: lastMoment(text) }
  return momentText.safeParse(text).success ? { at_ms: Date.parse(text) } : { position: text as Position }
}

/** Whether a fact was known then. */
export const wasKnown = (fact: RecordedEvent, knownAt: KnownAt): boolean => {
  if (knownAt === null) return true
  return "position" in knownAt ? fact.position <= knownAt.position : fact.recordedAt <= knownAt.at_ms
}

/** Nothing after this fact can have been known then: positions are in order, times of several writers need not be. */
export const isPast = (fact: RecordedEvent, knownAt: KnownAt): boolean =>
  knownAt !== null && "position" in knownAt && fact.position > knownAt.position
