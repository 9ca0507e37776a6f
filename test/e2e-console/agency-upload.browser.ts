/** The agency's upload desk: a foreign table in GBK from the desktop to a receipt that verifies offline, and the same file again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import { fictionalId } from "@tongzhang/nation/ids"
import iconv from "iconv-lite"
import type { Download, FileChooser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

const header = "操作,参保人身份证件号,人员姓名全称,险种,参保身份,业务流水,所属年月,申报工资,金额,金额,入账日,经办人"
const idOf = (n: number): string => fictionalId(9906, n > 450 ? "19850613" : "19850612", n > 450 ? n - 450 : n, "female")
const people = 900
/** Two rows a person; then one ID mistyped and one month that is none. */
const rows = Array.from({ length: people }, (_, i) => [
  `参保登记,${idOf(i + 1)},沈小满,110,灵活就业,,2024-01,,,,,王`,
  `缴费,${idOf(i + 1)},沈小满,110,,GD${i + 1},202401,8000,0,1600,2024/2/5,王`,
]).flat()
const wrong = (id: string): string => `${id.slice(0, 17)}${id.endsWith("0") ? "1" : "0"}`
const bad = [
  `缴费,${wrong(idOf(1))},沈小满,110,,GX1,202402,8000,0,1600,2024/3/5,王`,
  `缴费,${idOf(2)},沈小满,110,,GX2,202413,8000,0,1600,2024/3/5,王`,
]
const table = iconv.encode(`${[header, ...rows, ...bad].join("\r\n")}\r\n`, "gb18030")
const taken = people * 2

const chosen = {
  操作: "act",
  参保人身份证件号: "citizenId",
  人员姓名全称: "name",
  业务流水: "line",
  所属年月: "month",
  申报工资: "base",
  入账日: "paidOn",
  经办人: "none",
} as const

describe.runIf(executablePath !== undefined)("the agency's upload desk", () => {
  let world: World
  const folder = mkdtempSync(join(tmpdir(), "upload-"))
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => {
    await world?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const agency = () => world.served.ledger.issue("agency:44")
  const noSideways = async (page: Page): Promise<void> =>
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url()).toBe(true)
  const drop = (page: Page, name: string): Promise<void> =>
    page.locator(".upload-drop").evaluate(
      (target, { bytes, fileName }) => {
        // The tests are typed for Node, which has neither.
        type Transfer = { readonly items: { readonly add: (file: File) => void } }
        const { DataTransfer: Data, DragEvent: Drag } = globalThis as unknown as {
          readonly DataTransfer: new () => Transfer
          readonly DragEvent: new (type: string, init: object) => Event
        }
        const data = new Data()
        data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], fileName, { type: "text/csv" }))
        target.dispatchEvent(new Drag("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
      },
      { bytes: table.toString("base64"), fileName: name },
    )
  const saved = async (page: Page, press: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
    const [download]: [Download, void] = await Promise.all([page.waitForEvent("download"), press()])
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    return { name: download.suggestedFilename(), bytes: readFileSync(path) }
  }
  const countsOf = (page: Page): Promise<string> => page.locator(".upload-counts").innerText()
  const feedEvents = async () => {
    const { store } = world.served.ledger.engines
    const { events } = await store.readAll({ after: null, max: 100_000, prefixes: ["Person-", "Enrollment-"] })
    return events.filter(({ metadata }) => {
      const { actor, source } = decodeMetadata(metadata)
      return source !== undefined && actor.id === "agency-44" && source.fileHash === hash
    })
  }
  let hash = ""
  let feedAddress = ""
  let receiptNo = ""

  it("takes a template, a dropped GBK table with headers of its own, and asks what its columns are", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/upload", await agency()))
    await page.getByText("把文件拖到这里").waitFor()
    const template = await saved(page, () => page.getByRole("button", { name: "下载 CSV 模板" }).click())
    expect(template.bytes.toString("utf8")).toContain("公民身份号码(AAC002)")
    await world.shot(page, "upload")
    expect(await seriousViolations(page)).toEqual([])

    await drop(page, "粤-2024-01.csv")
    await page.waitForURL(/\/uploads\/up[0-9a-f]{20}$/u)
    await page.getByText("列请您看一看").waitFor()
    expect(await page.locator("main").innerText()).toContain("CSV · GB18030")
    expect(await page.locator("body").innerText()).not.toContain(idOf(1))
    for (const [name, column] of Object.entries(chosen)) await page.getByLabel(`“${name}”是哪一列`).selectOption(column)
    await page.getByLabel("“金额”是哪一列").nth(0).selectOption("personalPaid")
    await page.getByLabel("“金额”是哪一列").nth(1).selectOption("personalPaid")
    await page.getByText("只能留一列").waitFor()
    expect(await page.getByRole("button", { name: "试算" }).isDisabled()).toBe(true)
    await page.getByLabel("“金额”是哪一列").nth(0).selectOption("employerPaid")
    await page.getByText("列都已对应好").waitFor()
    await world.shot(page, "upload-columns")
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole("button", { name: "试算" }).click()

    await page.waitForURL(/\/feeds\/dry[0-9a-f]{20}$/u)
    await page.getByRole("button", { name: `提交入账（${taken.toLocaleString("en")} 行）` }).waitFor()
    expect(await countsOf(page)).toMatch(/新增\s+1,800[\s\S]*退回\s+2\b/u)
    const problems = await page.locator(".upload-problems").innerText()
    expect(problems).toContain("ID_CHECK_DIGIT")
    expect(problems).toContain("MONTH_FORMAT")
    expect(problems).toContain(`${idOf(1).slice(0, 4)}**********`)
    expect(await page.locator("body").innerText()).not.toContain(wrong(idOf(1)))
    await world.shot(page, "upload-rehearsed")
    expect(await seriousViolations(page)).toEqual([])
    const { events } = await world.served.ledger.engines.store.readAll({
      after: null,
      max: 100_000,
      prefixes: ["Enrollment-44_110_"],
    })
    expect(events.filter(({ data }) => Buffer.from(data).includes('"line":"GD')).length).toBe(0)

    await page.getByRole("button", { name: "提交入账" }).click()
    await page.waitForURL(/\/feeds\/[0-9a-f]{20}$/u)
    // Whoever comes back to this address sees the same feed, running or done.
    await page.reload()
    await page.getByRole("heading", { name: /^回执 R44/u }).waitFor({ timeout: 90_000 })
    feedAddress = new URL(page.url()).pathname
    receiptNo = /R44[0-9A-F]{12}/u.exec(await page.locator("#receipt").innerText())?.[0] ?? ""
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("gives a receipt whose codes the offline page verifies, and the files to work on", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(`${world.served.url}${feedAddress}#token=${await agency()}`)
    await page.locator(".upload-codes figure").nth(1).waitFor({ timeout: 60_000 })
    const words = await page.locator(".upload-receipt").innerText()
    hash = /\b[0-9a-f]{64}\b/u.exec(words)?.[0] ?? ""
    expect(words).toContain("¥1,440,000.00")
    expect(words).toContain("入账 1,800 行，已在账 0 行，退回 2 行，共 1,802 行")
    expect(words).toMatch(/证明日志第 [\d,]+ 条/u)
    await world.shot(page, "upload-receipt")
    expect(await seriousViolations(page)).toEqual([])
    await page.emulateMedia({ media: "print" })
    await world.shot(page, "upload-receipt-print")
    await page.emulateMedia({ media: "screen" })

    const codes: string[] = []
    for (const code of await page.locator(".upload-codes [data-qr]").all()) {
      codes.push(join(folder, `code-${codes.length}.png`))
      writeFileSync(codes.at(-1) ?? "", await code.screenshot())
    }
    const verifier = await page.context().newPage()
    await verifier.goto(`${world.served.url}/audit/proof/verify.html`)
    await verifier.setInputFiles("#file", codes)
    await verifier.locator("#result.green").waitFor({ timeout: 30_000 })
    expect(await verifier.locator("#result").innerText()).toContain(receiptNo)
    await verifier.close()

    const result = await saved(page, () => page.getByRole("button", { name: "结果 CSV" }).click())
    const lines = iconv.decode(result.bytes, "gb18030").trim().split("\r\n")
    expect(lines[0]).toBe(`${header},状态,代码,提示`)
    expect(lines).toHaveLength(taken + 3)
    expect(lines.at(-1)).toContain("MONTH_FORMAT")
    const failed = await saved(page, () => page.getByRole("button", { name: "只要退回的行" }).click())
    expect(iconv.decode(failed.bytes, "gb18030").trim().split("\r\n")).toEqual([header, ...bad])
    expect(complaints).toEqual([])
    await page.context().close()

    const written = await feedEvents()
    const types = written.map((record) => {
      const decoded = decodeEvent(record)
      return decoded.ok ? decoded.event.type : decoded.cause
    })
    expect(types.filter((type) => type === "ContributionRecorded")).toHaveLength(people)
    expect(types.filter((type) => type === "EnrollmentOpened")).toHaveLength(people)
    expect(new Set(written.map(({ metadata }) => decodeMetadata(metadata).source?.row)).size).toBe(taken)
  })

  it("reads the same header at once for a colleague on a phone, in English, by keyboard, and books nothing twice", async () => {
    const before = (await feedEvents()).length
    const { page, complaints } = await world.tab(360, 740)
    // Listened for from the start: a dialog that opens before the browser has heard of the listener is lost.
    const opened = new Promise<FileChooser>((resolve) => void page.once("filechooser", resolve))
    await page.goto(world.address("/upload", await agency()))
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("heading", { name: "This agency's feeds" }).waitFor()
    await page.getByText("You act: 2 rows came back to be corrected").first().waitFor()
    await noSideways(page)
    await world.shot(page, "upload-phone")
    const file = join(folder, "again.csv")
    writeFileSync(file, table)
    await page.getByRole("button", { name: "Choose a file" }).focus()
    await page.keyboard.press("Enter")
    await (await opened).setFiles(file)

    await page.getByText("This file was received before").waitFor()
    await page.getByText(/Filled in as agency-44 assigned/u).waitFor()
    expect(await page.getByLabel("What is 金额").nth(1).inputValue()).toBe("personalPaid")
    expect(await page.locator("main").innerText()).toContain("assigned here before")
    await noSideways(page)
    await world.shot(page, "upload-columns-phone")
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole("button", { name: "Dry run" }).focus()
    await page.keyboard.press("Enter")
    await page
      .getByText("Every row is on record")
      .or(page.getByText("submitting adds no fact"))
      .first()
      .waitFor({ timeout: 60_000 })
    await noSideways(page)
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole("button", { name: "Submit" }).focus()
    await page.keyboard.press("Enter")
    await page.getByText("Received before; nothing was booked twice").waitFor({ timeout: 60_000 })
    expect(await page.locator("main").innerText()).toContain(receiptNo)
    expect(new URL(page.url()).pathname).toBe(feedAddress)
    await page.locator(".upload-codes figure").first().waitFor()
    await noSideways(page)
    await world.shot(page, "upload-again-phone")
    expect(await seriousViolations(page)).toEqual([])
    expect((await feedEvents()).length).toBe(before)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("refuses in words, keeps a feed to its own agency, and lets others look but not send", async () => {
    const other = await world.tab(900, 700)
    await other.page.goto(`${world.served.url}${feedAddress}#token=${await world.served.ledger.issue("agency:65")}`)
    await other.page.getByRole("alert").filter({ hasText: "没有批次" }).waitFor()
    await other.page.context().close()

    const { page } = await world.tab(900, 700)
    await page.goto(world.address("/upload", await world.served.ledger.issue("agency:65")))
    await page.getByText("还没有报送过文件").waitFor()
    await world.shot(page, "upload-empty")
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "扫描件.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") })
    await page.getByRole("alert").filter({ hasText: "不是 CSV、XLSX 或 NDJSON" }).waitFor()
    await page.goto(world.address("/uploads/up00000000000000000000", await world.served.ledger.issue("agency:65")))
    await page.getByRole("alert").filter({ hasText: "只保留一天" }).waitFor()
    await page.context().close()

    const center = await world.tab(900, 700)
    await center.page.goto(`${world.served.url}${feedAddress}#token=${await world.served.ledger.issue("center")}`)
    await center.page.getByRole("heading", { name: `回执 ${receiptNo}` }).waitFor()
    expect(center.complaints).toEqual([])
    await center.page.context().close()
  })
})
