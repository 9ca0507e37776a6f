/**
 * Which streams a person has, without asking for each of the hundreds that one could have: those the record has folded, and those
 * that the log names after the place where the record stands. Nothing is remembered: both are read anew for every question, so a
 * relation is found whether the record has folded it, is about to, or has set the person aside.
 */
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { streamOf as benefitStream } from "@tongzhang/domain/benefit"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import { type OverlapFamily, streamOf as overlapStream } from "@tongzhang/domain/overlap"
import { streamOf as personStream } from "@tongzhang/domain/person"
import { personOf, type StreamName } from "@tongzhang/domain/stream-name"
import { streamOf as transferStream } from "@tongzhang/domain/transfer"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import type { PersonState } from "./person-state.js"
import type { Queries } from "./queries.js"
import { candidateStreams, factsOf } from "./replay.js"

/** Facts after the record's place that are looked through; of a record further behind every possible stream is asked for. */
export const tailEvents_max = 5_000

const streamsIn = (state: PersonState): StreamName[] => {
  const person = state.key
  return [
    ...[...state.relations.values()].map(({ province, scheme }) =>
      enrollmentStream({ province: province as ProvinceCode, scheme: scheme as SchemeCode, person }),
    ),
    ...[...state.overlaps.keys()].map((family) => overlapStream(person, family as OverlapFamily)),
    ...[...state.benefits.keys()].map((scheme) => benefitStream(person, scheme as SchemeCode)),
    ...[...state.transfers.keys()].map((id) => transferStream(id as TransferId)),
  ]
}

/**
 * Every stream with a fact about the person that stood in the log when this was asked. A superset is possible, a gap is not, with one
 * exception: while the record is more than `tailEvents_max` facts behind, a transfer that no relation names yet is not found.
 */
export const streamsOf = async (store: EventStore, queries: Queries, person: PersonKey): Promise<StreamName[]> => {
  const { position, aside, state } = await queries.standingOf(person)
  const tail = await store.readAll({ after: position, max: tailEvents_max })
  const found = new Set<StreamName>([personStream(person), ...(state === null ? [] : streamsIn(state))])
  for (const { stream } of tail.events) if (personOf(stream) === person) found.add(stream)
  // Of a person set aside the record has not taken the facts since; of a tail that goes on the rest is not known.
  if (aside || !tail.atEnd) for (const stream of candidateStreams(person)) found.add(stream)
  return [...found]
}

/** Every fact about a person in the order of the log, from the streams they have. */
export const personFacts = async (store: EventStore, queries: Queries, person: PersonKey): Promise<readonly RecordedEvent[]> =>
  factsOf(store, person, { streams: await streamsOf(store, queries, person) })
