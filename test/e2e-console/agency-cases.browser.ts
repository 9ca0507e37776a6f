/** The agency's desk in a real browser: letters answered by keyboard and in a batch; a duplicate compared, decided, taken back, decided, cleared. */
import * as Enrollment from "@tongzhang/domain/enrollment"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { ranges } from "@tongzhang/domain/month-set"
import { fen, formatYuan } from "@tongzhang/domain/money"
import { mover, moverWithOverlap, rider, riderCases } from "@tongzhang/nation/rider"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { longLiver } from "./long-life.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

if (executablePath === undefined)
  process.stderr.write("test/e2e-console: SKIPPED, no Chromium here (install it, or set CHROMIUM to its path)\n")

const undo_seconds = 1_800
/** Between the refund of the one side (1,037.12 yuan) and the other's (1,093.76): one officer, and two. */
const approval_limit_fen = fen(105_000)
type Seen = { readonly legs: readonly { readonly from: { readonly code: string }; readonly statement: object | null }[] }
type Applied = { readonly transferId: TransferId }

describe.runIf(executablePath !== undefined)("the agency's cases", () => {
  let world: World
  const sent = new Map<string, TransferId>()
  const statementOf = async (citizenId: string): Promise<object | null> => {
    const id = sent.get(citizenId) ?? ""
    const { legs } = await world.served.client.get<Seen>("center", `/transfer/${id}`, "transfer")
    return legs.find(({ from }) => from.code === "33")?.statement ?? null
  }
  const fits = (page: Page) => page.evaluate("document.documentElement.scrollWidth <= innerWidth")
  const relation = async (citizenId: string, province: "33" | "44") => {
    const person = world.keyOf(citizenId) as PersonKey
    const stream = Enrollment.streamOf({ province, scheme: "110", person })
    return (await world.served.ledger.engines.aggregates.load({ ...Enrollment }, stream)).state
  }
  const monthsOf = async (province: "33" | "44") => ranges((await relation(rider.citizenId, province)).ledger.months)

  /** The other province's officer agrees to what the first one asks. */
  const secondOfficer = async (url: string): Promise<void> => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address(new URL(url).pathname.replace("/console", ""), await world.served.ledger.issue("agency:44")))
    await page.getByText("agency-33 已提请保留 浙江").waitFor()
    await world.shot(page, "agency-approval")
    await page.getByRole("button", { name: "复核同意" }).click()
    await page.getByRole("timer").waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  }

  beforeAll(async () => {
    world = await openWorld({ decisions: { undo_seconds, approval_limit_fen } })
    for (const { citizenId } of [mover.who, moverWithOverlap.who, longLiver]) {
      const asked = { person: world.keyOf(citizenId), to: "44" }
      sent.set(citizenId, (await world.served.client.post<Applied>("center", "/transfer/applications", asked)).transferId)
    }
    await world.served.ledger.settled()
  })
  afterAll(async () => {
    await world?.close()
  })

  it("answers a letter by keyboard: books that differ are shown and not sent, the ledger's statement is", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/tasks", await world.served.ledger.issue("agency:33")))
    await page.locator(".case-row").nth(2).waitFor()
    expect(await page.locator("main").innerText()).toContain("共 3 件，逾期 0 件")
    await page.getByText("须逐件核对").first().waitFor()
    await page.getByText("望***").waitFor()
    await world.shot(page, "agency-tasks")
    expect(await seriousViolations(page)).toEqual([])

    const place = await page
      .locator(".case-row")
      .evaluateAll((rows) => rows.findIndex((row) => row.textContent.includes("须逐件核对")))
    await page.locator(".case-list").focus()
    for (let i = 0; i <= place; i++) await page.keyboard.press("j")
    expect(await page.evaluate("document.activeElement.textContent")).toContain("须逐件核对")
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: "核对无误，发出信息表" }).waitFor()
    await page.getByText("各列一致。").waitFor()
    await page.getByText("先转后清：重复不妨碍转移").waitFor()

    await page.keyboard.press("a")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("30")
    await page.getByText("有 1 项与账本不符").waitFor()
    await page.getByText("+3", { exact: true }).waitFor()
    await world.shot(page, "agency-task-differs")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("27")
    await world.shot(page, "agency-task")
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").getByText("终止本地关系").waitFor()
    expect(await statementOf(moverWithOverlap.who.citizenId)).toBeNull()
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "请在银行汇出" }).waitFor()
    await world.served.ledger.settled()
    const leg = moverWithOverlap.legs.find(({ from }) => from === "33")
    expect(await statementOf(moverWithOverlap.who.citizenId)).toMatchObject({
      months: [leg?.months],
      account_fen: leg?.account_fen,
    })
    expect((await relation(moverWithOverlap.who.citizenId, "33")).status).toBe("moved")
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("accepts the clean ones in one action; once more sends nothing twice", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/tasks?task=send_statement", await world.served.ledger.issue("agency:33")))
    await page.locator(".case-row").nth(1).waitFor()
    await page.getByRole("button", { name: "批量办理无异常的信息表" }).click()
    await page
      .getByRole("dialog")
      .getByText(/^2 件，/)
      .waitFor()
    await world.shot(page, "agency-batch")
    await page.getByRole("button", { name: "确认并发出 2 件" }).click()
    await page.getByText("发出 2 件，未能发出 0 件").waitFor()
    expect(await page.getByRole("dialog").getByText("已发出").count()).toBe(2)
    expect(await seriousViolations(page)).toEqual([])
    await world.served.ledger.settled()
    for (const { citizenId } of [mover.who, longLiver]) {
      expect(await statementOf(citizenId)).not.toBeNull()
      expect((await relation(citizenId, "33")).status).toBe("moved")
    }
    const before = await world.served.ledger.engines.store.head()
    await world.served.client.post("agency:33", `/transfer/${sent.get(mover.who.citizenId) ?? ""}/legs/33/accept`, {})
    expect(await world.served.ledger.engines.store.head()).toBe(before)
    await page.keyboard.press("Escape")
    await page.getByText("没有待办事项").waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("records money that arrived, asks back with a reason and settles, as the new place", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const id = sent.get(mover.who.citizenId) ?? ""
    await page.goto(world.address(`/tasks/${id}/33`, await world.served.ledger.issue("agency:44")))
    await page.getByText("退回核查（提出争议）").click()
    await page.getByLabel("常用理由").selectOption({ index: 1 })
    await page.getByRole("button", { name: "退回核查", exact: true }).click()
    await page.getByRole("heading", { name: "争议已解决" }).waitFor()
    await page.getByLabel("常用理由").selectOption({ index: 1 })
    await page.getByRole("button", { name: "结束争议" }).click()
    await page.getByLabel("汇款单号").fill("HK-33-0001")
    await page.keyboard.press("Enter")
    await world.served.ledger.settled()
    await page.getByText("这一段已经办结。").first().waitFor()
    await page.getByText("浙江的年限和基金已转入记账").waitFor()
    const leg = mover.legs.find(({ from }) => from === "33")
    const { ledger } = await relation(mover.who.citizenId, "44")
    expect(ledger.received.map(({ from, pooled_fen }) => [from, pooled_fen])).toEqual([["33", leg?.pooled_fen]])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("compares a duplicate, decides, takes it back, decides again; it is cleared and refunded as previewed", async () => {
    const { page, complaints } = await world.tab(1280, 900)
    const expected = riderCases[1]
    const refund = formatYuan(expected?.refundIfDropped_fen["44_110"] ?? (0 as never))
    await page.goto(world.address("/duplicates", await world.served.ledger.issue("agency:33")))
    const row = page.locator(".case-row", { hasText: "霁**" })
    await row.waitFor()
    await world.shot(page, "agency-duplicates")
    expect(await seriousViolations(page)).toEqual([])
    await row.click()
    await page.getByText("退还本人").nth(1).waitFor()
    await page.locator(".options .card").nth(2).getByText("人社部发〔2009〕187号").first().waitFor()
    expect(await page.locator(".mini .c-both").count()).toBe(2)
    expect(await page.locator(".options .side-a").innerText()).toContain(`退还本人`)
    expect(await page.locator(".options .side-a").innerText()).toContain(refund)
    await page.locator(".options .side-a").getByText("起领取").waitFor()
    await page.getByText("agency-44").first().waitFor()
    await world.shot(page, "agency-duplicate")
    expect(await seriousViolations(page)).toEqual([])

    await page.getByLabel("本人要保留").selectOption("33_110")
    await page.getByLabel("方式").selectOption("phone")
    await page.getByRole("button", { name: "记录", exact: true }).click()
    await page.getByText("选择保留 浙江").waitFor()
    await page.getByRole("button", { name: "选择保留 B" }).click()
    await page.getByText("与本人的选择不同").waitFor()
    await page.getByLabel("常用理由").selectOption({ index: 4 })
    await page.getByRole("button", { name: "作出决定" }).click()
    await page.getByRole("timer").waitFor()
    expect(await page.getByRole("timer").innerText()).toMatch(/^(30:00|29:\d\d)$/)
    await world.shot(page, "agency-undo")
    expect(await seriousViolations(page)).toEqual([])
    await world.served.ledger.settled()
    expect(await monthsOf("33")).toEqual([{ from: "2025-05", to: "2026-10" }])
    await page.getByRole("button", { name: "撤回决定" }).click()
    await page.getByRole("button", { name: "选择保留 A" }).click()
    await page.getByLabel("常用理由").selectOption({ index: 1 })
    await page.getByRole("button", { name: "作出决定" }).click()
    await page.getByText("您已提请，须由另一位经办人复核。").waitFor()
    await secondOfficer(page.url())
    await page.reload()
    await page.getByRole("timer").waitFor()

    world.served.ledger.clock.advance(undo_seconds * 1_000)
    await world.served.ledger.settled()
    await world.served.ledger.duplicates.tick()
    await world.served.ledger.settled()
    await page.getByText(`已清退，退还本人 ${refund}。`).waitFor()
    expect(await page.locator("section[aria-labelledby=history]").innerText()).toMatch(
      /撤回决定：选错了一边[\s\S]*提请复核[\s\S]*决定保留 33_110[\s\S]*清理完毕/,
    )
    await world.shot(page, "agency-cleared")
    expect(await monthsOf("33")).toEqual([{ from: "2025-05", to: "2026-10" }])
    expect(await monthsOf("44")).toEqual([{ from: "2023-01", to: "2025-04" }])
    const path = `/duplicates/cases/${world.keyOf(rider.citizenId)}/pension/${encodeURIComponent(expected?.case ?? "")}/withdrawal`
    await expect(world.served.client.post("agency:33", path, { reason: "太晚了" }, "duplicate-check")).rejects.toThrow(
      /UNDO_WINDOW_OVER/,
    )
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("says why the sums of a letter and the ledger differ, and keeps such a letter out of the batch", async () => {
    const person = world.keyOf(mover.who.citizenId) as PersonKey
    const stream = Enrollment.streamOf({ province: "32", scheme: "110", person })
    const interest = Enrollment.creditInterest({ year: 2025, rate_bp: 150, amount_fen: fen(14_672) })
    const actor = { kind: "agency", id: "agency-32", province: "32" } as const
    const metadata = { actor, channel: "api", purpose: "service", commandId: "interest 2025", correlationId: "interest" } as const
    await world.served.ledger.engines.aggregates.execute({ ...Enrollment }, stream, interest, metadata)
    await world.served.ledger.settled()
    const { page, complaints } = await world.tab(1280, 900)
    await page.goto(world.address("/tasks", await world.served.ledger.issue("agency:32")))
    await page.locator(".case-row", { hasText: "个人账户有变" }).click()
    await page.getByText("联系函按申请当天的账本计算；此后账本又记下：").waitFor()
    await page.getByText("2025 年账户利息 ¥146.72（1.5%）").waitFor()
    expect(await page.locator(".compare tr.differs").count()).toBe(1)
    await world.shot(page, "agency-why")
    expect(await seriousViolations(page)).toEqual([])
    const last = await page.getByRole("button", { name: "下一件 (n)" }).isDisabled()
    await page.keyboard.press(last ? "p" : "n")
    await page.getByText("各列一致。").waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("fits 360 px and speaks English", async () => {
    const { page, complaints } = await world.tab(360, 740)
    await page.goto(world.address("/tasks", await world.served.ledger.issue("agency:32")))
    await page.locator(".case-row").first().waitFor()
    expect(await fits(page)).toBe(true)
    await world.shot(page, "agency-tasks-phone")
    await page.locator(".case-row").first().click()
    await page.getByRole("button", { name: "核对无误，发出信息表" }).waitFor()
    await page.locator("section[aria-labelledby=segments]").waitFor()
    expect(await fits(page)).toBe(true)
    await world.shot(page, "agency-task-phone")
    await page.getByRole("button", { name: "English" }).click()
    await page.getByRole("button", { name: "Checked: send the statement" }).waitFor()
    await page.getByRole("link", { name: "Duplicates" }).click()
    await page.getByText("No such case").waitFor()
    expect(complaints).toEqual([])
    await page.context().close()

    const other = await world.tab(360, 740)
    await other.page.goto(world.address("/duplicates?status=all", await world.served.ledger.issue("agency:41")))
    await other.page.locator(".case-row").first().waitFor()
    expect(await fits(other.page)).toBe(true)
    await other.page.locator(".case-row").first().click()
    await other.page.locator(".options .card").nth(2).waitFor()
    await other.page.waitForLoadState("networkidle")
    expect(await fits(other.page)).toBe(true)
    await world.shot(other.page, "agency-duplicate-phone")
    expect(await seriousViolations(other.page)).toEqual([])
    expect(other.complaints).toEqual([])
    await other.page.context().close()
  })
})
