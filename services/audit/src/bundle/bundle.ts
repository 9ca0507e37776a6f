/** Makes the one file that an auditor hands over: events, rules, parameters, proofs, a verifier and a timeline. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf } from "@tongzhang/domain/stream-name"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { catalogue } from "@tongzhang/law/explain/catalogue"
import { verifier } from "@tongzhang/proof/assets"
import { toHex, utf8 } from "@tongzhang/proof/bytes"
import { type BundledEvent, type BundleScope, makeBundle, type OmittedEvent } from "@tongzhang/proof/bundle/format"
import { storedZip } from "@tongzhang/proof/bundle/zip"
import { contentText } from "@tongzhang/proof/entry"
import { checkpointFor, indexOf } from "@tongzhang/proof/find"
import { formatVkey } from "@tongzhang/proof/note"
import { type LogReader, readLog } from "@tongzhang/proof/reader"
import { sha256 } from "@tongzhang/proof/sha256"
import type { Clock } from "@tongzhang/service-kit/clock"
import { audited, type HistoryDeps, type Step, stepsOf } from "../history.js"
import type { ProofKeeper } from "../proof/keeper.js"
import { type Chosen, parametersIn, type Span, spanOf } from "./parameters.js"
import { scopeOf } from "./scope.js"
import { timelinePage } from "./timeline.js"

export type BundleDeps = HistoryDeps & { readonly clock: Clock; readonly proof: ProofKeeper }

export type MadeBundle =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly events: number; readonly persons: readonly PersonKey[] }
  /** `EVENT_NOT_PROVEN`: the named event is not in the published log, or not as the ledger holds it. */
  | { readonly ok: false; readonly rule: "NOTHING_THERE" | "PROOF_NOT_READY" | "EVENT_NOT_PROVEN"; readonly what: string }

/** A person's steps say what each fact changed; of many persons only the facts are told. */
const stepsFor = async (deps: HistoryDeps, scope: BundleScope, events: readonly RecordedEvent[]): Promise<Step[]> => {
  if (scope.kind === "person") return stepsOf(deps, scope.of as PersonKey, events, false)
  return Promise.all(
    events.map(async (event, i) => {
      const person = (personOf(event.stream) ?? "") as PersonKey
      return { n: i + 1, event: await audited(deps, person, event, false), changes: [], problem: null }
    }),
  )
}

/** Event id of the policy stream, and what it says, in one readable list; and how many there are besides. */
const parametersOf = (span: Span, { shown, omitted }: Chosen): unknown => ({
  inForce: span,
  leftOut: omitted.length,
  parameters: shown.map((event) => {
    const decoded = decodeEvent(event)
    return {
      event: event.id,
      stream: event.stream,
      revision: event.revision,
      recordedAt: new Date(event.recordedAt).toISOString(),
      said: decoded.ok ? decoded.event : null,
    }
  }),
})

export const personsOf = (events: readonly RecordedEvent[]): PersonKey[] => [
  ...new Set(events.map(({ stream }) => personOf(stream) as PersonKey | null).filter((person) => person !== null)),
]

type Place = { readonly index: number; readonly proof: readonly Uint8Array[] }

/** Null for one that the log does not hold. */
const placeOf = async (deps: BundleDeps, log: LogReader, size: number, event: RecordedEvent): Promise<Place | null> => {
  const index = await indexOf(deps.proof.find, log, event)
  return index === null || index >= size ? null : { index, proof: await log.inclusion(index, size) }
}

const omittedOf = (event: RecordedEvent, place: Place): OmittedEvent => {
  const { stream, revision, id, recordedAt } = event
  return { stream, revision, id, recordedAt, hash: toHex(sha256(utf8(contentText(event)))), ...place }
}

/** @param before called with the persons concerned before anything of theirs is handed out */
export const bundle = async (
  deps: BundleDeps,
  scope: BundleScope,
  before: (persons: readonly PersonKey[]) => Promise<void>,
): Promise<MadeBundle> => {
  const { proof, clock } = deps
  const log = proof.log()
  if (log === null) return { ok: false, rule: "PROOF_NOT_READY", what: "the proof log is not open yet" }
  const scoped = await scopeOf(deps, scope)
  if (scoped === null) return { ok: false, rule: "NOTHING_THERE", what: `${scope.kind} ${scope.of}: no events` }
  const persons = personsOf(scoped.events)
  await before(persons)
  const { size: standing } = log.published()
  const reader = readLog(proof.find.tiles, standing)
  const madeAt = clock.now()
  const span = spanOf(scoped.events, madeAt)
  const chosen = parametersIn(scoped.policies, span)
  const all = [...scoped.events, ...chosen.shown]
  const places = await Promise.all([...all, ...chosen.omitted].map((event) => indexOf(proof.find, reader, event)))
  const last = places.reduce<number>((most, place) => Math.max(most, place ?? -1), 0)
  const checkpoint = await checkpointFor(proof.find.tiles, log, proof.key, last)
  const proven: BundledEvent[] = []
  const omitted: OmittedEvent[] = []
  for (const [i, event] of [...all, ...chosen.omitted].entries()) {
    const place = await placeOf(deps, reader, checkpoint.size, event)
    if (place === null) return { ok: false, rule: "EVENT_NOT_PROVEN", what: `event ${event.id}` }
    if (i >= all.length) omitted.push(omittedOf(event, place))
    else proven.push({ content: contentText(event), recordedAt: event.recordedAt, ...place })
  }
  const steps = await stepsFor(deps, scope, scoped.events)
  const index = new Map(all.map((event, i) => [event.id, places[i] ?? -1]))
  const title = `审计包 Audit bundle: ${scope.kind} ${scope.of}`
  const bytes = makeBundle(storedZip, {
    scope,
    madeAt,
    log: formatVkey(proof.key),
    witnesses: (await proof.witnesses()).map(formatVkey),
    checkpoint: checkpoint.text,
    size: checkpoint.size,
    events: proven,
    omitted,
    files: {
      "timeline.html": utf8(timelinePage(title, steps, index)),
      "rules.json": utf8(JSON.stringify(catalogue(), null, 1)),
      "parameters.json": utf8(JSON.stringify(parametersOf(span, chosen), null, 1)),
      "verify.mjs": verifier(),
    },
  })
  return { ok: true, bytes, events: proven.length, persons }
}
