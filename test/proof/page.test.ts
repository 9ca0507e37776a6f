/** The offline page in a real browser with the network off. Where no Chromium is installed, the test says so and checks nothing. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { receiptPage } from "@tongzhang/proof/assets"
import { eventAtIndex, receiptOf } from "@tongzhang/proof/find"
import { formatVkey } from "@tongzhang/proof/note"
import { qrParts } from "@tongzhang/proof/qr"
import { newSigningKey, openNoteSigner } from "@tongzhang/proof/signer"
import { type Browser, chromium, type Page } from "playwright-core"
import QRCode from "qrcode"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { eventsUpTo, ledgerOf } from "../../packages/proof/src/testing/ledger.js"
import { origin, publish } from "../../packages/proof/src/testing/published.js"

const executablePath = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
)
if (executablePath === undefined) process.stderr.write("test/proof: the page is not looked at: no Chromium here (set CHROMIUM)\n")

const folder = mkdtempSync(join(tmpdir(), "page-"))

describe.runIf(executablePath !== undefined)("the offline page", () => {
  let browser: Browser
  let page: Page
  let receipt: string
  const requests: string[] = []
  beforeAll(async () => {
    const { tiles, state, signer, published } = await publish(eventsUpTo(700))
    const deps = { store: ledgerOf(eventsUpTo(700)).store, tiles, state }
    const event = await eventAtIndex(deps, (await import("@tongzhang/proof/reader")).readLog(tiles, 700), 300)
    if (event === null) throw new Error("no event")
    receipt = (await receiptOf(deps, event, 300, published, 700)).text
    const file = join(folder, "receipt.html")
    writeFileSync(file, receiptPage([formatVkey(signer.key)]))
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] })
    const context = await browser.newContext({ offline: true })
    page = await context.newPage()
    page.on("request", (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(file).href)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })
  const result = async (text: string): Promise<string> => {
    await page.fill("#receipt", text)
    await page.waitForSelector("#result.green, #result.red")
    // The check is over when two looks in a row agree.
    await page.waitForTimeout(200)
    return `${(await page.getAttribute("#result", "class")) ?? ""}: ${await page.innerText("#result")}`
  }

  it("turns green for a receipt and shows what it is about", async () => {
    const shown = await result(receipt)
    expect(shown).toContain("green: ✓ 属实 Proven")
    expect(shown).toContain("¥5003.00")
  })
  it("turns red when one digit of the amount is another", async () => {
    const extra = receipt.split("\n")[1] ?? ""
    const content = Buffer.from(extra.slice(6), "base64").toString().replace("500300", "900300")
    expect(await result(receipt.replace(extra, `extra ${Buffer.from(content).toString("base64")}`))).toContain("EVENT_NOT_IN_LOG")
  })
  it("turns red when the ledger is another one's", async () => {
    const keys = await page.inputValue("#keys")
    await page.fill("#keys", formatVkey(openNoteSigner(newSigningKey(origin)).key))
    expect(await result(receipt)).toContain("NOT_SIGNED_BY_LOG")
    await page.fill("#keys", keys)
  })
  it("reads it from pictures of its codes", async () => {
    await page.fill("#receipt", "")
    const files: string[] = []
    for (const [i, part] of qrParts(receipt).entries()) {
      files.push(join(folder, `code-${i}.png`))
      await QRCode.toFile(files.at(-1) ?? "", part, { errorCorrectionLevel: "L", scale: 5 })
    }
    expect(files.length).toBeGreaterThan(1)
    await page.setInputFiles("#file", files)
    await page.waitForSelector("#result.green", { timeout: 30_000 })
    expect(await page.inputValue("#receipt")).toBe(receipt)
  })
  it("uses the library where the browser has no Ed25519 of its own", async () => {
    await page.evaluate(() => {
      const subtle = crypto.subtle as unknown as { importKey: unknown }
      subtle.importKey = () => Promise.reject(new Error("unsupported"))
    })
    expect(await result(`${receipt} `.trimEnd() + "\n\n")).toContain("green")
  })
  it("asks the network for nothing", () => {
    expect(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("blob:"))).toEqual([])
  })
})
