/**
 * The worker on a phone of 360 px, from finding that a month is missing to the outcome of the appeal; one application over three
 * provinces of which one stalls; sliders whose numbers are the service's. The test plays the agencies, by page and by interface.
 */
import { writePersons } from "@tongzhang/nation/feeds"
import { formatYuan } from "@tongzhang/domain/money"
import { feedAll } from "@tongzhang/standalone/demo/feeding"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "../e2e/support.js"
import { careful, carefulLife, missingMonth } from "./careful-worker.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

if (executablePath === undefined) process.stderr.write("test/e2e-console: SKIPPED, no Chromium here\n")

type Leg = { from: { code: string }; planned: { account_fen: number; pooled_fen: number }; escalated: boolean; outcome: string }
type Application = { transferId: string; state: string; legs: Leg[]; progress: { percent: number } }
type Simulated = { id: string; scenarios: Record<string, { low: Numbers; middle: Numbers; high: Numbers }> }
type Numbers = { monthly_fen: number; cost_fen: number }

describe.runIf(executablePath !== undefined)("the worker's pages", () => {
  let world: World
  let key: string
  let me: `person:${string}`

  beforeAll(async () => {
    world = await openWorld()
    const folder = temporaryFolder("careful")
    await feedAll(world.served.ledger, await writePersons([carefulLife()], 0, folder.path, { period: "whole" }), () => {})
    await world.served.ledger.settled()
    folder.remove()
    key = world.keyOf(careful.citizenId)
    me = `person:${key}`
  })
  afterAll(async () => {
    await world?.close()
  })

  /** As the person themself: the local token files name no person. */
  const own = async <T>(path: string, body?: object): Promise<T> => {
    const headers = {
      authorization: `Bearer ${await world.served.ledger.issue(me)}`,
      "x-purpose": "self",
      "content-type": "application/json",
    }
    const asked = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) }
    const answer = await fetch(`${world.served.url}${path}`, asked)
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const phone = async (path: string): Promise<{ page: Page; complaints: string[] }> => {
    const tab = await world.tab(360, 740)
    await tab.page.goto(world.address(path, await world.served.ledger.issue(me)))
    return tab
  }
  const fits = (page: Page): Promise<boolean> => page.evaluate("document.documentElement.scrollWidth <= innerWidth")
  /** What sticks out of the page, by its class; what lies in a part that scrolls by itself does not. */
  const wide = (page: Page): Promise<string[]> =>
    page.evaluate(`document.documentElement.scrollWidth <= innerWidth ? [] :
      [...document.querySelectorAll("main *, header *")]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && one.closest(".scroll") === null)
        .map((one) => one.tagName + " " + one.className).slice(0, 8)`)
  /** Nothing sticks out, nothing serious for axe, nothing in the browser's console. */
  const sound = async (page: Page, complaints: readonly string[], name: string): Promise<void> => {
    expect(await fits(page)).toBe(true)
    await world.shot(page, name)
    expect(await seriousViolations(page)).toEqual([])
    expect(complaints).toEqual([])
  }

  it("sees month by month what was paid and which month never came, and complains about it with the evidence attached", async () => {
    const { page, complaints } = await phone("/me/paid")
    await page.getByText(`${missingMonth} 没有缴费到账`).waitFor()
    expect(await page.locator(".alarm").innerText()).toContain("由单位 44-E-0303 补缴")
    await page.getByRole("button", { name: "2026-02 已到账" }).click()
    const month = page.locator("dialog")
    expect(await month.innerText()).toMatch(/到账\s+2026-02-\d\d · 广东经办机构报送/)
    expect(await month.innerText()).toContain("账本没有这一步的记录")
    await page.keyboard.press("Escape")
    await sound(page, complaints, "worker-paid")
    await page.locator(".alarm").getByRole("button").click()
    await page.getByLabel("哪里不对，您自己的话").fill("三月工资条上扣了款，单位说已经缴了")
    await page.getByRole("button", { name: "提交申诉" }).click()
    await page.getByText("随附证据").waitFor()
    await world.shot(page, "worker-complaint")
    const { appeals } = await own<{
      appeals: { subject: string; holder: { code: string }; status: string }[]
    }>("/national/appeals")
    expect(appeals).toMatchObject([{ subject: `paid:44_110:${missingMonth}`, holder: { code: "44" }, status: "open" }])
    await page.context().close()
  })

  it("the agency sees what the worker saw, answers with the correction, and the worker reads the outcome", async () => {
    const desk = await world.tab(1280, 900)
    await desk.page.goto(world.address("/appeals", await world.served.ledger.issue("agency:44")))
    await desk.page.locator(".appeal-queue button").first().click()
    await desk.page.getByText("三月工资条上扣了款").waitFor()
    expect(await desk.page.locator(".appeal-three").innerText()).toContain("无入账")
    await desk.page.getByLabel("常用理由").selectOption({ index: 1 })
    await desk.page.getByLabel("将更正什么，由谁更正").fill("单位 44-E-0303 于下月补缴 2026-03，由广东随月度文件补记")
    await world.shot(desk.page, "agency-appeal")
    expect(await seriousViolations(desk.page)).toEqual([])
    await desk.page.getByRole("button", { name: "发出答复" }).click()
    await desk.page.getByText("已答复，参保人即可看到。").waitFor()
    expect(desk.complaints).toEqual([])
    await desk.page.context().close()

    const { page, complaints } = await phone("/me/appeals")
    await page.getByText("已支持").first().waitFor()
    await page.locator(".appeal-line").click()
    await page.getByRole("heading", { name: "答复书" }).waitFor()
    expect(await page.locator(".letter").innerText()).toMatch(/下月补缴 2026-03[\s\S]*第 83 条/)
    await sound(page, complaints, "worker-letter")
    await page.context().close()
    const { accesses } = await own<{ accesses: { what: string; caller: { kind: string } }[] }>(
      `/national/persons/${key}/accesses`,
    )
    expect(accesses.filter(({ what, caller }) => what.startsWith("appeal ") && caller.kind === "agency").length).toBeGreaterThan(
      0,
    )
  })

  it("doubts any number from where it stands, also out of the explanation", async () => {
    const { page, complaints } = await phone("/me")
    await page.locator(".hero .num").nth(1).click()
    await page.locator("dialog.side .wide").first().waitFor()
    await page.locator("dialog.side .doubt").click()
    await page.getByLabel("哪里不对，您自己的话").fill("账户金额少了三月")
    await page.getByRole("button", { name: "提交申诉" }).click()
    await page.getByText("已提交。").waitFor()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await sound(page, complaints, "worker-me")
    const { appeals } = await own<{ appeals: { subject: string }[] }>("/national/appeals")
    expect(appeals.map(({ subject }) => subject)).toEqual(["family:pension:account_fen"])
    await page.context().close()
  })

  const act = async (application: Application, province: string, remittance: string): Promise<void> => {
    const leg = application.legs.find(({ from }) => from.code === province)
    if (leg === undefined) throw new Error(`no leg from ${province}`)
    const { client, ledger } = world.served
    const at = `/transfer/${application.transferId}/legs/${province}`
    await client.post(`agency:${province}`, `${at}/statement`, {}, "transfer")
    await ledger.settled()
    const { account_fen, pooled_fen } = leg.planned
    await client.post("agency:44", `${at}/money`, { remittance, account_fen, pooled_fen }, "transfer")
    await ledger.settled()
  }
  const application = async (): Promise<Application> => {
    const { running } = await own<{ running: string }>("/transfer/preview")
    return own<Application>(`/transfer/${running}`)
  }

  it("moves by one application: proposed, previewed, confirmed once; a province stalls, is escalated, and the bar still gets to its end", async () => {
    const { page, complaints } = await phone("/me/move")
    await page.getByText("您自 2023-01 起在广东参保缴费").waitFor()
    expect(await page.locator("section[aria-labelledby=what]").innerText()).toMatch(/江苏[\s\S]*2 年[\s\S]*浙江[\s\S]*合计 4 年/)
    await sound(page, complaints, "worker-move")
    // By keyboard, as somebody who cannot use a pointer.
    await page.getByRole("button", { name: "确认申请" }).focus()
    await page.keyboard.press("Enter")
    await page.locator(".bar-card").waitFor()
    await world.served.ledger.settled()
    const made = await application()
    expect(made.legs.map(({ from }) => from.code).toSorted()).toEqual(["32", "33"])
    await act(made, "32", "HK-1")
    // 浙江 stalls: reminded, then escalated; the person does nothing.
    await world.served.client.post("center", "/demo/clock", { days: 30 })
    await world.served.ledger.settled()
    await page.getByText("已升级督办").waitFor({ timeout: 30_000 })
    expect(await page.locator(".bar-card").innerText()).toMatch(/浙江[\s\S]*逾期/)
    await sound(page, complaints, "worker-stalled")
    await act(await application(), "33", "HK-2")
    await page.getByText("打印凭证").waitFor({ timeout: 30_000 })
    expect(await page.locator(".bar-card").innerText()).toMatch(/已办结[\s\S]*4 年/)
    await page.getByText("一步一步").click()
    await sound(page, complaints, "worker-moved")
    const facts = await world.served.client.get<Application>("center", `/transfer/${made.transferId}`, "transfer")
    expect(facts).toMatchObject({ state: "completed", progress: { percent: 100 } })
    await page.context().close()
  })

  it("what is not possible is refused in words, with its article and a way out", async () => {
    const { page, complaints } = await phone("/me/move")
    await page.getByText("没有其他省份的参保关系可转移").waitFor()
    const told = await page.locator(".worker").innerText()
    expect(told).toContain("所有月数已经在这里，什么也不用办。")
    expect(told).toContain("国办发〔2009〕66号 Art. 3")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("moves the sliders and sees the service's own numbers, as a range with all it assumes", async () => {
    const { page, complaints } = await phone("/me/future")
    const monthly = page.getByTestId("monthly")
    await monthly.waitFor({ timeout: 60_000 })
    const asked = async (scenario: object): Promise<Numbers> => {
      const body = { scenarios: [{ name: "now" }, { name: "asked", ...scenario }] }
      const { scenarios } = await own<Simulated>(`/national/persons/${key}/simulate`, body)
      const found = scenarios["asked"]?.middle
      if (found === undefined) throw new Error("no answer")
      return found
    }
    const shows = async (expected: Numbers): Promise<void> => {
      const text = formatYuan(expected.monthly_fen as Parameters<typeof formatYuan>[0])
      await monthly.filter({ hasText: text }).waitFor({ timeout: 60_000 })
    }
    await shows(await asked({}))
    const slider = page.getByRole("slider").first()
    await slider.focus()
    await page.keyboard.press("End")
    const retire = await slider.getAttribute("aria-valuetext")
    expect(retire).toMatch(/^20\d\d-\d\d$/)
    await page.getByLabel("按上限").check()
    await page.getByText("正在重新推算").waitFor()
    await shows(await asked({ retire, base: "ceiling" }))
    await page.getByText(`${retire} 起，在广东领`).waitFor()
    await page.getByText("假定了什么").click()
    await page.getByText("为假定").first().waitFor()
    await page.locator("#channels, .figure").first().scrollIntoViewIfNeeded()
    await page.locator(".chart canvas").waitFor({ timeout: 60_000 })
    await page.waitForTimeout(600)
    await sound(page, complaints, "worker-future")
    await page.context().close()
  })

  it("takes the proof along: a QR code that holds the newest payment's receipt", async () => {
    await world.served.ledger.proof.caughtUp()
    const { page, complaints } = await phone("/me")
    await page.getByRole("button", { name: "带上验证二维码" }).click()
    await page.locator(".qr svg").first().waitFor({ timeout: 30_000 })
    await page.locator(".qr").scrollIntoViewIfNeeded()
    await sound(page, complaints, "worker-qr")
    await page.context().close()
  })

  it("reads everything in English, and with letters twice as large nothing breaks", async () => {
    const { page, complaints } = await phone("/me")
    await page.getByRole("button", { name: "English" }).click()
    for (const path of ["/me", "/me/paid", "/me/move", "/me/future", "/me/appeals"]) {
      await page.goto(`${world.served.url}/console${path}`)
      await page.locator("h1").waitFor()
      await page.waitForTimeout(1_500)
      const text = await page.locator("main").innerText()
      expect(text).not.toMatch(/worker\.|undefined/)
      await page.evaluate("document.documentElement.style.fontSize = '200%'")
      await world.shot(page, `worker-large${path.replaceAll("/", "-")}`)
      expect([path, await wide(page)]).toEqual([path, []])
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
