/** Audit: replay any history, explain each step, prove that the record is what the facts say. */
import type { PersonKey } from "@tongzhang/domain/ids"
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { openNoteSigner } from "@tongzhang/proof/signer"
import type { Witness } from "@tongzhang/proof/witness"
import type { RecordDb } from "@tongzhang/record/database"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import { createJobs } from "@tongzhang/service-kit/jobs"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import type { Logger } from "pino"
import { keepBooks } from "./books/kept-books.js"
import { addBooksRoutes } from "./books/books-routes.js"
import { addPostingsRoutes } from "./books/postings-routes.js"
import { addReviewRoutes } from "./access-review.js"
import { addBundleRoutes } from "./bundle/bundle-routes.js"
import { addExportRoutes } from "./gbt40217/export-routes.js"
import { addFsckRoutes } from "./fsck/fsck-routes.js"
import { recordsOf, type Step, stepsOf, type Until } from "./history.js"
import type { ProofKeeper } from "./proof/keeper.js"
import { addProofRoutes } from "./proof/proof-routes.js"
import { addWitnessRoutes } from "./proof/witness-routes.js"
import { type AccessEntry, addAuditRoutes } from "./routes.js"
import { addSampleRoutes } from "./sample/sample-routes.js"
import { addReportRoutes } from "./workpapers/report-routes.js"
import { openPapers } from "./workpapers/papers.js"
import { addWorkpaperRoutes } from "./workpapers/workpaper-routes.js"
import { verifyAll, type VerifyOptions, type VerifyReport } from "./verify.js"

export type AuditDependencies = {
  readonly store: EventStore
  readonly record: RecordDb
  readonly keys: KeyStore
  readonly clock: Clock
  readonly logger: Logger
  /** Where reads of personal data are kept (national's access log); durable when it resolves. */
  readonly logAccess: (entry: AccessEntry) => Promise<void>
  /** The ledger's proof log, where this process keeps it; started and stopped by its owner. */
  readonly proof?: ProofKeeper | undefined
  /** Signs audit reports, `PRIVATE+KEY+name+…`; its own key, since the log's signs checkpoints and nothing else. */
  readonly reportKey?: string | undefined
  /** Other ledgers' checkpoints are signed here, where this ledger is a witness. */
  readonly witness?: { readonly witness: Witness; readonly origins: readonly string[] } | undefined
}

export type AuditService = {
  /** Mounted at /audit. */
  readonly plugin: ServicePlugin
  readonly checks: readonly HealthCheck[]
  readonly verify: (options?: VerifyOptions) => Promise<VerifyReport>
  /** Masked. */
  readonly replay: (person: PersonKey, until?: Until) => Promise<readonly Step[]>
  /** Cancels jobs and waits for them. */
  readonly close: () => Promise<void>
}

/** One verification at a time: it reads everything. */
const jobs_running_max = 1

export const createAuditService = (deps: AuditDependencies): AuditService => {
  const { store, clock, logger } = deps
  const jobs = createJobs({ clock, max_running: jobs_running_max })
  const verify = async (options: VerifyOptions = {}): Promise<VerifyReport> => {
    const report = await verifyAll(deps, options)
    const { ok, cancelled, persons, events, mismatches_total, seconds } = report
    logger[ok || cancelled ? "info" : "error"]({ ok, cancelled, persons, events, mismatches_total, seconds }, "verified")
    return report
  }
  const signer = deps.reportKey === undefined ? null : openNoteSigner(deps.reportKey)
  const books = keepBooks(store)
  const closing = new AbortController()
  // The first question need not wait for the whole log; one that comes meanwhile goes on from where this walk is.
  const warmBooks = (): void => {
    books.at(null, { signal: closing.signal }).catch((err: unknown) => {
      if (!closing.signal.aborted)
        logger.warn({ err }, "the books could not be brought to the end; the next question tries again")
    })
  }
  const workpapers = { ...deps, jobs, papers: openPapers(store) }
  return {
    plugin: async (server) => {
      server.addHook("onReady", async () => warmBooks())
      addAuditRoutes(server, { ...deps, jobs, verify })
      addSampleRoutes(server, deps)
      addWorkpaperRoutes(server, workpapers)
      addReportRoutes(server, { ...workpapers, record: deps.record, books, signer })
      addBooksRoutes(server, { ...deps, books })
      addPostingsRoutes(server, deps)
      addReviewRoutes(server, deps)
      addExportRoutes(server, deps)
      if (deps.proof !== undefined) addProofRoutes(server, { ...deps, proof: deps.proof })
      if (deps.proof !== undefined) addBundleRoutes(server, { ...deps, proof: deps.proof })
      if (deps.proof !== undefined) addFsckRoutes(server, { ...deps, jobs, proof: deps.proof })
      if (deps.witness !== undefined) addWitnessRoutes(server, deps.witness.witness, deps.witness.origins)
    },
    checks: [
      {
        name: "audit",
        check: async () => {
          await store.head()
          return { ok: true }
        },
      },
      ...(deps.proof?.checks ?? []),
    ],
    verify,
    replay: async (person, until = {}) => stepsOf(deps, person, await recordsOf(deps, person, until), false),
    close: () => {
      closing.abort()
      return jobs.close()
    },
  }
}
