/**
 * The report of an engagement: a pure function of what the ledger holds up to the closing's position, so that the same engagement
 * gives the same bytes whoever asks and whenever. An open engagement gives a draft, which nobody signs.
 */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventRef } from "@tongzhang/domain/workpaper"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import { toBase64 } from "@tongzhang/proof/bytes"
import { openCheckpoint } from "@tongzhang/proof/checkpoint"
import { eventOf, indexOf, receiptOf } from "@tongzhang/proof/find"
import { formatVkey } from "@tongzhang/proof/note"
import { type LogReader, readLog } from "@tongzhang/proof/reader"
import { accounts } from "@tongzhang/record/books/accounts"
import type { RecordDb } from "@tongzhang/record/database"
import { problem } from "@tongzhang/service-kit/problem"
import type { KeptBooks } from "../../books/kept-books.js"
import { trialBalance } from "../../books/trial-balance.js"
import type { ProofKeeper } from "../../proof/keeper.js"
import type { Paper } from "../paper.js"

export const reportFormat = "tongzhang-audit-report/1"

export type ReportBalance = {
  readonly rows: readonly {
    readonly account: string
    readonly name_zh: string
    readonly name_en: string
    readonly province: string
    readonly scheme: string | null
    readonly payer: string
    readonly debit_fen: number
    readonly credit_fen: number
    readonly balance_fen: number
  }[]
  readonly debit_fen: number
  readonly credit_fen: number
  readonly events: number
  readonly posted: number
  readonly unposted: number
  readonly ok: boolean
  readonly differences: readonly { readonly what: string; readonly books_fen: number; readonly other_fen: number }[]
}
/** Place of a fact in the published log. */
export type Indexed = { readonly event: string; readonly index: number }
export type ReportProof = {
  /** Verifier key of the ledger's log. */
  readonly log: string
  /** Signed checkpoint that the report stands on. */
  readonly checkpoint: string
  readonly size: number
  readonly root: string
  /** One for every event that a finding names as evidence (c2sp.org/tlog-proof), checkable without the ledger. */
  readonly receipts: readonly (EventRef & { readonly index: number; readonly receipt: string })[]
  /** The paper's own facts, and every fact that was drawn. */
  readonly papers: readonly Indexed[]
  readonly items: readonly Indexed[]
}
export type Report = Omit<Paper, "closing" | "status"> & {
  readonly format: typeof reportFormat
  readonly status: "final" | "draft"
  /** Log position that everything here stands on. */
  readonly position: string
  readonly conclusion: string | null
  readonly closed: Paper["stamp"] | null
  readonly balance: ReportBalance
  /** Null where no log was kept, and in a draft. */
  readonly proof: ReportProof | null
}

export type ReportDeps = {
  readonly store: EventStore
  readonly record: RecordDb
  readonly books: KeptBooks
  readonly proof?: ProofKeeper | undefined
}

/** Events looked up in the log at the same time. */
const lookups_at_once = 32

const notProven = (what: string) =>
  problem({
    status: 409,
    rule: "EVENT_NOT_PROVEN",
    detail: what,
    hint_zh: "证据事件与已公布的证明日志不符，不能出具报告；请运行 fsck",
    hint_en: "A fact of this paper is not what the log has published, so no report is signed: run fsck",
  })

const balanceOf = async (deps: ReportDeps, paper: Paper, position: string, signal: AbortSignal): Promise<ReportBalance> => {
  const province = paper.province ?? undefined
  // Counted from the facts themselves: what is signed stands on nothing that was kept beside them.
  const found = await trialBalance(deps, { knownAt: { position: position as Position }, province, signal, recount: true })
  const rows = found.rows.map(({ account, province, scheme, payer, debit_fen, credit_fen, balance_fen }) => {
    const { zh: name_zh, en: name_en } = accounts[account]
    return { account, name_zh, name_en, province, scheme, payer, debit_fen, credit_fen, balance_fen }
  })
  const { debit_fen, credit_fen, events, posted, unposted, ok, differences } = found
  return { rows, debit_fen, credit_fen, events, posted, unposted: unposted.length, ok, differences }
}

const eachFew = async <In, Out>(all: readonly In[], map: (one: In) => Promise<Out>): Promise<Out[]> => {
  const done: Out[] = []
  for (let at = 0; at < all.length; at += lookups_at_once)
    done.push(...(await Promise.all(all.slice(at, at + lookups_at_once).map(map))))
  return done
}

const proofOf = async (keeper: ProofKeeper, paper: Paper, checkpoint: string): Promise<ReportProof> => {
  const opened = await openCheckpoint(checkpoint, keeper.key)
  if (typeof opened === "string") throw notProven(`the closing's checkpoint: ${opened}`)
  const { size, root } = opened.checkpoint
  // Places are looked up in today's log, which begins with that one; proofs are made for the checkpoint's size.
  const standing = keeper.log()?.published().size ?? size
  const reader: LogReader = readLog(keeper.find.tiles, standing)
  const indexed = async ({
    event,
    stream,
    revision,
  }: EventRef): Promise<{ found: NonNullable<Awaited<ReturnType<typeof eventOf>>>; index: number }> => {
    const found = await eventOf(keeper.find, stream as StreamName, revision)
    const index = found === null || found.id !== event ? null : await indexOf(keeper.find, reader, found)
    if (found === null || index === null || index >= size) throw notProven(`event ${event} of ${stream}, revision ${revision}`)
    return { found, index }
  }
  const placed = (refs: readonly EventRef[]): Promise<Indexed[]> =>
    eachFew(refs, async (ref) => ({ event: ref.event, index: (await indexed(ref)).index }))
  const evidence = [...new Map(paper.findings.flatMap((one) => one.evidence).map((ref) => [ref.event, ref])).values()]
  const stream = `Workpaper-${paper.engagement}`
  const stamps = [paper, ...paper.samples, ...paper.notes, ...paper.findings, ...paper.checks, ...paper.reviews].map(
    ({ stamp }) => stamp,
  )
  const all = [...stamps, ...paper.findings.flatMap(({ settled }) => settled ?? [])].toSorted((a, b) => a.revision - b.revision)
  const receipts = await eachFew(evidence, async (ref) => {
    const { found, index } = await indexed(ref)
    const { text } = await receiptOf(keeper.find, found, index, { text: checkpoint, size }, standing)
    return { event: ref.event, stream: ref.stream, revision: ref.revision, index, receipt: text }
  })
  return {
    log: formatVkey(keeper.key),
    checkpoint,
    size,
    root: toBase64(root),
    receipts,
    papers: await placed(all.map(({ event, revision }) => ({ event, stream, revision }))),
    items: await placed(paper.samples.flatMap(({ items }) => items)),
  }
}

/** Reads the ledger up to the position for the trial balance. Throws EVENT_NOT_PROVEN (409). */
export const reportOf = async (deps: ReportDeps, paper: Paper, signal: AbortSignal): Promise<Report> => {
  const { closing, status: _status, ...rest } = paper
  const position = closing?.position ?? (await deps.store.head()) ?? ""
  const checkpoint = closing?.checkpoint ?? null
  return {
    format: reportFormat,
    ...rest,
    status: closing === null ? "draft" : "final",
    position,
    conclusion: closing?.conclusion ?? null,
    closed: closing?.stamp ?? null,
    balance: await balanceOf(deps, paper, position, signal),
    proof: checkpoint === null || deps.proof === undefined ? null : await proofOf(deps.proof, paper, checkpoint),
  }
}
