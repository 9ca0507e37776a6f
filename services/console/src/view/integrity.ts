/** The reports of fsck and verify, which jobs carry as plain JSON: read with care, told in figures. */
import type { Job } from "./types.js"

export type Report = {
  readonly ok: boolean
  readonly cancelled: boolean
  /** The first thing that is wrong, by its event, person or position. */
  readonly first: string | null
  /** Person of the first finding, where it names one: the way to their history. */
  readonly person: string | null
  readonly seconds: number
  readonly events: number
  readonly persons: number
  readonly checkpoints: number
  readonly mismatches: number
  readonly provinces: number
}

type Loose = Readonly<Record<string, unknown>>
const loose = (value: unknown): Loose | null => (typeof value === "object" && value !== null ? (value as Loose) : null)
const number = (value: unknown): number => (typeof value === "number" ? value : 0)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [])
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null)

const finding = (mismatch: Loose | null): string | null =>
  mismatch === null
    ? null
    : [mismatch["rule"], mismatch["stream"], mismatch["revision"], mismatch["what"]]
        .flatMap((part) => (typeof part === "string" || typeof part === "number" ? [String(part)] : []))
        .join(" ")

const personIn = (first: string | null): string | null => /\b[0-9a-f]{32}\b/u.exec(first ?? "")?.[0] ?? null

/** Of a whole verification, alone or inside an fsck. */
const countsOf = (record: Loose | null) => ({
  persons: number(record?.["persons"]),
  events: number(record?.["events"]),
  mismatches: number(record?.["mismatches_total"]),
})

/** Null while the job has no report. */
export const reportOf = ({ kind, result }: Pick<Job, "kind" | "result">): Report | null => {
  const report = loose(result)
  if (report === null || typeof report["ok"] !== "boolean") return null
  const base = { ok: report["ok"], cancelled: report["cancelled"] === true, seconds: number(report["seconds"]) }
  if (kind === "verify") {
    const first = finding(loose(list(report["mismatches"])[0]))
    return { ...base, ...countsOf(report), first, person: personIn(first), checkpoints: 0, provinces: 0 }
  }
  const log = loose(report["log"])
  const provinces = list(report["provinces"]).map(loose)
  const sum = (field: string): number => provinces.reduce((all, one) => all + number(one?.[field]), 0)
  const whole = countsOf(loose(report["record"]))
  const first = text(report["first"])
  const found = provinces.reduce((all, one) => all + list(one?.["mismatches"]).length + list(one?.["unproven"]).length, 0)
  return {
    ...base,
    first,
    person: personIn(first),
    events: whole.events > 0 ? whole.events : Math.max(number(log?.["entries"]), sum("events")),
    persons: whole.persons + sum("persons"),
    mismatches: whole.mismatches + found + list(log?.["differences"]).length + list(log?.["checkpoints_false"]).length,
    checkpoints: number(log?.["checkpoints"]),
    provinces: provinces.length + list(report["provinces_resumed"]).length,
  }
}

export const isRunning = ({ state }: Pick<Job, "state">): boolean => state === "queued" || state === "running"

/** Share done, 0 to 1; null where the whole is not known. */
export const shareOf = ({ done, total }: Pick<Job, "done" | "total">): number | null =>
  total === null || total === 0 ? null : Math.min(done / total, 1)
