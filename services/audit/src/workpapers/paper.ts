/** One engagement as its events tell it, ready to be shown, exported and signed: a pure fold, with who and when beside everything. */
import type {
  CheckResult,
  Draw,
  DrawnItem,
  EngagementId,
  Finding,
  FindingContent,
  Scope,
  Subject,
  TestResult,
  WorkpaperEvent,
} from "@tongzhang/domain/workpaper"

/** Which fact of the ledger says so, by whom and when (the store's clock, ISO 8601 UTC). */
export type Stamp = {
  readonly by: string
  readonly at: string
  readonly event: string
  readonly revision: number
  readonly position: string
}
/** Recorded events of one engagement, in order. */
export type PaperFact = { readonly said: WorkpaperEvent; readonly place: Omit<Stamp, "by"> }

/** What the newest note with a result said of the item; null: nobody has tested it. */
export type TestedItem = DrawnItem & { readonly result: TestResult }
export type PaperSample = Draw & {
  readonly sample: string
  readonly facts: number
  readonly amount_fen: number
  readonly tested: number
  readonly exceptions: number
  readonly items: readonly TestedItem[]
  readonly stamp: Stamp
}
export type PaperNote = {
  readonly note: string
  readonly about: Subject
  readonly result: TestResult
  readonly text: string
  readonly stamp: Stamp
}
export type PaperFinding = FindingContent & {
  readonly finding: string
  readonly status: Finding["status"]
  readonly reason: string | null
  readonly stamp: Stamp
  /** When and by whom it was resolved or withdrawn. */
  readonly settled: Stamp | null
}
export type PaperCheck = CheckResult & { readonly stamp: Stamp }
export type PaperReview = { readonly opinion: string; readonly stamp: Stamp }
export type Closing = {
  readonly conclusion: string
  readonly position: string
  readonly checkpoint: string | null
  readonly stamp: Stamp
}
export type Paper = Scope & {
  readonly engagement: EngagementId
  readonly auditor: string
  readonly status: "open" | "closed"
  readonly stamp: Stamp
  readonly samples: readonly PaperSample[]
  readonly notes: readonly PaperNote[]
  readonly findings: readonly PaperFinding[]
  readonly checks: readonly PaperCheck[]
  readonly reviews: readonly PaperReview[]
  readonly closing: Closing | null
}

const sampleOf = (event: Extract<WorkpaperEvent, { type: "SampleDrawn" }>, stamp: Stamp): PaperSample => {
  const { type: _type, by: _by, items, ...draw } = event
  return { ...draw, items: items.map((item) => ({ ...item, result: null })), tested: 0, exceptions: 0, stamp }
}

const tested = (sample: PaperSample, event: string, result: TestResult): PaperSample => {
  const items = sample.items.map((item) => (item.event === event ? { ...item, result } : item))
  return {
    ...sample,
    items,
    tested: items.filter((item) => item.result !== null).length,
    exceptions: items.filter((item) => item.result === "exception").length,
  }
}

const withNote = (paper: Paper, event: Extract<WorkpaperEvent, { type: "NoteWritten" }>, stamp: Stamp): Paper => {
  const { note, about, result, text } = event
  const notes = [...paper.notes, { note, about, result, text, stamp }]
  if (about.kind !== "item" || result === null) return { ...paper, notes }
  const samples = paper.samples.map((one) => (one.sample === about.sample ? tested(one, about.event, result) : one))
  return { ...paper, notes, samples }
}

const settled = (paper: Paper, finding: string, status: Finding["status"], reason: string, stamp: Stamp): Paper => ({
  ...paper,
  findings: paper.findings.map((one) => (one.finding === finding ? { ...one, status, reason, settled: stamp } : one)),
})

const next = (paper: Paper, event: WorkpaperEvent, stamp: Stamp): Paper => {
  switch (event.type) {
    case "EngagementOpened":
      return paper
    case "SampleDrawn":
      return { ...paper, samples: [...paper.samples, sampleOf(event, stamp)] }
    case "NoteWritten":
      return withNote(paper, event, stamp)
    case "FindingRaised": {
      const { type: _type, by: _by, ...content } = event
      return { ...paper, findings: [...paper.findings, { ...content, status: "open", reason: null, stamp, settled: null }] }
    }
    case "FindingResolved":
      return settled(paper, event.finding, "resolved", event.reason, stamp)
    case "FindingWithdrawn":
      return settled(paper, event.finding, "withdrawn", event.reason, stamp)
    case "CheckRecorded": {
      const { check, ok, upTo, events, persons, first } = event
      return { ...paper, checks: [...paper.checks, { check, ok, upTo, events, persons, first, stamp }] }
    }
    case "EngagementReviewed":
      return { ...paper, reviews: [...paper.reviews, { opinion: event.opinion, stamp }] }
    case "EngagementClosed": {
      const { conclusion, position, checkpoint } = event
      return { ...paper, status: "closed", closing: { conclusion, position, checkpoint, stamp } }
    }
  }
}

const byOf = (event: WorkpaperEvent): string => (event.type === "EngagementOpened" ? event.auditor : event.by)

/** Null when the facts do not begin with an opening: there is no such engagement. */
export const paperOf = (engagement: EngagementId, facts: readonly PaperFact[]): Paper | null => {
  const [first, ...rest] = facts
  if (first?.said.type !== "EngagementOpened") return null
  const { type: _type, ...opened } = first.said
  const empty: Paper = {
    ...opened,
    engagement,
    status: "open",
    stamp: { by: opened.auditor, ...first.place },
    samples: [],
    notes: [],
    findings: [],
    checks: [],
    reviews: [],
    closing: null,
  }
  return rest.reduce((paper, { said, place }) => next(paper, said, { by: byOf(said), ...place }), empty)
}
