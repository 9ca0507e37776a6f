/** The auditor at the desk: replays a rider's history, and sees it as it was known then. */
import { rider } from "@tongzhang/nation/rider"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { longLiver } from "./long-life.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

const fits = (page: Page): Promise<boolean> => page.evaluate("document.documentElement.scrollWidth <= innerWidth")

describe.runIf(executablePath !== undefined)("the auditor's desk", () => {
  let world: World
  let key = ""
  beforeAll(async () => {
    world = await openWorld()
    key = world.keyOf(rider.citizenId)
    // Eight days later the rider applies to move: the ledger then knew more than on the first day.
    const { ledger, client } = world.served
    await client.post("center", "/demo/clock", { days: 8 })
    await client.post("center", "/transfer/applications", { person: key, to: "44" })
    await ledger.settled()
  })
  afterAll(() => world?.close())

  const open = async (path: string, width = 1280, height = 900) => {
    const tab = await world.tab(width, height)
    await tab.page.goto(world.address(path, await world.served.ledger.issue("auditor")))
    return tab
  }

  it("plays a rider's history, steps by key and click, and scrubs to a date known then", async () => {
    const { page, complaints } = await open(`/persons/${key}`)
    await page.getByRole("link", { name: "回放历史" }).click()
    await page.getByRole("heading", { name: "历史回放" }).waitFor()
    const at = page.locator(".player-at")
    await at.waitFor()
    const [, total = ""] = /共 (\d+) 步/.exec(await at.innerText()) ?? []
    const last = Number(total)
    expect(last).toBeGreaterThan(20)
    await world.shot(page, "replay-last")

    await page.keyboard.press("Home")
    await page.getByText("第一条事实之前").first().waitFor()
    await page.keyboard.press("ArrowRight")
    expect(await at.innerText()).toBe(`第 1 步，共 ${last} 步`)
    await page.getByLabel("速度").selectOption("25")
    await page.getByRole("button", { name: "播放" }).click()
    await page.getByRole("button", { name: "暂停" }).click()
    await page.locator(".event-line").nth(7).click()
    expect(await at.innerText()).toBe(`第 8 步，共 ${last} 步`)
    await page.waitForURL(/step=8/)
    await world.shot(page, "replay-step")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("looks", async () => {
    for (const [name, width] of [["replay-phone", 360]] as const) {
      const { page, complaints } = await open(`/audit/persons/${key}?step=12`, width, 740)
      await page.locator(".player-at").waitFor()
      await world.shot(page, name)
      expect(await fits(page)).toBe(true)
      expect(await seriousViolations(page)).toEqual([])
      expect(complaints).toEqual([])
      await page.context().close()
    }
    const { page } = await open(`/audit/persons/${world.keyOf(longLiver.citizenId)}?step=200`)
    await page.locator(".player-at").waitFor()
    await world.shot(page, "replay-long")
    expect(await seriousViolations(page)).toEqual([])
    await page.context().close()
  })
})
