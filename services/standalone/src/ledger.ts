/**
 * Every service in one process on the embedded engines: what `npm start` runs. The services are the same ones that run alone;
 * here they share one HTTP port under their own prefixes.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createAuditService } from "@tongzhang/audit/audit"
import { createProofKeeper, type ProofKeeper } from "@tongzhang/audit/proof/keeper"
import { openAccessLog } from "@tongzhang/engines/access-log"
import { overlapIndex } from "@tongzhang/duplicates/record-cases"
import { createDuplicatesService, type DuplicatesDependencies, type DuplicatesService } from "@tongzhang/duplicates/duplicates"
import type { IntakeLimits } from "@tongzhang/intake/limits"
import { createIntakeService, type IntakeService } from "@tongzhang/intake/service"
import { createNationalService, v1 } from "@tongzhang/national/national"
import { createPersonKeys, type PersonKeys } from "@tongzhang/identity/person-key"
import { createProjector, type Projector } from "@tongzhang/projector/projector"
import { rebuildDoor } from "@tongzhang/projector/projector-routes"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { createRelay, type Nightly, type Relay } from "@tongzhang/relay/relay"
import { shiftableClock, type ShiftableClock, systemClock } from "@tongzhang/service-kit/clock"
import { createHealth, type HealthCheck } from "@tongzhang/service-kit/health"
import { createServer, type Server } from "@tongzhang/service-kit/http"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { withStatus } from "@tongzhang/service-kit/status-route"
import { createVerifier } from "@tongzhang/service-kit/token"
import { relationIndex } from "@tongzhang/transfer/record-relations"
import { createTransferService, type TransferService } from "@tongzhang/transfer/transfer"
import type { Logger } from "pino"
import { countedParts } from "./counted.js"
import { demoRoutes } from "./demo-routes.js"
import { type Engines, openEngines } from "./engines.js"
import { localProofKey, localReportKey, proofFolder } from "./proof-key.js"
import { localSecrets } from "./secrets.js"
import { localIssuer, type TokenIssuer } from "./tokens.js"
import { version } from "./version.js"

export type Ledger = {
  readonly dataDir: string
  readonly server: Server
  readonly engines: Engines
  readonly queries: Queries
  readonly personKeys: PersonKeys
  readonly clock: ShiftableClock
  readonly issue: TokenIssuer
  readonly intake: IntakeService
  readonly transfer: TransferService
  readonly duplicates: DuplicatesService
  readonly relay: Relay
  readonly projector: Projector
  readonly proof: ProofKeeper
  /** Resolves when every fact is relayed, looked at and folded, and nothing new came of it. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

export type LedgerOptions = {
  readonly dataDir: string
  readonly logger: Logger
  readonly random?: () => number
  /** Bounds of the door, where they should be others than the usual. */
  readonly intake?: Partial<IntakeLimits>
  /** When the ledger is compared with the topic every day; absent: only when asked (`POST /relay/reconcile`). */
  readonly nightly?: Nightly
  /** How long a decision about a duplicate may be taken back (default 0: not at all), and from which refund on a second officer decides. */
  readonly decisions?: Pick<DuplicatesDependencies, "undo_seconds" | "approval_limit_fen">
}

const bodyLimit_bytes = 512 * 1024 * 1024

/** The demo may set the clock ahead; a restart must not let recorded times fall back behind it. */
const persistentClock = (dataDir: string): ShiftableClock => {
  const path = join(dataDir, "clock.json")
  const saved = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { offset_ms: number }).offset_ms : 0
  const clock = shiftableClock(systemClock, saved)
  const save = (): void => writeFileSync(path, JSON.stringify({ offset_ms: clock.offset_ms() }))
  return {
    ...clock,
    advance: (ms) => {
      clock.advance(ms)
      save()
    },
    advanceDays: (days) => {
      clock.advanceDays(days)
      save()
    },
  }
}

/** Opens the engines, composes and starts every service. The HTTP server is built but does not listen yet. */
export const openLedger = async ({
  dataDir,
  logger,
  random = Math.random,
  intake: limits = {},
  nightly,
  decisions = {},
}: LedgerOptions): Promise<Ledger> => {
  const secrets = localSecrets(dataDir)
  const clock = persistentClock(dataDir)
  const engines = await openEngines(dataDir, secrets, clock, logger)
  const { store, aggregates, streams, keys, record } = engines
  const queries = createQueries(record)
  const personKeys = createPersonKeys(secrets.identity)
  const { append: logAccess } = openAccessLog(store)
  const shared = { store, aggregates, streams, record, keys, clock, logger, random, logAccess }
  const counted = countedParts(shared)

  const relay = createRelay({ ...counted.of("relay"), state: engines.relayState, nightly })
  const projector = createProjector(counted.of("projector"))
  const rebuilding = rebuildDoor(shared, projector)
  const intake = createIntakeService({
    ...counted.of("intake"),
    identitySecret: secrets.identity,
    dataDir: join(dataDir, "intake"),
    limits,
  })
  const transfer = createTransferService({ ...counted.of("transfer"), relations: relationIndex(record, queries), personKeys })
  const duplicates = createDuplicatesService({
    ...counted.of("duplicates"),
    ...decisions,
    state: engines.duplicatesState,
    cases: overlapIndex(queries),
  })
  const national = await createNationalService({ ...counted.of("national"), identitySecret: secrets.identity })
  const proof = createProofKeeper({ ...counted.of("audit"), folder: proofFolder(dataDir), signingKey: localProofKey(dataDir) })
  const audit = createAuditService({ ...shared, proof, reportKey: localReportKey(dataDir) })

  const health = createHealth()
  const checks: Readonly<Record<string, readonly HealthCheck[]>> = {
    intake: intake.healthChecks,
    national: national.checks,
    transfer: transfer.checks,
    duplicates: duplicates.checks,
    audit: audit.checks,
    projector: projector.healthChecks,
    relay: relay.checks,
  }
  for (const check of Object.values(checks).flat()) health.add(check)
  const verifier = createVerifier({ alg: "HS256", secret: secrets.token }, { now: systemClock.now })
  const server = createServer({ name: "standalone", logger, verifier, metrics: createMetrics(), health, bodyLimit_bytes })
  const issue = localIssuer(secrets.token, systemClock.now)
  const mounts = [
    ["intake", "Intake", "The provinces' door: commands, batch files, receipts", intake.plugin],
    ["national", "National", "One record per person, boards, statistics", national.plugin],
    ["transfer", "Transfer", "N 到 1: one application, the agencies do the rest", transfer.plugin],
    ["duplicates", "Duplicates", "Overlap cases: found, proposed, decided, cleared", duplicates.plugin],
    ["audit", "Audit", "Replay a history, verify the whole", audit.plugin],
    ["projector", "Projector", "Rebuild the record beside the one in use", rebuilding.plugin],
    ["relay", "Relay", "Compare the topic with the ledger, and mend it", relay.plugin],
    [
      "demo",
      "Demo",
      "Local tokens and clock",
      demoRoutes({
        clock,
        issue,
        tick: () => Promise.all([transfer.tick(), duplicates.tick(), national.tick()]),
        dataDir,
        seen: { queries, aggregates, personKeys },
      }),
    ],
  ] as const
  for (const [name, title, description, own] of mounts) {
    const plugin = checks[name] === undefined ? own : withStatus(counted.statusOf(name, checks[name]), own)
    await mountService(server, { prefix: `/${name}`, title, version, description, plugin })
  }

  await mountService(server, { ...v1, version, plugin: national.v1 })

  await proof.start()
  await relay.start()
  projector.start()
  await transfer.start()
  national.start()
  await duplicates.start()
  await intake.start()

  const settled = async (): Promise<void> => {
    for (;;) {
      const before = await store.head()
      await relay.caughtUp()
      await Promise.all([transfer.idle(), duplicates.idle()])
      await projector.caughtUp()
      if ((await store.head()) === before) return
    }
  }
  const close = async (): Promise<void> => {
    health.drain()
    counted.stop()
    await server.close()
    await intake.stop()
    await audit.close()
    await national.close()
    await proof.stop()
    await Promise.all([transfer.stop(), duplicates.stop()])
    await relay.stop()
    await rebuilding.close()
    await projector.stop()
    await engines.close()
  }
  return {
    dataDir,
    server,
    engines,
    queries,
    personKeys,
    clock,
    issue,
    intake,
    transfer,
    duplicates,
    relay,
    projector,
    proof,
    settled,
    close,
  }
}
