/**
 * The coverage board, driven as the center does: its numbers are those counted here from what was fed, by month, sex, channel and known
 * day; the map is walked by keyboard, saved as files and found again by its link.
 */
import { readFileSync } from "node:fs"
import { inflateRawSync } from "node:zlib"
import { month, monthsOf } from "@tongzhang/domain/month"
import { baseFor, monthlyPayment } from "@tongzhang/nation/amounts"
import { openBook } from "@tongzhang/nation/book"
import { writePersons, type Reported } from "@tongzhang/nation/feeds"
import { fictionalId } from "@tongzhang/nation/ids"
import { feedAll } from "@tongzhang/standalone/demo/feeding"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "../e2e/support.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

type Sex = "male" | "female"
type Someone = { readonly sex: Sex; readonly capacity: "employee" | "flexible"; readonly paysUntil: string }

/** Guizhou and Hainan hear of nobody else: what the board says of them is counted from this list alone. */
const guizhou: readonly Someone[] = [
  ...Array.from({ length: 7 }, () => ({ sex: "female", capacity: "employee", paysUntil: "2026-05" }) as const),
  ...Array.from({ length: 9 }, () => ({ sex: "male", capacity: "employee", paysUntil: "2026-05" }) as const),
  ...Array.from({ length: 6 }, () => ({ sex: "female", capacity: "flexible", paysUntil: "2026-02" }) as const),
]
const later: readonly Someone[] = [
  { sex: "male", capacity: "flexible", paysUntil: "2026-05" },
  { sex: "female", capacity: "flexible", paysUntil: "2026-05" },
]

const reported = ({ sex, capacity, paysUntil }: Someone, n: number): Reported => {
  const citizenId = fictionalId(9_300 + n, "19850712", 50 + n, sex)
  const book = openBook(
    { citizenId, name: `黎${"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地"[n] ?? "人"}`, hukou: "52" },
    9_300_000 + n,
  )
  const relation = { province: "52", scheme: "110" } as const
  book.open(relation, month("2025-01"), capacity, capacity === "employee" ? "52-E-0001" : null)
  for (const at of monthsOf(month("2025-01"), month(paysUntil)))
    book.pay(relation, at, at, monthlyPayment("110", capacity, "52", at, at, baseFor("52", at, at, 110)))
  return { index: 9_300_000 + n, citizenId, entries: book.entries(), duplicates: [], nearMisses: [], quiet: true }
}

/** In force and paid in a month, of those whom `wanted` chooses. */
const counted = (people: readonly Someone[], at: string, wanted: (one: Someone) => boolean) => ({
  enrolled: people.filter(wanted).length,
  paid: people.filter((one) => wanted(one) && one.paysUntil >= at).length,
})

const saved = async (page: Page, name: string): Promise<{ readonly file: string; readonly bytes: Buffer }> => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()])
  return { file: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** The one sheet's text out of a workbook's zip. */
const sheetOf = (book: Buffer): string => {
  for (let at = 0; (at = book.indexOf("PK\u0003\u0004", at)) >= 0; at += 4) {
    const name = book.toString("utf8", at + 30, at + 30 + book.readUInt16LE(at + 26))
    if (!name.endsWith("sheet1.xml")) continue
    const from = at + 30 + book.readUInt16LE(at + 26) + book.readUInt16LE(at + 28)
    return inflateRawSync(book.subarray(from), { finishFlush: 2 }).toString("utf8")
  }
  return ""
}

const tile = (page: Page, code: string) => page.locator(`[data-code="${code}"]`)
const rowOf = (page: Page, figure: string, name: string) =>
  page.locator(`section[aria-labelledby=${figure}] tbody tr`, { has: page.getByRole("rowheader", { name, exact: true }) })
const cells = async (page: Page, figure: string, name: string): Promise<string[]> =>
  (await rowOf(page, figure, name).locator("td").allInnerTexts()).map((text) => text.trim())
const asTable = (page: Page, figure: string) =>
  page.locator(`section[aria-labelledby=${figure}]`).getByText("表", { exact: true }).click()
/** Charts are drawn when they come near the window. */
const seeCharts = async (page: Page, figures: readonly string[]): Promise<void> => {
  for (const figure of figures) {
    await page.locator(`section[aria-labelledby=${figure}]`).scrollIntoViewIfNeeded()
    await page.locator(`section[aria-labelledby=${figure}] canvas`).waitFor()
  }
  await page.evaluate("scrollTo(0, 0)")
}
const charts = ["coverage-sex", "coverage-channel", "coverage-trend"]

describe.runIf(executablePath !== undefined)("the coverage board", () => {
  let world: World
  let firstDay: string
  const folder = temporaryFolder("coverage")
  const feed = async (people: readonly Someone[], from: number, name: string): Promise<void> => {
    const written = await writePersons(
      people.map((one, i) => reported(one, from + i)),
      0,
      `${folder.path}/${name}`,
      { period: "whole" },
    )
    await feedAll(world.served.ledger, written, () => {})
    await world.served.ledger.settled()
  }

  beforeAll(async () => {
    world = await openWorld()
    await feed(guizhou, 0, "first")
    const { client } = world.served
    firstDay = ((await client.get("center", "/national/statistics/coverage")) as { knownOn: string }).knownOn
    await client.post("center", "/demo/clock", { days: 3 })
    await feed(later, guizhou.length, "later")
  })
  afterAll(async () => {
    await world?.close()
    folder.remove()
  })

  it("counts what was fed: by sex, channel, month and known day; the whole country adds up", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const token = await world.served.ledger.issue("center")
    await page.goto(world.address("/coverage?month=2026-04", token))
    await tile(page, "52").click()
    await page.waitForURL(/province=52/u)
    const everybody = [...guizhou, ...later]
    const about = page.getByRole("region", { name: "贵州的数据" })
    const all = counted(everybody, "2026-04", () => true)
    await about.waitFor()
    expect(await about.locator("dd").allInnerTexts()).toEqual([
      String(all.enrolled),
      String(all.paid),
      `${((all.paid / all.enrolled) * 100).toFixed(1)}%`,
    ])
    for (const figure of ["coverage-sex", "coverage-channel", "coverage-map", "coverage-trend"]) await asTable(page, figure)
    const parts: readonly (readonly [string, string, (one: Someone) => boolean])[] = [
      ["coverage-sex", "女", ({ sex }) => sex === "female"],
      ["coverage-sex", "男", ({ sex }) => sex === "male"],
      ["coverage-channel", "职工", ({ capacity }) => capacity === "employee"],
      ["coverage-channel", "灵活就业", ({ capacity }) => capacity === "flexible"],
    ]
    for (const [figure, name, wanted] of parts) {
      const { enrolled, paid } = counted(everybody, "2026-04", wanted)
      expect((await cells(page, figure, name)).slice(0, 2)).toEqual([String(enrolled), String(paid)])
    }
    for (const at of ["2026-02", "2026-03"]) {
      const { enrolled, paid } = counted(everybody, at, () => true)
      expect((await cells(page, "coverage-trend", at)).slice(0, 2)).toEqual([String(enrolled), String(paid)])
    }

    // Every province's part, read off the table as anybody would, adds up to the number above.
    const figures = await page
      .locator("section[aria-labelledby=coverage-map] tbody tr")
      .evaluateAll((rows) =>
        (rows as unknown as { cells: { innerText: string }[] }[]).map((row) =>
          Number(row.cells[3]?.innerText.replaceAll(/\D/gu, "")),
        ),
      )
    expect(figures).toHaveLength(32)
    const total = Number((await page.locator(".card.total .big").first().innerText()).replaceAll(",", ""))
    expect(figures.reduce((sum, one) => sum + one, 0)).toBe(total)
    // And is more than Guizhou alone, which is more than nothing.
    expect(total).toBeGreaterThan(all.enrolled)

    // As known on the day before the two came: both boards differ by them and by nothing else.
    await page.getByLabel("已知日期").fill(firstDay)
    await page.getByText(`按 ${firstDay} 结束时的已知情况`).waitFor()
    const then = counted(guizhou, "2026-04", () => true)
    await expect.poll(() => about.locator("dd").first().innerText()).toBe(String(then.enrolled))
    expect(Number((await page.locator(".card.total .big").first().innerText()).replaceAll(",", ""))).toBe(total - later.length)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("is walked by keyboard, filtered, and never shows a silent province as zero", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/coverage?month=2026-04", await world.served.ledger.issue("center")))
    await tile(page, "50").focus()
    await page.keyboard.press("ArrowDown")
    expect(await page.evaluate("document.activeElement.getAttribute('data-code')")).toBe("52")
    await page.keyboard.press("Enter")
    await page.waitForURL(/province=52/u)
    await expect.poll(() => tile(page, "52").getAttribute("aria-pressed")).toBe("true")
    await page.getByRole("heading", { name: "逐月：贵州" }).waitFor()
    await seeCharts(page, charts)
    expect(await seriousViolations(page)).toEqual([])
    await world.shot(page, "coverage")

    await page.getByRole("combobox", { name: "性别", exact: true }).selectOption("female")
    await page.getByRole("combobox", { name: "渠道", exact: true }).selectOption("flexible")
    await page.getByRole("combobox", { name: "指标", exact: true }).selectOption("share")
    const { enrolled, paid } = counted(
      [...guizhou, ...later],
      "2026-04",
      (one) => one.sex === "female" && one.capacity === "flexible",
    )
    await expect.poll(() => tile(page, "52").getAttribute("aria-label")).toContain(`参保 ${enrolled}，实缴 ${paid}`)
    await expect.poll(() => tile(page, "52").textContent()).toContain(`${Math.floor((paid / enrolled) * 100)}%`)

    // Tibet has never been heard of in this ledger: a dash under a hatched edge, and words for it.
    const silent = page.locator("[data-code][aria-label*=从未报送]")
    expect(await silent.count()).toBeGreaterThan(0)
    for (const label of await silent.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? "")))
      expect(label).toMatch(/参保 —，实缴 —/u)
    await silent.first().click()
    await page.getByText(/从未报送；由国家中心联系接入。它不是零/u).waitFor()
    for (const figure of charts)
      await page
        .locator(`section[aria-labelledby=${figure}]`)
        .getByText(/分母：.*—/u)
        .waitFor()
    await world.shot(page, "coverage-silent")
    // On a day before the ledger knew anything there is no map of zeros, but words.
    await page.goto(`${world.served.url}/console/coverage?known=2020-01-01`)
    await page.getByText("账本里还没有这个险种的参保", { exact: false }).waitFor()
    expect(await page.locator(".tiles").count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("leaves as CSV, XLSX and PNG, and its link shows the same figures again", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const token = await world.served.ledger.issue("center")
    await page.goto(world.address("/coverage?month=2026-04&sex=female", token))
    await tile(page, "52").click()
    const women = counted([...guizhou, ...later], "2026-04", ({ sex }) => sex === "female")
    const map = "各省参保关系，2026-04"
    const csv = await saved(page, `下载 ${map} 的 CSV`)
    const lines = csv.bytes.toString("utf8").trim().split("\r\n")
    expect(lines).toHaveLength(33)
    expect(
      lines
        .find((one) => one.startsWith("贵州"))
        ?.split(",")
        .slice(3, 5),
    ).toEqual([String(women.enrolled), String(women.paid)])
    const xlsx = await saved(page, `下载 ${map} 的 XLSX`)
    expect(sheetOf(xlsx.bytes).match(/<row /gu)).toHaveLength(33)
    expect(sheetOf(xlsx.bytes)).toContain(`<v>${women.enrolled}</v>`)
    const png = await saved(page, `下载 ${map} 的 PNG`)
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG")
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(900)
    expect(png.bytes.length).toBeGreaterThan(40_000)
    expect([csv, xlsx, png].map(({ file }) => file.replace(/\d{4}-\d\d-\d\d/u, "DAY"))).toEqual([
      "tongzhang-coverage-map-DAY.csv",
      "tongzhang-coverage-map-DAY.xlsx",
      "tongzhang-coverage-map-DAY.png",
    ])

    const spoken = async () => page.locator("[data-code]").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))
    const before = await spoken()
    const figure = page.locator("section[aria-labelledby=coverage-map]")
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
    await figure.getByRole("button", { name: "复制链接" }).click()
    await figure.getByText("链接已复制", { exact: false }).waitFor({ state: "attached" })
    const link = await page.evaluate<string>("navigator.clipboard.readText()")
    expect(link).toMatch(/month=2026-04/u)
    expect(link).toMatch(/known=\d{4}-\d\d-\d\d/u)
    await page.goto(link)
    await page.reload()
    await tile(page, "52").waitFor()
    expect(await spoken()).toEqual(before)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("fits 360 px and speaks English; an agency begins with its own province and is told what is held back", async () => {
    const { page, complaints } = await world.tab(360, 740)
    await page.goto(world.address("/coverage?month=2026-04&province=52", await world.served.ledger.issue("center")))
    await seeCharts(page, charts)
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true)
    await world.shot(page, "coverage-phone")
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("heading", { name: "Coverage", exact: true }).waitFor()
    expect(await tile(page, "52").textContent()).toContain("GZ")
    expect(await page.evaluate("/[\\u4e00-\\u9fff]/u.test(document.querySelector('main').innerText)")).toBe(false)
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true)
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await seriousViolations(page)).toEqual([])
    await seeCharts(page, charts)
    await world.shot(page, "coverage-en")
    expect(complaints).toEqual([])
    await page.context().close()

    const agency = await world.tab(1280, 900)
    await agency.page.goto(world.address("/coverage?month=2026-04", await world.served.ledger.issue("agency:52")))
    await agency.page.getByRole("region", { name: "贵州的数据" }).waitFor()
    // Two flexible men would be a small cell: one held back takes the next with it, and the sum says that it is not whole.
    await agency.page
      .getByText(/少于 5 的单元/u)
      .first()
      .waitFor()
    expect(await tile(agency.page, "52").getAttribute("aria-label")).toMatch(/个单元不公布/u)
    expect(await seriousViolations(agency.page)).toEqual([])
    await seeCharts(agency.page, charts)
    await world.shot(agency.page, "coverage-agency")
    expect(agency.complaints).toEqual([])
    await agency.page.context().close()
  })
})
