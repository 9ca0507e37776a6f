/** The walk of docs/audit.md, typed: an engagement from opening to a report that is checked on a machine without the ledger. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { generateNation } from "@tongzhang/nation/nation"
import { writeFeeds } from "@tongzhang/nation/feeds"
import { demoHistory } from "@tongzhang/nation/rider"
import { storedZip } from "@tongzhang/proof/bundle/zip"
import { createLogger } from "@tongzhang/service-kit/logger"
import { feedAll } from "@tongzhang/standalone/demo/feeding"
import { serve, type Served } from "@tongzhang/standalone/serve"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { provinces, temporaryFolder, tongzhang } from "./support.ts"

const folder = temporaryFolder("papers")
const dataDir = join(folder.path, "ledger")
const out = (name: string): string => join(folder.path, name)
let served: Served

beforeAll(async () => {
  mkdirSync(dataDir)
  served = await serve(dataDir, 0, createLogger({ service: "papers", level: "fatal" }))
  const nation = generateNation({ seed: 5, persons: 12, provinces })
  const written = await writeFeeds(nation, join(folder.path, "incoming"), { noise: 0, also: demoHistory() })
  await feedAll(served.ledger, written, () => {})
  await served.ledger.settled()
}, 180_000)
afterAll(async () => {
  await served?.ledger.close()
  folder.remove()
})

const audit = (...args: readonly string[]) => tongzhang(dataDir, "audit", ...args)
const well = async (...args: readonly string[]): Promise<string> => {
  const ran = await audit(...args)
  expect(ran.code, `${args.join(" ")}: ${ran.stdout}${ran.stderr}`).toBe(0)
  return ran.stdout
}
type Shown = { readonly samples: readonly { readonly items: readonly { readonly event: string }[] }[] }

describe.sequential("an audit on the command line", () => {
  it("is opened, drawn, noted, found, checked, read by a second auditor and closed", { timeout: 180_000 }, async () => {
    const scope = ["--title", "转移接续审计", "--scope", "转出金额", "--from", "2025-01-01", "--to", "2025-12-31"]
    await well("open", "AUD2026.01", ...scope, "--as", "wang")
    await well("draw", "AUD2026.01", "--seed", "七", "--size", "5", "--method", "monetary", "--as", "wang")
    const shown = JSON.parse(await well("show", "AUD2026.01", "--json")) as Shown
    const event = shown.samples[0]?.items[0]?.event ?? ""
    await well("note", "AUD2026.01", "基数低于下限", "--item", `S1:${event}`, "--result", "exception", "--as", "wang")
    const finding = ["--title", "基数低于下限", "--rule", "社会保险法 Art 12", "--recommendation", "补足", "--amount", "234.5"]
    await well("finding", "AUD2026.01", ...finding, "--evidence", event, "--as", "wang")
    expect(await well("check", "AUD2026.01", "--as", "wang")).toMatch(/^✓/u)
    await well("resolve", "AUD2026.01", "F1", "--reason", "已补缴", "--as", "wang")
    const own = await audit("review", "AUD2026.01", "--opinion", "同意", "--as", "wang")
    expect([own.code, own.stderr]).toEqual([1, expect.stringContaining("REVIEW_BY_WRITER")])
    await well("review", "AUD2026.01", "--opinion", "同意", "--as", "li")
    expect(await well("redraw", "AUD2026.01")).toMatch(/^✓ S1: 一致 equal, 5 of/u)
    await well("close", "AUD2026.01", "--conclusion", "除 F1 外无差异", "--as", "wang")
    const old = await audit("draw", "AUD2026.01", "--seed", "八", "--recorded", "2000-01-01..2000-12-31", "--as", "wang")
    expect([old.code, old.stderr]).toEqual([1, expect.stringContaining("ENGAGEMENT_CLOSED")])
    const sampled = JSON.parse(await well("sample", "--seed", "八", "--recorded-to", "2000-12-31", "--json")) as { facts: number }
    expect(sampled.facts).toBe(0)
    expect(await well("list")).toContain("¥234.50")
  })

  it(
    "gives a report that is checked far from the ledger, and a changed one is found and named",
    { timeout: 90_000 },
    async () => {
      for (const end of ["json", "html", "zip"]) await well("report", "AUD2026.01", "--out", out(`report.${end}`))
      const key = (await well("key")).trim()
      const far = (file: string) => tongzhang(join(folder.path, "nowhere"), "audit", "verify-report", out(file), "--key", key)
      for (const file of ["report.json", "report.html"]) expect((await far(file)).stdout).toContain("✓ AUD2026.01 转移接续审计")
      const text = readFileSync(out("report.json"), "utf8")
      writeFileSync(out("changed.json"), text.replace('"amount_fen":23450', '"amount_fen":2345'))
      const changed = await far("changed.json")
      expect([changed.code, changed.stdout]).toEqual([1, "✗ /findings/0/amount_fen is not what was signed\n"])
      const files = storedZip.unzip(readFileSync(out("report.zip")))
      expect(Object.keys(files)).toEqual(["AUD2026.01.xlsx", "AUD2026.01.json", "AUD2026.01.html", "manifest.sha256"])
      expect(Buffer.from(files["AUD2026.01.json"] ?? []).toString("utf8")).toBe(text)
    },
  )
})
