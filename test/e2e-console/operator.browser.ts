/** The operator: sees a person stopped by a service, mends the cause, replays; compares ledger and topic; rebuilds beside. */
import { newPerson } from "@tongzhang/duplicates/sides"
import { writePersons } from "@tongzhang/nation/feeds"
import { fictionalId } from "@tongzhang/nation/ids"
import { feedAll } from "@tongzhang/standalone/demo/feeding"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "../e2e/support.js"
import { longLife } from "./long-life.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

type Flow = { readonly name: string; readonly total: number }

describe.runIf(executablePath !== undefined)("the operator's page", () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => {
    await world?.close()
  })

  const service = (page: Awaited<ReturnType<World["tab"]>>["page"], name: string) =>
    page.locator(".ops-service", { has: page.getByRole("heading", { name }) })

  it("shows every service well, how far behind and how fast", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/operation", await world.served.ledger.issue("center")))
    for (const name of ["intake", "relay", "projector", "duplicates", "transfer", "national", "audit"]) {
      await service(page, name).getByText("正常", { exact: true }).first().waitFor()
    }
    await page.getByText("没有搁置的事实。").waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await world.shot(page, "operation")
    await page.getByRole("button", { name: "暂停更新" }).click()
    await page.getByText(/已暂停更新，数字停在/u).waitFor()
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("heading", { name: "Parked facts" }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("a person whose facts cannot be handled stops alone; once the cause is mended, a replay lets them go on", async () => {
    const { ledger } = world.served
    const folder = temporaryFolder("operator")
    const unlucky = { citizenId: fictionalId(9906, "19700707", 43, "female"), name: "纪停云", hukou: "51" } as const
    const written = await writePersons([longLife(unlucky, 9_990_011)], 0, folder.path, { period: "whole" })
    const key = world.keyOf(unlucky.citizenId)
    // What the detector keeps of this person is damaged, as a disk might: it can be read again once it is taken away.
    await ledger.engines.duplicatesState.putMany([[key, "{damaged"]])
    await feedAll(ledger, written, () => {})
    await ledger.settled()

    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/operation", await ledger.issue("center")))
    const row = page.locator("section[aria-labelledby=parked] tbody tr")
    await row.first().waitFor()
    expect(await row.count()).toBe(1)
    expect(await row.innerText()).toContain(key.slice(0, 12))
    expect(await row.innerText()).toMatch(/JSON/u)
    expect(await row.innerText()).toMatch(/等待|条/u)
    await service(page, "duplicates").getByText("各部分").click()
    await service(page, "duplicates")
      .getByText(`卡住最久的键 ${key.slice(0, 12)}`)
      .waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await world.shot(page, "operation-parked")

    // The card says what the service has counted: the person's 463 facts and what followed from them.
    const counted = async (): Promise<boolean> => {
      const { flows } = (await world.served.client.get("center", "/projector/status")) as { flows: Flow[] }
      const total = flows.find(({ name }) => name === "followed")?.total ?? 0
      const card = await service(page, "projector").innerText()
      return total > 400 && card.includes(`启动以来 ${total.toLocaleString("en")}`)
    }
    await expect.poll(counted, { timeout: 20_000, interval: 500 }).toBe(true)
    // Replayed before the cause is mended, they stop again.
    await row.getByRole("button", { name: /重放/u }).click()
    await page.getByText(/已重新交给 查重 duplicates \d+ 条/u).waitFor()
    await expect.poll(async () => row.count()).toBe(1)

    await ledger.engines.duplicatesState.putMany([[key, JSON.stringify(newPerson())]])
    await page.getByRole("button", { name: "全部重放" }).click()
    await page.getByText("没有搁置的事实。").waitFor()
    await ledger.settled()
    const report = (await world.served.client.get("center", "/duplicates/stopped")) as { stopped: unknown[] }
    expect(report.stopped).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
    folder.remove()
  })

  it("compares ledger and topic, and rebuilds the record beside the one in use, with progress that a reload keeps", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/operation", await world.served.ledger.issue("center")))
    await page.getByText("还没有核对过。").waitFor()
    await page.getByRole("button", { name: "现在核对" }).click()
    await page.getByText(/一致：[\d,]+ 条事实全部相符/u).waitFor({ timeout: 60_000 })
    await page.getByRole("button", { name: "开始重建" }).click()
    await page.waitForURL(/rebuild=/u)
    await page.reload()
    await page.getByText(/已切换到新的一份，摘要相同/u).waitFor({ timeout: 90_000 })
    await world.shot(page, "operation-integrity")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("fits 360 px, and an auditor may look but not replay", async () => {
    const { page, complaints } = await world.tab(360, 740)
    await page.goto(world.address("/operation", await world.served.ledger.issue("auditor")))
    await page.getByText("只有国家中心可以重放、修复和重建", { exact: false }).waitFor()
    await service(page, "relay").getByText("正常", { exact: true }).first().waitFor()
    expect(await page.getByRole("button", { name: "开始重建" }).count()).toBe(0)
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true)
    await world.shot(page, "operation-phone")
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
