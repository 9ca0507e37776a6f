/** A door with real stores in a temporary folder, for tests. */
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import { checkDigit } from "@tongzhang/domain/citizen-id"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { openEmbeddedKeyStore } from "@tongzhang/identity/embedded/key-store"
import { systemClock } from "@tongzhang/service-kit/clock"
import { createServer, type Server } from "@tongzhang/service-kit/http"
import { createLogger } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import type { RowOutcome } from "../rows/outcome.js"
import { readOutcomes } from "../batch/outcomes.js"
import type { FeedNote } from "../feeds/folder.js"
import type { IntakeLimits } from "../limits.js"
import { createIntakeService } from "../service.js"

export const identitySecret = "identity secret of the tests, 32+"
const tokenSecret = "token secret of the tests, at least 32 bytes"
/** 2026-11-22 in China. */
export const now = Date.parse("2026-11-22T08:00:00Z")
const clock = { ...systemClock, now: () => now }

/** A valid number of an impossible region (99), so that it can be nobody's. */
export const idOf = (serial: number, birth = "19900101"): string => {
  const first17 = `990101${birth}${String(serial).padStart(3, "0")}`
  return first17 + checkDigit(first17)
}

export const agencyActor = (province: ProvinceCode) => ({ kind: "agency" as const, id: `agency-${province}`, province })

export const openDoor = async (options: { readonly limits?: Partial<IntakeLimits>; readonly folder?: string } = {}) => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "intake-"))
  const store = await openEmbeddedStore({ path: join(folder, "events"), now: clock.now })
  const keys = await openEmbeddedKeyStore({
    path: join(folder, "keys"),
    masterSecret: "master secret of the tests",
    now: clock.now,
  })
  const aggregates = openAggregateStore(store)
  const logger = createLogger({ service: "intake", level: "silent" })
  const intake = createIntakeService({
    store,
    aggregates,
    keys,
    identitySecret,
    clock,
    logger,
    dataDir: join(folder, "intake"),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  const verifier = createVerifier({ alg: "HS256", secret: tokenSecret }, { now: clock.now })
  const server: Server = createServer({ name: "intake", logger, verifier, metrics: createMetrics(), bodyLimit_bytes: 1_000_000 })
  await mountService(server, { prefix: "/intake", title: "Intake", version: "1", description: "test", plugin: intake.plugin })

  const write = (content: string | Buffer, name: string): string => {
    const path = join(folder, `${randomUUID()}-${name}`)
    writeFileSync(path, content)
    return path
  }
  const feed = async (
    content: string | Buffer,
    { province = "31" as ProvinceCode, dryRun = false, name = "feed.csv" } = {},
  ): Promise<FeedNote & { readonly outcomes: readonly RowOutcome[] }> => {
    const note = await intake.feedFile({
      path: write(content, name),
      province,
      actor: agencyActor(province),
      dryRun,
      fileName: name,
    })
    const outcomes: RowOutcome[] = []
    for await (const outcome of readOutcomes(join(folder, "intake", "feeds", note.feedId, "outcomes"))) outcomes.push(outcome)
    return { ...note, outcomes }
  }
  /** Every event of the ledger, feeds' own excepted unless asked for. */
  const ledger = async (prefixes: readonly string[] = ["Person-", "Enrollment-", "Benefit-"]) => {
    const { events } = await store.readAll({ after: null, max: 10_000, prefixes })
    return events.map((record) => {
      const decoded = decodeEvent(record)
      if (!decoded.ok) throw new Error(decoded.cause)
      return { stream: record.stream, id: record.id, event: decoded.event, metadata: decodeMetadata(record.metadata) }
    })
  }
  const token = (province: ProvinceCode) =>
    issueToken(tokenSecret, { kind: "agency", id: `agency-${province}`, province }, { ttl_seconds: 600, now: now })
  const centerToken = () => issueToken(tokenSecret, { kind: "center", id: "center" }, { ttl_seconds: 600, now: now })
  return {
    folder,
    store,
    keys,
    intake,
    centerToken,
    server,
    write,
    feed,
    ledger,
    token,
    close: async ({ keep = false } = {}) => {
      await server.close()
      await intake.stop()
      await store.close()
      await keys.close()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type Door = Awaited<ReturnType<typeof openDoor>>

/** `code` of a row: the refusal's, or the first warning's; else the status. */
export const codeOf = (outcome: RowOutcome | undefined): string => {
  if (outcome === undefined) return "none"
  if (outcome.status === "refused") return outcome.refusal.code
  return outcome.status === "accepted_with_warning" ? (outcome.warnings[0]?.code ?? "") : outcome.status
}
