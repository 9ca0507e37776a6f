/** The center's boards in a real browser: what they show is what the ledger holds, and what one downloads is what is shown. */
import { readFileSync } from "node:fs"
import { mover } from "@tongzhang/nation/rider"
import type { Download, Page } from "playwright-core"
import readExcel from "read-excel-file/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

type Board = { total: number; inTransit_fen: number; transfers: { legs: { from: { zh: string } }[] }[] }
type Fare = { legs: number; steps: { step: string; reached: number; waiting: number; overdue: number }[]; pairs: unknown[] }
type Quality = { all: { open: number }; held: { claims: number } }
type Detection = { labelled: boolean; truePositive: number; falsePositive: number; falseNegative: number }

describe.runIf(executablePath !== undefined)("the center's boards", () => {
  let world: World
  const open = async (path: string, width = 1280): Promise<{ page: Page; complaints: string[] }> => {
    const tab = await world.tab(width, 900)
    await tab.page.goto(world.address(path, await world.served.ledger.issue("center")))
    return tab
  }
  const answer = <T>(path: string): Promise<T> => world.served.client.get<T>("center", path)
  const saved = async (page: Page, name: string): Promise<{ file: Download; path: string }> => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()])
    return { file, path: await file.path() }
  }
  const fits = (page: Page) => page.evaluate("document.documentElement.scrollWidth <= innerWidth")

  beforeAll(async () => {
    world = await openWorld()
    const { ledger, client } = world.served
    await client.post("center", "/transfer/applications", { person: world.keyOf(mover.who.citizenId), to: mover.to })
    await ledger.settled()
    await client.post("center", "/demo/clock", { days: 40 })
    await ledger.settled()
  })
  afterAll(async () => {
    await world?.close()
  })

  it("N to 1: every leg says whom it waits for until when; overdue ones come first; figures are those of the ledger", async () => {
    const { page, complaints } = await open("/transfers")
    await page.locator(".transfer").first().waitFor()
    const board = await answer<Board>("/transfer/board")
    const fare = await answer<Fare>("/transfer/performance")
    expect(board.total).toBe(1)
    expect(await page.locator(".transfer").count()).toBe(board.total)
    expect(await page.locator(".transfer .leg").count()).toBe(board.transfers[0]?.legs.length)
    expect(await page.locator(".transfer .leg").first().innerText()).toMatch(
      /等待.+期限 20\d\d-\d\d-\d\d，已逾期 \d+ 个工作日[\s\S]*最近：/,
    )
    await page.getByLabel("只看超期").click()
    await page.waitForURL(/late=1/)
    await page.getByText("符合条件 1 件").waitFor()
    await page.locator("#funnel").scrollIntoViewIfNeeded()
    await page.locator(".chart canvas").first().waitFor()
    await page.locator("#provinces").scrollIntoViewIfNeeded()
    await page.locator(".chart canvas").nth(1).waitFor()
    await page.evaluate("scrollTo(0, 0)")
    await world.shot(page, "board-transfers")
    expect(await seriousViolations(page)).toEqual([])

    const csv = await saved(page, "下载 办理漏斗 的 CSV")
    const lines = readFileSync(csv.path, "utf8").slice(1).trim().split("\r\n")
    expect(lines.slice(1).map((line) => Number(line.split(",")[1]))).toEqual(fare.steps.map(({ reached }) => reached))
    const xlsx = await saved(page, "下载 办理漏斗 的 XLSX")
    const [sheet] = await readExcel(xlsx.path)
    expect(sheet?.data.slice(1).map((row) => row[2])).toEqual(fare.steps.map(({ waiting }) => waiting))
    const png = await saved(page, "下载 省际流向 的 PNG")
    const bytes = readFileSync(png.path)
    expect(bytes.subarray(1, 4).toString()).toBe("PNG")
    expect(bytes.length).toBeGreaterThan(10_000)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("the address holds filters and table: reloaded it shows the same; in print chart and table stand together", async () => {
    const { page, complaints } = await open("/transfers?late=1&measure=overdue")
    await page.locator("section[aria-labelledby=provinces]").getByText("表", { exact: true }).click()
    await page.waitForURL(/provinces=table/)
    const rows = () => page.locator("section[aria-labelledby=provinces] tbody tr").allInnerTexts()
    const before = await rows()
    expect(before.length).toBe((await answer<Fare>("/transfer/performance")).pairs.length)
    await page.reload()
    await page.locator("section[aria-labelledby=provinces] tbody tr").first().waitFor()
    expect(await rows()).toEqual(before)
    expect(await page.getByLabel("只看超期").isChecked()).toBe(true)
    await page.emulateMedia({ media: "print" })
    expect(await page.locator("section[aria-labelledby=funnel] table").isVisible()).toBe(true)
    await world.shot(page, "board-transfers-print")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("duplicates: the confusion matrix is the labels', the queue by amount, what is held since when", async () => {
    const { page, complaints } = await open("/duplicates-monitor")
    await page.locator("#truth").waitFor()
    const truth = await answer<Detection>("/demo/detection")
    const quality = await answer<Quality>("/national/overlaps/quality")
    expect(truth).toMatchObject({ labelled: true, falsePositive: 0, falseNegative: 0 })
    expect(truth.truePositive).toBeGreaterThan(0)
    const matrix = await page.locator("section[aria-labelledby=truth] tbody td").allInnerTexts()
    expect(matrix.slice(0, 3)).toEqual([truth.truePositive, truth.falsePositive, truth.falseNegative].map(String))
    expect(await page.locator("section[aria-labelledby=held] tbody tr").count()).toBe(quality.held.claims)
    expect(await page.locator("section[aria-labelledby=verdicts]").innerText()).toContain(`未决定 ${quality.all.open} 件`)
    await page.locator("#months").scrollIntoViewIfNeeded()
    await page.locator("section[aria-labelledby=months] canvas").waitFor()
    await page.evaluate("scrollTo(0, 0)")
    await world.shot(page, "board-duplicates")
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("heading", { name: "How good the alarms are" }).waitFor()
    await world.shot(page, "board-duplicates-en")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each(["/transfers", "/duplicates-monitor"])("%s fits 360 px", async (path) => {
    const { page, complaints } = await open(path, 360)
    await page.locator(".figure").first().waitFor()
    expect(await fits(page)).toBe(true)
    await world.shot(page, `board${path.replace("/", "-")}-phone`)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
