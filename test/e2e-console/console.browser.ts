/** The console in a real browser against the standalone ledger: the center looks a rider up, a worker looks at their phone. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { mover, rider } from "@tongzhang/nation/rider"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder, tongzhangPath } from "../e2e/support.js"
import { longLiver } from "./long-life.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

if (executablePath === undefined)
  process.stderr.write("test/e2e-console: SKIPPED, no Chromium here (install it, or set CHROMIUM to its path)\n")

describe.runIf(executablePath !== undefined)("the console", () => {
  let world: World
  const shot: World["shot"] = (page, name) => world.shot(page, name)
  const keyOf: World["keyOf"] = (citizenId) => world.keyOf(citizenId)
  const drawer = (page: Page) => page.locator("dialog.side")

  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => {
    await world?.close()
  })

  it("signs in by the printed link, finds the rider by ID number, and no address ever holds the number", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const addresses: string[] = []
    page.on("request", (request) => addresses.push(request.url()))
    await page.goto(world.address("/", await world.served.ledger.issue("center")))
    await page.getByLabel("身份号码、姓名或个人键").waitFor()
    expect(page.url()).not.toContain("token")
    await shot(page, "search")
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel("身份号码、姓名或个人键").fill(rider.citizenId)
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/persons\/[0-9a-f]{32}/)
    await page.locator(".matrix").waitFor()
    expect(await page.locator(".identity").innerText()).toContain("霁")
    expect(await page.locator("body").innerText()).not.toContain(rider.citizenId)
    expect(addresses.filter((url) => url.includes(rider.citizenId))).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("shows months, overlap, gaps and cases; a number opens the events and articles behind it", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address(`/persons/${keyOf(rider.citizenId)}`, await world.served.ledger.issue("center")))
    await page.locator(".matrix").waitFor()
    expect(await page.locator(".matrix .m-overlap").count()).toBe(14)
    expect(await page.getByText("重复参保：").count()).toBeGreaterThan(1)
    await page.locator("#balance").scrollIntoViewIfNeeded()
    await page.locator(".chart canvas").waitFor()
    await page.evaluate("scrollTo(0, 0)")
    await shot(page, "record")
    expect(await seriousViolations(page)).toEqual([])

    await page
      .locator("section[aria-labelledby=relations] tbody tr", { hasText: "广东 · 企业职工" })
      .locator(".num")
      .nth(1)
      .click()
    await drawer(page).getByText("缴费入账").first().waitFor()
    await drawer(page).locator("details summary").first().click()
    expect(await drawer(page).innerText()).toContain("社会保险法 Art 12")
    await drawer(page).getByRole("button", { name: "按规则推算这个数" }).click()
    await drawer(page).locator(".tree").first().waitFor()
    await drawer(page).locator(".tree").first().scrollIntoViewIfNeeded()
    // Operands are named in words, the formula's own names beside them.
    expect(await drawer(page).locator(".tree").first().innerText()).toContain("缴费计入账户 1 lines[1] = ¥")
    await shot(page, "explain")
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press("Escape")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("walks the months by keyboard, asks about one, and switches the language", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address(`/persons/${keyOf(rider.citizenId)}`, await world.served.ledger.issue("center")))
    await page.locator(".matrix button[tabindex='0']").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowLeft")
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toMatch(/^2025年9月 浙江/)
    await page.keyboard.press("Enter")
    await drawer(page).getByText("只看包含 2025-09 的事实").waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("heading", { name: "Open cases" }).waitFor()
    expect(await page.evaluate("document.documentElement.lang")).toBe("en")
    await page.waitForTimeout(400)
    await shot(page, "record-en")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("goes back to what was known on a day, typed in any usual form; what is no day is said and changes nothing", async () => {
    const { ledger, client } = world.served
    const before = new Date(ledger.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    ledger.clock.advanceDays(40)
    const opened = { act: "open", citizenId: longLiver.citizenId, name: longLiver.name, scheme: "110", from: "2026-08" }
    await client.post("agency:31", "/intake/commands", { ...opened, capacity: "employee", employer: "31-E-1" })
    await ledger.settled()
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address(`/persons/${keyOf(longLiver.citizenId)}`, await ledger.issue("center")))
    const relations = page.locator("section[aria-labelledby=relations]")
    await relations.getByText("上海", { exact: false }).first().waitFor()
    const known = page.getByLabel("当时所知")
    await known.fill("2026-02-30")
    await page.getByText("没有这一天").waitFor()
    expect(page.url()).not.toContain("knownAt")
    await known.fill(before.replaceAll("-", ""))
    await known.press("Enter")
    await page.waitForURL(new RegExp(`knownAt=${before}`))
    await relations.getByText("广东", { exact: false }).first().waitFor()
    expect(await relations.innerText()).not.toContain("上海")
    expect(await page.locator(".as-of").innerText()).toContain("463 个事件")
    await shot(page, "record-known-then")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("goes back to what was known before the live feeds' months, in an address that can be kept", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(
      world.address(`/persons/${keyOf(rider.citizenId)}?validAt=2022-12`, await world.served.ledger.issue("center")),
    )
    await page.locator(".matrix").waitFor()
    expect(await page.locator(".matrix tbody tr").count()).toBe(2)
    expect(await page.locator(".m-overlap").count()).toBe(0)
    await page.getByRole("button", { name: "恢复当前" }).click()
    await page.locator(".m-overlap").first().waitFor()
    expect(page.url()).not.toContain("validAt")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("shows the full identity for a purpose only, and the person sees who did", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const key = keyOf(rider.citizenId)
    await page.goto(world.address(`/persons/${key}`, await world.served.ledger.issue("center")))
    await page.getByRole("button", { name: "显示完整身份" }).click()
    await page.getByRole("radio", { name: "重复参保核查" }).check()
    await page.getByRole("button", { name: "记录并显示" }).click()
    await page.getByText(rider.citizenId).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()

    const phone = await world.tab(360, 740)
    await phone.page.goto(world.address("/", await world.served.ledger.issue(`person:${key}`)))
    await phone.page.getByText("查看完整身份").first().waitFor()
    expect(await phone.page.locator("section[aria-labelledby=seen]").innerText()).toContain("重复参保核查")
    expect(phone.complaints).toEqual([])
    await phone.page.context().close()
  })

  it("on a phone of 360 px a worker sees what they have and who acts on their application until when", async () => {
    const key = keyOf(mover.who.citizenId)
    await world.served.client.post("center", "/transfer/applications", { person: key, to: mover.to })
    await world.served.ledger.settled()
    const { page, complaints } = await world.tab(360, 740)
    await page.goto(world.address("/", await world.served.ledger.issue(`person:${key}`)))
    await page.getByText("养老累计缴费").waitFor()
    await page.getByText("现在由").first().waitFor()
    expect(await page.locator("section[aria-labelledby=applications]").innerText()).toMatch(/现在由 江苏 办理[\s\S]*期限 20\d\d-/)
    await page.getByText("除您本人外，没有人看过。").waitFor()
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true)
    await shot(page, "me-phone")
    expect(await seriousViolations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("the record page, too, fits 360 px", async () => {
    const { page, complaints } = await world.tab(360, 740)
    await page.goto(world.address(`/persons/${keyOf(rider.citizenId)}`, await world.served.ledger.issue("center")))
    await page.locator(".matrix").waitFor()
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true)
    await shot(page, "record-phone")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("refuses in words: a token that is none, a person nobody knows", async () => {
    const { page } = await world.tab(800, 700)
    await page.goto(`${world.served.url}/console/`)
    await page.getByLabel("令牌").fill("nonsense")
    await page.getByRole("button", { name: "登录" }).click()
    await page.getByText("这不是本账本的令牌").waitFor()
    await shot(page, "sign-in")
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel("令牌").fill(await world.served.ledger.issue("agency:44"))
    await page.getByRole("button", { name: "登录" }).click()
    await page.getByLabel("身份号码、姓名或个人键").fill("0".repeat(32))
    await page.keyboard.press("Enter")
    await page.getByRole("alert").waitFor()
    await shot(page, "unknown")
    await page.context().close()
  })

  it("gives the record away as CSV, XLSX and on paper", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address(`/persons/${keyOf(rider.citizenId)}`, await world.served.ledger.issue("center")))
    await page.locator(".matrix").waitFor()
    const saved = async (button: string): Promise<Buffer> => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()])
      return readFileSync(await download.path())
    }
    const csv = (await saved("下载 CSV")).toString("utf8")
    expect(csv.split("\n").length).toBeGreaterThan(3)
    expect(csv).toContain("2025")
    expect((await saved("下载 XLSX")).subarray(0, 2).toString()).toBe("PK")
    await page.emulateMedia({ media: "print" })
    expect(await page.getByRole("button", { name: "下载 CSV" }).isVisible()).toBe(false)
    expect(await page.locator(".matrix").isVisible()).toBe(true)
    await shot(page, "record-print")
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("opens by the link that the command line prints", async () => {
    const folder = temporaryFolder("console-start")
    const child = spawn(process.execPath, [tongzhangPath, "start", "--data", folder.path, "--port", "0", "--persons", "0"])
    const link = await new Promise<string>((resolve, reject) => {
      let printed = ""
      child.stdout.on("data", (bytes: Buffer) => {
        printed += bytes.toString()
        const found = /http:\S+\/console\/#token=\S+/u.exec(printed)
        if (found !== null) resolve(found[0])
      })
      child.on("exit", (code) => reject(new Error(`ended with ${code}: ${printed}`)))
    })
    const context = await world.browser.newContext({ locale: "zh-CN" })
    const page = await context.newPage()
    await page.goto(link)
    await page.getByLabel("身份号码、姓名或个人键").waitFor()
    expect(page.url()).not.toContain("token")
    await context.close()
    child.removeAllListeners("exit")
    child.kill("SIGINT")
    await once(child, "exit")
    folder.remove()
  })
})
