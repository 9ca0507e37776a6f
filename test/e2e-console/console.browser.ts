/** The console in a real browser against the standalone ledger: the center looks a rider up, a worker looks at their phone. */
import { mover, rider } from "@tongzhang/nation/rider"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { longLiver } from "./long-life.js"
import { executablePath, openWorld, seriousViolations, shots, type World } from "./support.js"

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
    await page.screenshot({ path: `${shots}explain.png` })
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

  it("reports what a forty-year record of six provinces costs to draw, and what the page weighs", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const scripts = new Map<string, number>()
    const sized: Promise<void>[] = []
    page.on("response", (response) => {
      if (!response.url().endsWith(".js")) return
      sized.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => void scripts.set(response.url().split("/").at(-1) ?? "", responseBodySize)),
      )
    })
    await page.goto(world.address(`/persons/${keyOf(longLiver.citizenId)}`, await world.served.ledger.issue("center")))
    await page.locator(".matrix tbody tr").nth(39).waitFor()
    await page.waitForTimeout(500)
    await Promise.all(sized)
    const before = [...scripts.values()].reduce((sum, size) => sum + size, 0)
    const renders: number[] = []
    for (let i = 0; i < 5; i++) {
      await page.reload()
      await page.locator(".matrix tbody tr").nth(39).waitFor()
      await page.waitForFunction(() => performance.getEntriesByName("record-render").length > 0)
      renders.push(await page.evaluate(() => performance.getEntriesByName("record-render")[0]?.duration ?? -1))
    }
    const [, , median = -1] = renders.toSorted((a, b) => a - b)
    expect(await page.locator(".matrix .m-counted").count()).toBeGreaterThan(400)
    expect(renders.every((one) => one > 0)).toBe(true)
    process.stdout.write(
      `record page: ${scripts.size} scripts, ${(before / 1000).toFixed(1)} kB compressed on the wire; ` +
        `40 years, 6 provinces: drawn ${median.toFixed(0)} ms after the data (median of ${renders.map((one) => one.toFixed(0)).join(", ")})\n`,
    )
    await shot(page, "long-record")
    // Bytes do not depend on the machine: the budget is a test (docs/console.md).
    expect(before).toBeLessThan(300_000)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
