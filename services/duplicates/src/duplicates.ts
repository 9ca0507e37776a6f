/**
 * Duplicates: follows the facts, keeps each person's month bitmaps, and tells the overlap cases what it sees. It opens cases and
 * proposes; an agency decides (routes.ts); then it clears.
 */
import type { AccessLog } from "@tongzhang/engines/access-log"
import type { Clock } from "@tongzhang/service-kit/clock"
import { type Fact, decodeFact, topics } from "@tongzhang/contracts/fact-message"
import * as Benefit from "@tongzhang/domain/benefit"
import { streamOf as enrollmentStreamOf } from "@tongzhang/domain/enrollment"
import type { LineId, PersonKey } from "@tongzhang/domain/ids"
import type { MonthRange } from "@tongzhang/domain/month-set"
import type { Fen } from "@tongzhang/domain/money"
import * as Overlap from "@tongzhang/domain/overlap"
import { personOf } from "@tongzhang/domain/stream-name"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import { engineIsAway } from "@tongzhang/service-kit/engine-away"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { createStopped, lagOf } from "@tongzhang/service-kit/stopped"
import { supervise, supervisedCheck, type Supervised } from "@tongzhang/service-kit/supervise"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import type { Consumer, Delivered, Streams } from "@tongzhang/streams/port"
import { isLeft } from "fp-ts/lib/Either.js"
import { LRUCache } from "lru-cache"
import type { Logger } from "pino"
import { clearCase, clearRefunded, mayBeUndone, releaseClaims } from "./clear.js"
import { detect, type Finding, laterClaim } from "./detect.js"
import { processMetadata } from "./metadata.js"
import { enrollment, isBenefit, propose, relationOf } from "./propose.js"
import { type CaseIndex, duplicatesRoutes } from "./routes.js"
import { apply, newPerson, type PersonSides, place } from "./sides.js"
import { createWindows } from "./windows.js"

export const limits = {
  batch_messages_max: 2_000,
  persons_cached_max: 50_000,
  /** Persons worked on at the same time: their appends share one group commit. */
  persons_inflight_max: 64,
  lag_seconds_max: 60,
  /** How often decided cases are looked at whose window may be over. */
  tick_ms: 5_000,
} as const

export type DuplicatesDependencies = {
  readonly aggregates: AggregateStore
  readonly streams: Streams
  readonly state: ConsumerState
  /** List of cases for the queue; a read model, so a little behind. */
  readonly cases: CaseIndex
  /** Reads of a case are in the person's list of readers; durable when it resolves. */
  readonly logAccess: AccessLog["append"]
  readonly clock: Clock
  readonly logger: Logger
  /** Reads the history of a case. */
  readonly store: Pick<EventStore, "readStream">
  /** In [0, 1). */
  readonly random: () => number
  /** How long a decision may be taken back before it is cleared; 0: it is cleared at once. */
  readonly undo_seconds?: number
  /** Above this refund a second officer decides; null: one is enough, whatever it costs. */
  readonly approval_limit_fen?: Fen | null
  /** How often windows are looked at; null: only when `tick` is called (tests). */
  readonly tick_ms?: number | null
}

export type DuplicatesService = {
  readonly plugin: ServicePlugin
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly checks: readonly HealthCheck[]
  /** Clears, once and now, what was decided and can no longer be taken back. */
  readonly tick: () => Promise<unknown>
  /** Resolves when every fact published before the call has been looked at. */
  readonly idle: () => Promise<void>
}

export const createDuplicatesService = (deps: DuplicatesDependencies): DuplicatesService => {
  const { aggregates, streams, state, clock, logger } = deps
  const tick_ms = deps.tick_ms === undefined ? limits.tick_ms : deps.tick_ms
  const windows = createWindows({ aggregates, cases: deps.cases, clock, logger })
  const cache = new LRUCache<string, PersonSides>({ max: limits.persons_cached_max })
  const stopped = createStopped({ streams, topic: topics.facts, group: "duplicates", logger })
  let consumer: Consumer | null = null
  let loop: Supervised | null = null

  const follow = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await windows.tick()
      await clock.sleep(tick_ms ?? limits.tick_ms, signal)
    }
  }

  const sidesOf = async (persons: readonly string[]): Promise<Map<string, PersonSides>> => {
    const found = new Map<string, PersonSides>()
    const missing: string[] = []
    for (const person of persons) {
      const cached = cache.get(person)
      if (cached === undefined) missing.push(person)
      else found.set(person, cached)
    }
    const stored = await state.getMany(missing)
    for (const person of missing) {
      const text = stored.get(person)
      found.set(person, text === undefined ? newPerson() : (JSON.parse(text) as PersonSides))
    }
    return found
  }

  const tell = async (person: PersonKey, sides: PersonSides, found: Finding, causationId: string): Promise<void> => {
    const stream = Overlap.streamOf(person, found.family)
    const { family: _family, text, ...command } = found
    const run = async (
      step: string,
      decide: (overlap: Overlap.Overlap) => ReturnType<ReturnType<typeof Overlap.detectOverlap>>,
    ): Promise<Overlap.Overlap> => {
      const metadata = processMetadata(`overlap:${found.case}:${step}:${text}:${causationId}`, found.case, causationId)
      const done = await aggregates.execute(Overlap, stream, decide, metadata)
      if (isLeft(done)) throw new Error(`${step} of ${found.case} refused: ${done.left.code}`)
      return done.right.state
    }
    const { cases } = await run("detect", Overlap.detectOverlap(command))
    sides.told[found.case] = text
    // A process may have ended between any two of these steps: each is taken again, and finds what is missing.
    if (cases.get(found.case)?.status !== "open") return
    if (isBenefit(found.kind)) await hold(person, sides, found, causationId)
    const provinces = [...new Set(found.sides.map((side) => side.slice(0, 2)))]
    await run("notify", Overlap.notifyOverlap({ case: found.case, provinces }))
    await run("propose", Overlap.proposeResolution({ case: found.case, ...(await propose(aggregates, person, sides, found)) }))
    const value = Buffer.from(JSON.stringify({ person, case: found.case, kind: found.kind, months: found.months }))
    const headers = { type: "OverlapNotice", causationId }
    await streams.publish(
      topics.notices,
      provinces.map((province) => ({ key: province, value, headers })),
    )
  }

  /** Holds the later of two claims before it is paid; a claim somebody has released stays released. */
  const hold = async (person: PersonKey, sides: PersonSides, found: Finding, causationId: string): Promise<void> => {
    const [a, b] = found.sides.map((side) => sides.claims[side])
    if (a === undefined || b === undefined) return
    const later = laterClaim(a, b)
    const other = found.sides.find((side) => sides.claims[side] !== later) ?? null
    const command = { claim: later.claim, reason: "SECOND_BENEFIT", other } as const
    const metadata = processMetadata(`overlap:${found.case}:hold:${causationId}`, found.case, causationId)
    const done = await aggregates.execute(Benefit, Benefit.streamOf(person, later.scheme), Benefit.holdBenefit(command), metadata)
    if (isLeft(done)) throw new Error(`hold of ${later.claim} refused: ${done.left.code}`)
  }

  const clear = async (
    person: PersonKey,
    sides: PersonSides,
    family: Overlap.OverlapFamily,
    caseId: string,
    causationId: string,
  ): Promise<void> => {
    const cleared = await clearCase(aggregates, person, family, caseId, causationId, clock.now())
    if (cleared?.status === "waiting") sides.waiting[caseId] = { family, why: cleared.why }
    else delete sides.waiting[caseId]
    if (cleared !== null) logger.info({ person, case: caseId, ...cleared }, "overlap decision")
  }

  const reversedLine = async (fact: Fact): Promise<(line: LineId) => MonthRange | null> => {
    if (!fact.decoded.ok || fact.decoded.event.type !== "ContributionReversed") return () => null
    const person = personOf(fact.stream) as PersonKey
    const [, rest = ""] = fact.stream.split("-")
    const { state: relation } = await aggregates.load(enrollment, enrollmentStreamOf(relationOf(rest, person)))
    return (line) => relation.ledger.lines.get(line) ?? null
  }

  const handlePerson = async (person: PersonKey, sides: PersonSides, facts: readonly Fact[]): Promise<void> => {
    let last = ""
    for (const fact of facts) {
      const where = place(sides, fact)
      if (where === "seen") continue
      if (where === "gap") throw new Error(`${fact.stream}: revision ${fact.revision} came before its predecessor`)
      if (!fact.decoded.ok) throw new Error(fact.decoded.cause)
      apply(sides, fact, await reversedLine(fact))
      last = fact.id
      const { event } = fact.decoded
      if (event.type === "OverlapDecided")
        await clear(person, sides, fact.stream.split("_")[1] as Overlap.OverlapFamily, event.case, fact.id)
      if (event.type === "OverlapCleared") delete sides.waiting[event.case]
      if (event.type === "OverlapDecisionWithdrawn") {
        delete sides.waiting[event.case]
        // A decided case was told nothing: what has changed since is told to the open one.
        delete sides.told[event.case]
      }
      if (event.type === "OverlapDismissed" && fact.stream.endsWith("_benefit"))
        await releaseClaims(aggregates, person, event.case, fact.id)
      if (event.type === "ContributionRefunded") {
        const caseId = await clearRefunded(aggregates, person, event, fact.id, clock.now())
        if (caseId !== null) delete sides.waiting[caseId]
      }
      // Money or months that a decision waits for may have come.
      if (fact.stream.startsWith("Enrollment-"))
        for (const [caseId, { family }] of Object.entries(sides.waiting)) await clear(person, sides, family, caseId, fact.id)
    }
    if (last === "") return
    for (const found of detect(sides)) await tell(person, sides, found, last)
  }

  const handle = async (messages: readonly Delivered[]): Promise<void> => {
    const byPerson = new Map<string, Fact[]>()
    for (const message of messages) {
      const fact = decodeFact(message)
      const person = personOf(fact.stream)
      if (person === null) continue
      const facts = byPerson.get(person)
      if (facts === undefined) byPerson.set(person, [fact])
      else facts.push(fact)
    }
    const persons = [...byPerson.keys()]
    const known = await sidesOf(persons)
    // A failing person must not leave half-applied state in the cache: work on it, then publish it.
    for (const person of persons) cache.delete(person)
    for (let start = 0; start < persons.length; start += limits.persons_inflight_max) {
      const group = persons.slice(start, start + limits.persons_inflight_max)
      await Promise.all(
        group.map((person) => handlePerson(person as PersonKey, known.get(person) ?? newPerson(), byPerson.get(person) ?? [])),
      )
    }
    await state.putMany(persons.map((person) => [person, JSON.stringify(known.get(person))]))
    for (const person of persons) cache.set(person, known.get(person) ?? newPerson())
  }

  const checks: HealthCheck[] = [
    {
      name: "duplicates lag",
      limit_lag_seconds: limits.lag_seconds_max,
      check: async () => (consumer === null ? { ok: false, detail: "not started" } : { ok: true, ...(await lagOf(consumer)) }),
    },
    { name: "duplicates windows", check: async () => (loop === null ? { ok: tick_ms === null } : supervisedCheck(loop).check()) },
    stopped.check,
  ]

  const caseRoutes = duplicatesRoutes({
    aggregates,
    store: deps.store,
    cases: deps.cases,
    logAccess: deps.logAccess,
    clock,
    undo_seconds: deps.undo_seconds ?? 0,
    approval_limit_fen: deps.approval_limit_fen ?? null,
    waiting: async (person, caseId) => {
      const noted = (await sidesOf([person])).get(person)?.waiting[caseId]?.why ?? null
      // What the end of the window found is newer than what was noted when it began.
      return noted === null || noted === mayBeUndone ? (windows.waiting(person, caseId) ?? noted) : noted
    },
  })

  return {
    plugin: async (server) => {
      await caseRoutes(server)
      stopped.addRoutes(server)
    },
    start: async () => {
      consumer = await streams.consume({
        topic: topics.facts,
        group: "duplicates",
        startAt: "earliest",
        maxBatch: limits.batch_messages_max,
        onBatch: handle,
        waitsOut: engineIsAway,
        onParked: stopped.onParked,
      })
      if (tick_ms !== null) loop = supervise({ name: "duplicates windows", run: follow, clock, logger, random: deps.random })
    },
    stop: async () => {
      await loop?.stop()
      await consumer?.stop()
      loop = null
    },
    checks,
    tick: windows.tick,
    idle: async () => {
      await consumer?.idle()
    },
  }
}
