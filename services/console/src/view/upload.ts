/** An agency's files: what their columns are, where each stands, who acts. */
import type { paths as AuditPaths } from "../generated/audit.js"
import type { paths as IntakePaths } from "../generated/intake.js"

type Json<Response> = Response extends { readonly content: { readonly "application/json": infer Body } } ? Body : never

export type Catalogue = Json<IntakePaths["/intake/catalogue"]["get"]["responses"][200]>
export type Upload = Json<IntakePaths["/intake/uploads/{uploadId}"]["get"]["responses"][200]>
export type UploadColumn = NonNullable<Upload["columns"]>[number]
export type Assigned = UploadColumn["column"]
export type ColumnKey = Exclude<Assigned, "none">
export type Feed = Json<IntakePaths["/intake/feeds/{feedId}"]["get"]["responses"][200]>
export type Counts = NonNullable<Feed["counts"]>
export type Receipt = Json<IntakePaths["/intake/feeds/{feedId}/receipt"]["get"]["responses"][200]>
export type ProblemRow = Json<IntakePaths["/intake/feeds/{feedId}/problems"]["get"]["responses"][200]>[number]
export type Proof = Json<AuditPaths["/audit/proof/streams/{stream}/{revision}"]["get"]["responses"][200]>

/** Choices by header key, where somebody chose otherwise than was proposed. */
export type Choices = Readonly<Record<string, Assigned>>

export const columnFor = (column: UploadColumn, choices: Choices): Assigned => choices[column.key] ?? column.column

/** Every header with its column, as the rehearsal is asked for. */
export const assignment = (columns: readonly UploadColumn[], choices: Choices): Record<string, Assigned> =>
  Object.fromEntries(columns.map((column) => [column.key, columnFor(column, choices)]))

export type MappingFault =
  | { readonly kind: "twice"; readonly column: ColumnKey; readonly headers: readonly string[] }
  | { readonly kind: "noId" }
  | { readonly kind: "noAct" }

/** At least one of them, or nothing in a row says what happened (the intake's own rule). */
const telling: readonly Assigned[] = ["act", "base", "capacity", "claim", "amount"]

/** Why the file cannot be read like this; empty when it can. */
export const mappingFaults = (columns: readonly UploadColumn[], choices: Choices): readonly MappingFault[] => {
  const headers = new Map<Assigned, string[]>()
  for (const column of columns) {
    const assigned = columnFor(column, choices)
    headers.set(assigned, [...(headers.get(assigned) ?? []), column.header])
  }
  const twice = [...headers].flatMap(([column, found]): MappingFault[] =>
    column === "none" || found.length < 2 ? [] : [{ kind: "twice", column, headers: found }],
  )
  return [
    ...twice,
    ...(headers.has("citizenId") ? [] : [{ kind: "noId" } as const]),
    ...(telling.some((column) => headers.has(column)) ? [] : [{ kind: "noAct" } as const]),
  ]
}

/** Headers that somebody should look at: guesses, and what nobody knows. */
export const unsettled = (columns: readonly UploadColumn[], choices: Choices): number =>
  columns.filter(({ key, by }) => choices[key] === undefined && (by === "similar" || by === "nothing" || by === "seen")).length

export const steps = ["file", "columns", "rehearsal", "book", "receipt"] as const
export type Step = (typeof steps)[number]

export const stepOf = ({ dryRun, state }: Pick<Feed, "dryRun" | "state">): Step =>
  dryRun ? "rehearsal" : state === "done" ? "receipt" : "book"

/** Where a feed stands and whose turn it is. */
export type Standing = "queued" | "running" | "rehearsed" | "booked" | "stopped" | "cancelled" | "failed"

export const standingOf = ({ dryRun, state }: Pick<Feed, "dryRun" | "state">): Standing => {
  if (state === "done") return dryRun ? "rehearsed" : "booked"
  if (state === "interrupted") return dryRun ? "cancelled" : "stopped"
  return state
}

export const isMoving = (feed: Pick<Feed, "state"> | undefined): boolean => feed?.state === "queued" || feed?.state === "running"

const readingOf = (feed: Feed): string => `${feed.fileHash} ${JSON.stringify(feed.columns)}`

/** The desk's list: a dry run whose file was booked the same way afterwards has done its work and is left out. */
export const listed = (feeds: readonly Feed[]): readonly Feed[] => {
  const booked = new Set(feeds.filter(({ dryRun }) => !dryRun).map(readingOf))
  return feeds.filter((feed) => !feed.dryRun || !booked.has(readingOf(feed)))
}

/** Rows that say something new, of those that were or would be taken. */
export const newRows = ({ accepted, changed }: Counts): number => accepted - changed

/** Whether the ledger's receipt is of an earlier time than this pass of the file. */
export const isAgain = (feed: Pick<Feed, "receivedAt">, receipt: Pick<Receipt, "issuedAt">): boolean =>
  receipt.issuedAt < feed.receivedAt

/** 1_572_864 -> `1.5 MiB`. */
export const fileSize = (size_bytes: number): string => {
  const units = ["B", "KiB", "MiB", "GiB"] as const
  let [value, at] = [size_bytes, 0]
  while (value >= 1024 && at < units.length - 1) [value, at] = [value / 1024, at + 1]
  return `${at === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${units[at] ?? "B"}`
}

export const whole = (value: number): string => value.toLocaleString("en")

/** What a QR code says where the ledger keeps no proof log: the receipt itself, line by line. */
export const receiptText = (receipt: Receipt): string =>
  [
    receipt.receiptNo,
    new Date(receipt.issuedAt).toISOString(),
    `position ${receipt.position}`,
    `rows ${receipt.rows} accepted ${receipt.accepted} unchanged ${receipt.unchanged} refused ${receipt.refused}`,
    `paid_fen ${receipt.paid_fen}`,
    `file sha256 ${receipt.fileHash}`,
    `result sha256 ${receipt.resultHash}`,
  ].join("\n")
