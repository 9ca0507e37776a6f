/**
 * Workpaper 审计底稿: one engagement of an auditor, from its opening to its conclusion, as facts beside the facts it looks at. What was
 * drawn, noted, found and taken back stays on record in its order: a sample drawn until it pleases is seen, and so is a finding that
 * was withdrawn the day before the report.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode, SchemeCode } from "./codes.js"
import { type Decision, withEntry, withMember } from "./decider.js"
import type { DateText } from "./ids.js"
import type { Fen } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Streams --------------------------------------------------------------------------------------
export const category = "Workpaper"
/** `AUD2026.01`: chosen by the auditor, letters, digits and dots, and no small letter first. */
export type EngagementId = string & { readonly EngagementId: unique symbol }
export const streamOf = (engagement: EngagementId): StreamName => streamName(category, engagement)

// Events ---------------------------------------------------------------------------------------
/** A fact of the ledger, by its id and by its place. */
export type EventRef = { readonly event: string; readonly stream: string; readonly revision: number }
export type Scope = {
  readonly title: string
  readonly scope: string
  /** Null: all of them. */
  readonly province: ProvinceCode | null
  readonly scheme: SchemeCode | null
  /** The period that is audited, both days counted. */
  readonly from: DateText
  readonly to: DateText
}
/** All that decides a sample: who has the ledger up to `upTo` draws the same one. */
export type Draw = {
  readonly seed: string
  readonly method: "stratified" | "monetary"
  readonly size: number
  /** Log position, inclusive; positions are opaque text. */
  readonly upTo: string
  readonly province: ProvinceCode | null
  readonly scheme: SchemeCode | null
  /** Only what the ledger was told on these days of China, both counted; null: whenever. */
  readonly recorded: { readonly from: DateText; readonly to: DateText } | null
}
export type DrawnItem = EventRef & {
  readonly type: string
  readonly position: string
  readonly amount_fen: Fen
  readonly stratum: string
  /** More than one only by monetary units: a fact of several intervals. */
  readonly hits: number
}
/** What a note is about. */
export type Subject =
  | { readonly kind: "item"; readonly sample: string; readonly event: string }
  | ({ readonly kind: "event" } & EventRef)
  | { readonly kind: "finding"; readonly finding: string }
  | { readonly kind: "free" }
/** 测试结果 of what the auditor looked at; null: a remark only. */
export type TestResult = "agreed" | "exception" | null
export const severities = ["major", "moderate", "minor"] as const
/** 重大、较大、一般 */
export type Severity = (typeof severities)[number]
export type FindingContent = {
  readonly severity: Severity
  readonly title: string
  /** The rule or article that is broken, e.g. `人社部发〔2010〕70号 Art 3`. */
  readonly rule: string
  readonly evidence: readonly EventRef[]
  /** Money at stake. */
  readonly amount_fen: Fen
  readonly recommendation: string
}
/** What a check of the whole ledger said; the numbers are its own. */
export type CheckResult = {
  readonly check: "fsck" | "verify"
  readonly ok: boolean
  /** Log position up to which everything was checked; null: the check was by province, or the log was empty. */
  readonly upTo: string | null
  readonly events: number
  readonly persons: number
  /** The first difference it named; null: none. */
  readonly first: string | null
}

type By = { readonly by: string }
export type WorkpaperEvent =
  | ({ readonly type: "EngagementOpened"; readonly auditor: string } & Scope)
  | ({
      readonly type: "SampleDrawn"
      readonly sample: string
      /** The population drawn from. */
      readonly facts: number
      readonly amount_fen: Fen
      readonly items: readonly DrawnItem[]
    } & Draw &
      By)
  | ({
      readonly type: "NoteWritten"
      readonly note: string
      readonly about: Subject
      readonly result: TestResult
      readonly text: string
    } & By)
  | ({ readonly type: "FindingRaised"; readonly finding: string } & FindingContent & By)
  | ({ readonly type: "FindingResolved"; readonly finding: string; readonly reason: string } & By)
  | ({ readonly type: "FindingWithdrawn"; readonly finding: string; readonly reason: string } & By)
  | ({ readonly type: "CheckRecorded"; readonly job: string } & CheckResult & By)
  | ({ readonly type: "EngagementReviewed"; readonly opinion: string } & By)
  | ({
      readonly type: "EngagementClosed"
      readonly conclusion: string
      /** What the report stands on: the ledger up to here. */
      readonly position: string
      /** Signed checkpoint of the proof log for exactly this position; null where no log is kept. */
      readonly checkpoint: string | null
    } & By)

// State and fold ---------------------------------------------------------------------------------
export type Finding = FindingContent & { readonly status: "open" | "resolved" | "withdrawn"; readonly reason: string | null }
export type Workpaper = {
  /** Null: never opened. */
  readonly opened: (Scope & { readonly auditor: string }) | null
  /** By sample, with the ids drawn. */
  readonly samples: ReadonlyMap<string, { readonly draw: Draw; readonly events: ReadonlySet<string> }>
  /** Content of each note: the same words by the same hand are the same note. */
  readonly notes: ReadonlyMap<string, string>
  readonly findings: ReadonlyMap<string, Finding>
  readonly checks: ReadonlySet<string>
  /** Everybody who has written in it; nobody who reviewed it is among them. */
  readonly writers: ReadonlySet<string>
  readonly reviews: ReadonlyMap<string, string>
  readonly conclusion: string | null
}
export const initial: Workpaper = {
  opened: null,
  samples: new Map(),
  notes: new Map(),
  findings: new Map(),
  checks: new Set(),
  writers: new Set(),
  reviews: new Map(),
  conclusion: null,
}

const noteKey = ({ about, result, text, by }: Omit<Extract<WorkpaperEvent, { type: "NoteWritten" }>, "type" | "note">): string =>
  JSON.stringify([
    by,
    result,
    text,
    about.kind,
    about.kind === "item"
      ? [about.sample, about.event]
      : about.kind === "finding"
        ? about.finding
        : about.kind === "event"
          ? about.event
          : null,
  ])

const drawOf = ({ seed, method, size, upTo, province, scheme, recorded }: Draw): Draw => ({
  seed,
  method,
  size,
  upTo,
  province,
  scheme,
  recorded: recorded === null ? null : { from: recorded.from, to: recorded.to },
})

const settle = (state: Workpaper, id: string, status: Finding["status"], reason: string): Workpaper => {
  const found = state.findings.get(id)
  if (found === undefined) throw new Error(`event for unknown finding ${id}`)
  return { ...state, findings: withEntry(state.findings, id, { ...found, status, reason }) }
}

const apply = (state: Workpaper, event: WorkpaperEvent): Workpaper => {
  switch (event.type) {
    case "EngagementOpened": {
      const { type: _type, ...opened } = event
      return { ...state, opened }
    }
    case "SampleDrawn": {
      const events = new Set(event.items.map((item) => item.event))
      return { ...state, samples: withEntry(state.samples, event.sample, { draw: drawOf(event), events }) }
    }
    case "NoteWritten":
      return { ...state, notes: withEntry(state.notes, event.note, noteKey(event)) }
    case "FindingRaised": {
      const { severity, title, rule, evidence, amount_fen, recommendation } = event
      const content = { severity, title, rule, evidence, amount_fen, recommendation }
      return { ...state, findings: withEntry(state.findings, event.finding, { ...content, status: "open", reason: null }) }
    }
    case "FindingResolved":
      return settle(state, event.finding, "resolved", event.reason)
    case "FindingWithdrawn":
      return settle(state, event.finding, "withdrawn", event.reason)
    case "CheckRecorded":
      return { ...state, checks: withMember(state.checks, event.job) }
    case "EngagementReviewed":
      return { ...state, reviews: withEntry(state.reviews, event.by, event.opinion) }
    case "EngagementClosed":
      return { ...state, conclusion: event.conclusion }
  }
}

/** Reading it through and closing it is not writing in it. */
const writerOf = (event: WorkpaperEvent): string | null => {
  if (event.type === "EngagementOpened") return event.auditor
  return event.type === "EngagementReviewed" || event.type === "EngagementClosed" ? null : event.by
}

export const evolve = (state: Workpaper, event: WorkpaperEvent): Workpaper => {
  const next = apply(state, event)
  const writer = writerOf(event)
  return writer === null || next.writers.has(writer) ? next : { ...next, writers: withMember(next.writers, writer) }
}

// Decisions --------------------------------------------------------------------------------------
export type WorkpaperRefusal =
  | { readonly code: "ENGAGEMENT_UNKNOWN" }
  | { readonly code: "ENGAGEMENT_DIFFERS"; readonly title: string; readonly auditor: string }
  | { readonly code: "ENGAGEMENT_PERIOD"; readonly from: DateText; readonly to: DateText }
  | { readonly code: "ENGAGEMENT_CLOSED"; readonly conclusion: string }
  | { readonly code: "SAMPLE_UNKNOWN"; readonly sample: string }
  | { readonly code: "ITEM_NOT_DRAWN"; readonly sample: string; readonly event: string }
  | { readonly code: "FINDING_UNKNOWN"; readonly finding: string }
  | { readonly code: "FINDING_SETTLED"; readonly finding: string; readonly status: Finding["status"] }
  | { readonly code: "EVIDENCE_MISSING" }
  | { readonly code: "REVIEW_BY_WRITER"; readonly by: string }
  | { readonly code: "WRITTEN_BY_REVIEWER"; readonly by: string }

type Decided = Decision<WorkpaperRefusal, WorkpaperEvent>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const scopeOf = ({ title, scope, province, scheme, from, to }: Scope): Scope => ({ title, scope, province, scheme, from, to })
const contentOf = ({ severity, title, rule, evidence, amount_fen, recommendation }: FindingContent): FindingContent => ({
  severity,
  title,
  rule,
  evidence: evidence.map(({ event, stream, revision }) => ({ event, stream, revision })),
  amount_fen,
  recommendation,
})

export const openEngagement =
  (command: Scope & { readonly auditor: string }) =>
  (state: Workpaper): Decided => {
    const { opened } = state
    if (opened !== null)
      return same(scopeOf(opened), scopeOf(command)) && opened.auditor === command.auditor
        ? right([])
        : left({ code: "ENGAGEMENT_DIFFERS", title: opened.title, auditor: opened.auditor })
    if (command.from > command.to) return left({ code: "ENGAGEMENT_PERIOD", from: command.from, to: command.to })
    return right([{ type: "EngagementOpened", ...scopeOf(command), auditor: command.auditor }])
  }

/** Only an open engagement takes anything in. What it already holds is nothing new, even after the closing. */
const whileOpen = (state: Workpaper, known: boolean, next: () => Decided): Decided => {
  if (state.opened === null) return left({ code: "ENGAGEMENT_UNKNOWN" })
  if (known) return right([])
  return state.conclusion === null ? next() : left({ code: "ENGAGEMENT_CLOSED", conclusion: state.conclusion })
}

/** Whoever has read it through as the second reader writes nothing in it afterwards. */
const whileWriting = (state: Workpaper, known: boolean, by: string, next: () => Decided): Decided =>
  whileOpen(state, known, () => (state.reviews.has(by) ? left({ code: "WRITTEN_BY_REVIEWER", by }) : next()))

/** The sample that was drawn by the same question; null: none was. Without a position any position will do. */
export const drawnBefore = (state: Workpaper, asked: Omit<Draw, "upTo"> & { readonly upTo: string | null }): string | null => {
  for (const [id, { draw }] of state.samples)
    if (same(drawOf(draw), drawOf({ ...asked, upTo: asked.upTo ?? draw.upTo }))) return id
  return null
}

export const recordSample =
  (command: Draw & { readonly facts: number; readonly amount_fen: Fen; readonly items: readonly DrawnItem[] } & By) =>
  (state: Workpaper): Decided =>
    whileWriting(state, drawnBefore(state, command) !== null, command.by, () =>
      right([{ type: "SampleDrawn", sample: `S${state.samples.size + 1}`, ...command }]),
    )

const subjectRefusal = (state: Workpaper, about: Subject): WorkpaperRefusal | null => {
  if (about.kind === "finding")
    return state.findings.has(about.finding) ? null : { code: "FINDING_UNKNOWN", finding: about.finding }
  if (about.kind !== "item") return null
  const sample = state.samples.get(about.sample)
  if (sample === undefined) return { code: "SAMPLE_UNKNOWN", sample: about.sample }
  return sample.events.has(about.event) ? null : { code: "ITEM_NOT_DRAWN", sample: about.sample, event: about.event }
}

export const writeNote =
  (command: { readonly about: Subject; readonly result: TestResult; readonly text: string } & By) =>
  (state: Workpaper): Decided => {
    const known = [...state.notes.values()].includes(noteKey(command))
    return whileWriting(state, known, command.by, () => {
      const refusal = subjectRefusal(state, command.about)
      return refusal === null ? right([{ type: "NoteWritten", note: `N${state.notes.size + 1}`, ...command }]) : left(refusal)
    })
  }

export const raiseFinding =
  (command: FindingContent & By) =>
  (state: Workpaper): Decided => {
    // One that was withdrawn may be raised again: it is a finding of its own then.
    const known = [...state.findings.values()].some(
      (found) => found.status !== "withdrawn" && same(contentOf(found), contentOf(command)),
    )
    return whileWriting(state, known, command.by, () =>
      command.evidence.length === 0
        ? left({ code: "EVIDENCE_MISSING" })
        : right([{ type: "FindingRaised", finding: `F${state.findings.size + 1}`, ...contentOf(command), by: command.by }]),
    )
  }

const settleFinding =
  (status: "resolved" | "withdrawn") =>
  (command: { readonly finding: string; readonly reason: string } & By) =>
  (state: Workpaper): Decided => {
    const found = state.findings.get(command.finding)
    return whileWriting(state, found?.status === status, command.by, () => {
      if (found === undefined) return left({ code: "FINDING_UNKNOWN", finding: command.finding })
      if (found.status !== "open") return left({ code: "FINDING_SETTLED", finding: command.finding, status: found.status })
      return right([{ type: status === "resolved" ? "FindingResolved" : "FindingWithdrawn", ...command }])
    })
  }
/** 已整改: what was found has been put right; the reason says how. */
export const resolveFinding = settleFinding("resolved")
/** 撤销: it was no finding; the reason says why. It stays in the report as withdrawn. */
export const withdrawFinding = settleFinding("withdrawn")

export const recordCheck =
  (command: CheckResult & { readonly job: string } & By) =>
  (state: Workpaper): Decided =>
    whileWriting(state, state.checks.has(command.job), command.by, () => right([{ type: "CheckRecorded", ...command }]))

/** 复核: a second reader, who has written nothing in it. */
export const reviewEngagement =
  (command: { readonly opinion: string } & By) =>
  (state: Workpaper): Decided =>
    whileOpen(state, state.reviews.get(command.by) === command.opinion, () =>
      state.writers.has(command.by)
        ? left({ code: "REVIEW_BY_WRITER", by: command.by })
        : right([{ type: "EngagementReviewed", ...command }]),
    )

export const closeEngagement =
  (command: { readonly conclusion: string; readonly position: string; readonly checkpoint: string | null } & By) =>
  (state: Workpaper): Decided =>
    whileOpen(state, state.conclusion === command.conclusion, () => right([{ type: "EngagementClosed", ...command }]))
