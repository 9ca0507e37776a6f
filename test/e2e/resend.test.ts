/** What is sent twice, dropped, rebuilt or sent in another order: the facts stay, and the record is always what they say. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { createClient, type Client } from "@tongzhang/standalone/cli/client"
import { feedOne, type Fed, nothingFed, plus } from "@tongzhang/standalone/demo/feeding"
import { layDemoSetting } from "@tongzhang/standalone/demo/setting"
import { type Ledger, openLedger } from "@tongzhang/standalone/ledger"
import type { FeedFile } from "@tongzhang/nation/feeds"
import { createLogger } from "@tongzhang/service-kit/logger"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { layNation, type Plan, temporaryFolder } from "./support.ts"

type Job = {
  readonly id: string
  readonly state: string
  readonly result?: { readonly ok: boolean; readonly mismatches: readonly unknown[]; readonly digest_record: string }
}

const folder = temporaryFolder("resend")
const dataDir = join(folder.path, "ledger")
const logger = createLogger({ service: "resend", level: "error" })
let plan: Plan
let ledger: Ledger
let first: Fed
let digest: string

const feedFiles = async (to: Ledger, files: readonly FeedFile[]): Promise<Fed> => {
  let fed = nothingFed
  for (const file of files) fed = plus(fed, await feedOne(to, file))
  await to.settled()
  return fed
}
const digestOf = async ({ queries }: Ledger): Promise<string> => (await queries.digest()).digest
const headOf = ({ engines }: Ledger) => engines.store.head()

const clientOf = async (to: Ledger): Promise<Client> => {
  const address = to.server.server.address()
  const listening = typeof address === "object" && address !== null
  const url = listening ? `http://127.0.0.1:${address.port}` : await to.server.listen({ port: 0, host: "127.0.0.1" })
  return createClient({ url, tokens: { auditor: await to.issue("auditor") } })
}

/** Cases as the queue shows them, in an order of their own. */
const casesOf = async ({ queries }: Ledger) => {
  const { rows, total } = await queries.overlaps({ limit: 1_000 })
  expect(rows).toHaveLength(total)
  return rows
    .map(({ person_key, case_id, kind, status, months }) => `${person_key} ${case_id} ${kind} ${status} ${months}`)
    .sort()
}

const verified = async (to: Ledger): Promise<Job["result"]> => {
  const client = await clientOf(to)
  let job = await client.post<Job>("auditor", "/audit/verify", {}, "audit")
  await expect
    .poll(async () => (job = await client.get<Job>("auditor", `/audit/jobs/${job.id}`, "audit")).state, { timeout: 60_000 })
    .toBe("done")
  return job.result
}

beforeAll(async () => {
  plan = await layNation(join(folder.path, "nation"), { persons: 120, seed: 11, period: "year" })
  layDemoSetting(dataDir, Date.now())
  ledger = await openLedger({ dataDir, logger })
  first = await feedFiles(ledger, plan.files)
  digest = await digestOf(ledger)
}, 240_000)
afterAll(async () => {
  await ledger.close()
  folder.remove()
})

describe("the same files sent again", () => {
  it("add no event: every row that was accepted is known, every bad row is bad again", async () => {
    const head = await headOf(ledger)
    const again = await feedFiles(ledger, plan.files)
    expect(again).toMatchObject({ accepted: 0, events: 0, rows: first.rows, refused: first.refused })
    expect(again.unchanged).toBe(first.accepted + first.unchanged)
    expect(await headOf(ledger)).toBe(head)
    expect(await digestOf(ledger)).toBe(digest)
  })
})

describe("the record", () => {
  it("is what the facts say, by the auditor's own fold", async () => {
    expect(await verified(ledger)).toMatchObject({ ok: true, mismatches: [], digest_record: digest })
  })

  it("rebuilt in place has the same digest", async () => {
    expect((await ledger.projector.rebuild()).digest).toBe(digest)
  })

  it("whose folder is gone is folded anew at the next start", async () => {
    await ledger.close()
    rmSync(join(dataDir, "record"), { recursive: true })
    ledger = await openLedger({ dataDir, logger })
    await ledger.settled()
    expect(await digestOf(ledger)).toBe(digest)
    expect(await verified(ledger)).toMatchObject({ ok: true, mismatches: [] })
  })
})

describe("the same country, its provinces in another order within each year", () => {
  it("ends in the same record", async () => {
    const periods = [...new Set(plan.files.map((file) => file.period))]
    const files = periods.flatMap((period) => plan.files.filter((file) => file.period === period).toReversed())
    const other = join(folder.path, "other")
    layDemoSetting(other, Date.now())
    const second = await openLedger({ dataDir: other, logger })
    try {
      const fed = await feedFiles(second, files)
      expect(fed).toMatchObject({ accepted: first.accepted, refused: first.refused, events: first.events })
      const cases = await casesOf(second)
      expect(cases.length).toBeGreaterThan(3)
      expect(cases).toEqual(await casesOf(ledger))
      expect(await digestOf(second)).toBe(digest)
    } finally {
      await second.close()
    }
  })
})
