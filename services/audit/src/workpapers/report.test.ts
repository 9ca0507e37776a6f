import { createHash } from "node:crypto"
import { canonical } from "@tongzhang/proof/canonical"
import { storedZip } from "@tongzhang/proof/bundle/zip"
import { parseVkey } from "@tongzhang/proof/note"
import { newSigningKey, openCosigner, openNoteSigner } from "@tongzhang/proof/signer"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import * as fc from "fast-check"
import readXlsxFile from "read-excel-file/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Door, openProvenDoor, openWitness, type OpenWitness } from "../fixtures/proven-door.js"
import { alice, openWorld, type World } from "../fixtures/world.js"
import type { Paper } from "./paper.js"
import { checkPage, checkReport } from "./report/check.js"
import type { SignedReport } from "./report/signed.js"

type Path = readonly (string | number)[]
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const leavesOf = (value: Json, path: Path = []): Path[] => {
  if (value === null || typeof value !== "object") return [path]
  return Object.entries(value).flatMap(([key, one]) => leavesOf(one as Json, [...path, Array.isArray(value) ? Number(key) : key]))
}
const changed = (value: Json, [first, ...rest]: Path, change: (leaf: Json) => Json): Json => {
  if (first === undefined) return change(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, Json>
  copy[first] = changed(copy[first] as Json, rest, change)
  return copy as Json
}
const other = (leaf: Json): Json => {
  if (typeof leaf === "number") return leaf + 1
  if (typeof leaf === "boolean") return !leaf
  return typeof leaf === "string" ? `${leaf}!` : "!"
}

describe("a signed report", () => {
  let record: RecordDb
  let world: World
  let door: Door
  let witness: OpenWitness
  const secret = newSigningKey("audit.example/office")
  const key = openNoteSigner(secret).key
  const engagement = "AUD2026.01"
  const at = `/workpapers/${engagement}`
  let file: string
  let page: string

  const did = async (path: string, body: unknown, auditor = "wang"): Promise<Paper> => {
    const answer = await door.ask(auditor, `/workpapers${path}`, body)
    expect(answer.status, answer.body.toString()).toBe(200)
    return answer.json<Paper>()
  }
  const got = async (path: string): Promise<string> => {
    const answer = await door.ask("wang", `${at}/${path}`)
    expect(answer.status, answer.body.toString()).toBe(200)
    return answer.body.toString("utf8")
  }
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.project()
    door = await openProvenDoor(world, { reportKey: secret })
    witness = await openWitness(door.proof.key)
    await door.askWitnesses([witness])
    await did("", { engagement, title: "转移接续 <审计> & 对账", scope: "转出金额", from: "2023-01-01", to: "2023-12-31" })
    const { samples } = await did(`/${engagement}/samples`, { seed: "七", size: 3 })
    const item = samples[0]?.items[0]?.event
    await did(`/${engagement}/notes`, {
      about: { kind: "item", sample: "S1", event: item },
      result: "exception",
      text: "</script>基数低",
    })
    const evidence = [item, `Enrollment-44_110_${alice}@0`]
    const finding = {
      severity: "major",
      title: "未清退",
      rule: "人社部发〔2010〕70号",
      evidence,
      amount_fen: 8_000,
      recommendation: "清退",
    }
    await did(`/${engagement}/findings`, finding)
    await did(`/${engagement}/findings/F1/resolve`, { reason: "已清退" })
    await did(`/${engagement}/reviews`, { opinion: "同意" }, "li")
  }, 90_000)
  afterAll(async () => {
    await door.close()
    await witness.close()
    await world.close()
    await record.close()
  })

  it("is refused while the engagement is open, when only an unsigned draft is given", async () => {
    expect((await door.ask("wang", `${at}/report.json`)).json()).toMatchObject({ status: 409, rule: "ENGAGEMENT_OPEN" })
    const draft = await got("report.json?draft=true")
    expect(JSON.parse(draft)).toMatchObject({ report: { status: "draft", conclusion: null, proof: null }, signature: null })
    expect(await checkReport(draft, { keys: [key] })).toMatchObject({ ok: false, problems: ["it is not signed: a draft"] })
    await did(`/${engagement}/close`, { conclusion: "除 F1 外无差异" })
    file = await got("report.json")
    page = await got("report.html")
  })

  it("is checked offline with the office's key, down to the receipts of its evidence", async () => {
    expect(await checkReport(file, { keys: [key] })).toMatchObject({
      ok: true,
      problems: [],
      signedBy: ["audit.example/office"],
      receipts: 2,
    })
    expect(await checkPage(page, { keys: [key], log: door.proof.key })).toMatchObject({ ok: true, problems: [] })
    const { vkey } = (await door.ask("wang", "/workpapers/key")).json<{ vkey: string }>()
    expect(parseVkey(vkey)).toEqual(key)
    const { report } = JSON.parse(file) as SignedReport
    expect(report).toMatchObject({ status: "final", conclusion: "除 F1 外无差异", balance: { ok: true, unposted: 0 } })
    expect(report.balance.debit_fen).toBe(report.balance.credit_fen)
    expect(report.balance.posted).toBeGreaterThan(5)
    // Opening, sample, note, finding, its settling, review.
    expect(report.proof?.papers).toHaveLength(6)
    expect(report.proof?.items).toHaveLength(3)
    expect(page).toContain("除 F1 外无差异")
    expect(page).toContain("tongzhang audit redraw AUD2026.01")
  })

  it("stands on a checkpoint that a witness of another place has signed", async () => {
    const other = openCosigner(newSigningKey("witness.example/51")).key
    const named = parseVkey(witness.vkey)
    expect(await checkReport(file, { keys: [key], witnesses: [named] })).toMatchObject({ ok: true })
    const { problems } = await checkPage(page, { keys: [key], witnesses: [named, other] })
    expect(problems).toEqual(["/proof/checkpoint: witness.example/51 has not signed it"])
  })

  it("has the same bytes whenever it is asked for, whatever the ledger has taken in since", async () => {
    await world.pay("31", alice, "M9", "2023-08", "2023-09", 8_000)
    await world.project()
    await door.proof.caughtUp()
    expect(await got("report.json")).toBe(file)
    expect(await got("report.html")).toBe(page)
  })

  it("names every part that was changed, whichever it is", async () => {
    const signed = JSON.parse(file) as { report: Json }
    const leaves = leavesOf(signed.report)
    expect(leaves.length).toBeGreaterThan(200)
    for (const leaf of leaves) {
      const report = changed(signed.report, leaf, other)
      const { ok, problems } = await checkReport(`${canonical({ ...signed, report })}\n`, { keys: [key] })
      expect(ok, leaf.join("/")).toBe(false)
      if (leaf[0] === "format") continue
      const [named = ""] = /^\/\S*/u.exec(problems[0] ?? "") ?? []
      expect(`/${leaf.join("/")}`.startsWith(named) && named.length > 1, `${leaf.join("/")}: ${problems[0]}`).toBe(true)
    }
  })

  it("names what was taken out and what was added", async () => {
    const signed = JSON.parse(file) as { report: Record<string, Json> }
    const without = { ...signed, report: { ...signed.report, findings: [] } }
    const { problems } = await checkReport(`${canonical(without)}\n`, { keys: [key] })
    expect(problems).toContain("/findings/0/severity was taken out")
    const more = { ...signed, report: { ...signed.report, remark: "x" } }
    expect((await checkReport(`${canonical(more)}\n`, { keys: [key] })).problems).toContain("/remark was added")
  })

  it("is refused for one flipped character, wherever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.constantFrom("x", "0", "审", " "), async (place, char) => {
        fc.pre(file[place] !== char)
        const flipped = file.slice(0, place) + char + file.slice(place + 1)
        const check = await checkReport(flipped, { keys: [key] })
        expect(check.ok).toBe(false)
        expect(check.problems[0]?.length).toBeGreaterThan(5)
      }),
      { numRuns: 150 },
    )
  })

  it("is refused as a page that shows other words than it carries", async () => {
    const shown = page.replace("<strong>除 F1 外无差异</strong>", "<strong>无差异</strong>")
    expect((await checkPage(shown, { keys: [key] })).problems[0]).toMatch(/^line \d+ of the page is not what the report says/u)
    const carried = page.replace('"amount_fen":8000', '"amount_fen":8001')
    expect((await checkPage(carried, { keys: [key] })).problems).toContain("/findings/0/amount_fen is not what was signed")
    const older = page.replace("audit page 1", "audit page 0")
    expect((await checkPage(older, { keys: [key] })).problems[0]).toMatch(/^the page was drawn by tongzhang audit page 0/u)
    expect((await checkPage("<html></html>", { keys: [key] })).problems).toEqual(["the page carries no report"])
  })

  it("is refused when another key signed it, or its hashes were made to agree", async () => {
    const stranger = openNoteSigner(newSigningKey("audit.example/office")).key
    expect((await checkReport(file, { keys: [stranger] })).problems).toEqual([
      "/signature: audit.example/office has not signed it",
    ])
    const signed = JSON.parse(file) as SignedReport
    const digests = { ...signed.digests, "/title": signed.digests["/scope"] }
    const report = { ...signed.report, title: signed.report.scope }
    const { problems } = await checkReport(`${canonical({ ...signed, report, digests })}\n`, { keys: [key] })
    expect(problems[0]).toMatch(/^\/signature is over other hashes/u)
    const wrongLog = openNoteSigner(newSigningKey("ledger.example/test")).key
    expect((await checkReport(file, { keys: [key], log: wrongLog })).problems[0]).toMatch(/^\/proof\/checkpoint/u)
  })

  it("goes home as a workbook with event ids, and a manifest of hashes", async () => {
    const answer = await door.ask("wang", `${at}/papers.zip`)
    const files = storedZip.unzip(answer.body)
    const manifest = Buffer.from(files["manifest.sha256"] ?? []).toString()
    for (const end of ["xlsx", "json", "html"]) {
      const name = `${engagement}.${end}`
      expect(manifest).toContain(
        `${createHash("sha256")
          .update(files[name] ?? "")
          .digest("hex")}  ${name}\n`,
      )
    }
    expect(Buffer.from(files[`${engagement}.json`] ?? []).toString()).toBe(file)
    const sheets = await readXlsxFile(Buffer.from(files[`${engagement}.xlsx`] ?? []))
    expect(sheets.map(({ sheet }) => sheet)).toEqual(["项目", "样本", "样本明细", "记录", "审计发现", "试算平衡"])
    const { report } = JSON.parse(file) as SignedReport
    expect(sheets[2]?.data.slice(1).map((row) => row[1])).toEqual(report.samples[0]?.items.map(({ event }) => event))
  })
})
