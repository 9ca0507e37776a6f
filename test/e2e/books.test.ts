/** The books of a ledger that has lived: a nation's files, transfers, decisions and refunds, through the real services. */
import { spawnSync } from "node:child_process"
import type { BooksReport } from "@tongzhang/audit/books/trial-balance"
import { replayPerson } from "@tongzhang/record/replay"
import { createLogger } from "@tongzhang/service-kit/logger"
import { type Ledger, openLedger } from "@tongzhang/standalone/ledger"
import readXlsxFile from "read-excel-file/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { root, temporaryFolder, tongzhangPath } from "./support.ts"

const folder = temporaryFolder("books")
const data = `${folder.path}/ledger`
let ledger: Ledger
let token: string

beforeAll(async () => {
  const ran = spawnSync(process.execPath, [tongzhangPath, "demo", "--keep", data, "--persons", "120", "--json"], {
    cwd: root,
    encoding: "utf8",
  })
  expect(ran.status, ran.stderr).toBe(0)
  ledger = await openLedger({ dataDir: data, logger: createLogger({ service: "books", level: "fatal" }) })
  await ledger.settled()
  token = await ledger.issue("auditor")
}, 240_000)
afterAll(async () => {
  await ledger?.close()
  folder.remove()
})

const get = (path: string) =>
  ledger.server.inject({ url: `/audit/${path}`, headers: { authorization: `Bearer ${token}`, "x-purpose": "audit" } })
const balance = async (query = ""): Promise<BooksReport> => {
  const response = await get(`books${query}`)
  expect(response.statusCode, response.body).toBe(200)
  return response.json<BooksReport>()
}
const creditOf = (report: BooksReport, account: string, province?: string): number =>
  report.rows
    .filter((row) => row.account === account && (province === undefined || row.province === province))
    .reduce((sum, row) => sum - row.balance_fen, 0)

describe("the trial balance of a generated nation", () => {
  it("sums to zero, posts every money event, and agrees with conservation and the record", async () => {
    const report = await balance()
    expect(report).toMatchObject({ ok: true, differences: [], unposted: [], record: "compared" })
    expect(report.debit_fen).toBe(report.credit_fen)
    expect(report.posted).toBeGreaterThan(1_000)
    expect(creditOf(report, "refunds_paid")).toBeGreaterThan(0)
    expect(creditOf(report, "in_transit_account")).toBe(0)
  })

  it("has the account and pooled sums of every relation of every person, province by province", async () => {
    const report = await balance()
    const sums = new Map<string, { account: number; pooled: number }>()
    for (const { person_key } of await ledger.engines.record.db.selectFrom("person_record").select("person_key").execute()) {
      const { state, problem } = await replayPerson(ledger.engines.store, person_key as never)
      expect(problem).toBeNull()
      for (const [side, relation] of state.relations) {
        const sum = sums.get(side.slice(0, 2)) ?? { account: 0, pooled: 0 }
        sums.set(side.slice(0, 2), {
          account: sum.account + relation.account_fen,
          pooled: sum.pooled + relation.pooled_fen,
        })
      }
    }
    expect(sums.size).toBeGreaterThan(5)
    for (const [province, { account, pooled }] of sums) {
      expect(creditOf(report, "person_account", province), province).toBe(account)
      expect(creditOf(report, "pooled_fund", province), province).toBe(pooled)
    }
  }, 60_000)

  it("balances at every position asked for, and all provinces together are the whole", async () => {
    const { events } = await ledger.engines.store.readAll({ after: null, max: 100_000 })
    for (const share of [0, 0.31, 0.77, 0.999]) {
      const fact = events[Math.floor(share * events.length)]
      const then = await balance(`?knownAt=${fact?.position ?? ""}`)
      expect(then, String(share)).toMatchObject({ ok: true, record: "not at this position" })
      expect(then.debit_fen).toBe(then.credit_fen)
    }
    const whole = await balance()
    const provinces = [...new Set(whole.rows.map(({ province }) => province))]
    const parts = await Promise.all(provinces.map((province) => balance(`?province=${province}`)))
    expect(parts.reduce((sum, { debit_fen }) => sum + debit_fen, 0)).toBe(whole.debit_fen)
    expect(parts.flatMap(({ rows }) => rows)).toHaveLength(whole.rows.length)
  }, 60_000)

  it("at the end of a day it is what was known then", async () => {
    const early = await balance("?knownAt=1999-12-31")
    expect(early).toMatchObject({ rows: [], events: 0, ok: true })
    const late = await balance("?knownAt=2999-12-31")
    expect(late.debit_fen).toBe((await balance()).debit_fen)
  })

  it("opens in a spreadsheet: CSV and XLSX hold the same rows", async () => {
    const [report, csv, xlsx] = [
      await balance("?province=31"),
      await get("books.csv?province=31"),
      await get("books.xlsx?province=31"),
    ]
    const lines = csv.body.replace("\uFEFF", "").trim().split("\r\n")
    expect(lines).toHaveLength(report.rows.length + 2)
    expect(lines.at(-1)).toContain(`,${report.debit_fen},${report.credit_fen},`)
    const sheets = await readXlsxFile(xlsx.rawPayload)
    const rows = sheets[0]?.data ?? []
    expect(rows).toHaveLength(report.rows.length + 2)
    expect(rows.at(-1)?.slice(-3)).toEqual([report.debit_fen, report.credit_fen, report.debit_fen - report.credit_fen])
  })

  it("refuses a moment that is none, and strangers", async () => {
    expect((await get("books?knownAt=%C3%A4")).statusCode).toBe(400)
    expect((await ledger.server.inject({ url: "/audit/books" })).statusCode).toBe(401)
  })
})
