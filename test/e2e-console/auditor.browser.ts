/**
 * The auditor at the desk: replays a rider's history and sees it as it was known then; checks the proof in the browser; the books; draws
 * a sample twice; hands a bundle to somebody who has only Node. Every read stands in the rider's own list.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { rider } from "@tongzhang/nation/rider"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { longLiver } from "./long-life.js"
import { executablePath, openWorld, seriousViolations, type World } from "./support.js"

const fits = (page: Page): Promise<boolean> => page.evaluate("document.documentElement.scrollWidth <= innerWidth")
/** The day in China of a moment of the ledger's clock. */
const chinaDay = (iso: string): string => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10)

describe.runIf(executablePath !== undefined)("the auditor's desk", () => {
  let world: World
  let key = ""
  let firstDay = ""
  let token = ""
  let shownPerson = ""
  const folder = mkdtempSync(join(tmpdir(), "tongzhang-auditor-"))

  beforeAll(async () => {
    world = await openWorld()
    key = world.keyOf(rider.citizenId)
    const { ledger, client } = world.served
    // Eight days later the rider applies to move: the ledger then knows more than on the first day.
    const { now } = await client.get<{ now: string }>("center", "/demo/clock")
    firstDay = chinaDay(now)
    await client.post("center", "/demo/clock", { days: 8 })
    await client.post("center", "/transfer/applications", { person: key, to: "44" })
    await ledger.settled()
    await ledger.proof.caughtUp()
    token = await ledger.issue("auditor")
  })
  afterAll(async () => {
    await world?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (path: string, width = 1280, height = 900) => {
    const tab = await world.tab(width, height)
    await tab.page.goto(world.address(path, token))
    return tab
  }
  /** Clicks, and gives the bytes that the browser was offered. */
  const downloaded = async (page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> => {
    const [file] = await Promise.all([page.waitForEvent("download"), click()])
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }

  it("plays a rider's history, steps by key and click, and scrubs to a date known then", async () => {
    const { page, complaints } = await open(`/persons/${key}`)
    await page.getByRole("link", { name: "回放历史" }).click()
    await page.getByRole("heading", { name: "历史回放" }).waitFor()
    const at = page.locator(".player-at")
    await at.waitFor()
    const last = Number(/共 (\d+) 步/.exec(await at.innerText())?.[1])
    expect(last).toBeGreaterThan(100)
    expect(await page.locator(".step").innerText()).toMatch(/谁[\s\S]*何时得知[\s\S]*缘由[\s\S]*依据的规则与条款/)
    expect(await page.locator("body").innerText()).not.toContain(rider.citizenId)

    await page.keyboard.press("Home")
    await page.getByText("第一条事实之前").first().waitFor()
    expect(await page.locator(".matrix").count()).toBe(0)
    await page.keyboard.press("ArrowRight")
    expect(await at.innerText()).toBe(`第 1 步，共 ${last} 步`)
    await page.getByLabel("速度").selectOption("25")
    await page.keyboard.press(" ")
    await page.getByRole("button", { name: "暂停" }).waitFor()
    await page.getByText(/^第 ([5-9]|\d\d) 步，/).waitFor()
    await page.getByRole("button", { name: "暂停" }).click()
    await page.locator(".event-line").nth(7).click()
    expect(await at.innerText()).toBe(`第 8 步，共 ${last} 步`)
    expect(await page.locator(".m-changed").getAttribute("aria-label")).toBe("2021年6月 河南 企业职工基本养老保险（这一步改变）")
    expect(await page.locator("section[aria-labelledby=changes]").innerText()).toMatch(/本地缴费月数\s+5\s+6\s+\+1/)
    await page.waitForURL(/step=8/)
    await world.shot(page, "replay")
    expect(await seriousViolations(page)).toEqual([])

    await page.keyboard.press("End")
    await page.getByLabel("当时所知（知识时间）").fill(firstDay)
    await page.getByText("其余 4 步是后来才得知的").waitFor()
    expect(await at.innerText()).toBe(`第 ${last - 4} 步，共 ${last} 步`)
    await page.getByLabel("截至月份（有效时间）").fill("2022-12")
    await page.getByText("只重放截至 2022-12 成立的事实").waitFor()
    expect(Number(/共 (\d+) 步/.exec(await at.innerText())?.[1])).toBeLessThan(last - 20)
    expect(await page.locator(".matrix tbody tr").count()).toBe(2)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("compares two moments in words, in an address that shows the same again", async () => {
    const { page, complaints } = await open(`/audit/persons/${key}?step=20`)
    const compare = page.locator("section[aria-labelledby=compare]")
    await compare.getByLabel("所知日期").first().fill(firstDay)
    await compare.getByRole("button", { name: "比较", exact: true }).click()
    await compare.getByText(/处不同，其间得知 4 条事实/).waitFor()
    expect(await compare.locator(".lines").first().innerText()).toMatch(/转移 .+ 状态：- -> \w+/)
    await page.reload()
    await compare.getByText(/处不同，其间得知 4 条事实/).waitFor()
    await compare.locator("summary").click()
    expect(await compare.innerText()).toContain("转移")
    await compare.getByRole("button", { name: "用当前这一步" }).nth(1).click()
    await compare.getByRole("button", { name: "比较", exact: true }).click()
    await page.waitForURL(/[?&]b=\d+/)
    await compare.getByText("第 20 步").waitFor()
    await compare.scrollIntoViewIfNeeded()
    await page.screenshot({ path: new URL("shots/replay-compare.png", import.meta.url).pathname })
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("checks the proof in the browser: signature, memory, days, a receipt; and finds a false answer", async () => {
    const { page, complaints } = await open(`/audit/persons/${key}?step=8`)
    await page.getByRole("link", { name: "取得这条事件的证明" }).click()
    await page.getByText(/^属实：事件在日志第 \d+ 位/).waitFor()
    await page.getByText("签名属实").waitFor()
    await page.getByText("这个浏览器第一次看到这个日志").waitFor()
    await page.getByText("还没有请任何见证方签名").waitFor()
    await page.getByText("二维码（").click()
    expect(await page.locator(".codes img").count()).toBeGreaterThan(1)
    const receipt = await downloaded(page, () => page.getByRole("button", { name: "下载收据" }).click())
    expect(receipt.bytes.toString()).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
    await page.getByRole("button", { name: "在浏览器中核对一致性" }).click()
    await page.getByText(/^一致：/).waitFor()
    await page.reload()
    await page.getByText("历史未被改写").waitFor()
    await page.getByRole("button", { name: "开始 fsck" }).click()
    await page.getByText("没有发现问题").waitFor({ timeout: 60_000 })
    await world.shot(page, "proof")
    expect(await seriousViolations(page)).toEqual([])
    expect(complaints).toEqual([])

    // The service may say what it likes: an answer that proves nothing is red.
    await world.served.client.get("auditor", `/audit/persons/${key}/events`, "audit")
    await world.served.ledger.proof.caughtUp()
    await page.route("**/audit/proof/consistency*", async (route) => {
      const answer = await route.fetch()
      const body = (await answer.json()) as { proof: string[] }
      await route.fulfill({ response: answer, json: { ...body, proof: body.proof.map(() => `${"A".repeat(43)}=`) } })
    })
    await page.reload()
    await page.getByText("历史被改写").waitFor()
    await page.context().close()
  })

  it("shows a trial balance that is zero, and the events behind an account", async () => {
    const { page, complaints } = await open("/audit/books")
    await page.getByText(/^借贷相等：/).waitFor()
    await page.getByText(/与守恒核算、统一记录的统计逐项相符/).waitFor()
    await page.locator("#balance").scrollIntoViewIfNeeded()
    await page.locator(".chart canvas").waitFor()
    await page.evaluate("scrollTo(0, 0)")
    await world.shot(page, "books")
    expect(await seriousViolations(page)).toEqual([])
    const csv = await downloaded(page, () => page.getByRole("button", { name: "下载全部 CSV" }).click())
    expect(csv.bytes.toString()).toContain("person_account")
    await page.getByRole("button", { name: "个人账户基金" }).click()
    await page.getByRole("button", { name: /个人账户基金 河南 企业职工/ }).click()
    const drawer = page.locator("dialog.side")
    await drawer.getByText(/个事件，借方/).waitFor()
    expect(await drawer.locator("li.card").count()).toBeGreaterThan(10)
    shownPerson =
      /[0-9a-f]{32}/.exec((await drawer.getByRole("link", { name: "回放" }).first().getAttribute("href")) ?? "")?.[0] ?? ""
    await page.screenshot({ path: new URL("shots/books-events.png", import.meta.url).pathname })
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press("Escape")
    await page.getByLabel("省份").selectOption("41")
    await page.getByText(/^单独一个省不必平衡/).waitFor()
    await page.getByLabel("省份").selectOption("")
    await page.getByLabel("所知日期（当天结束）").fill("2020-01-01")
    await page.getByText("这个时点没有任何资金事件。").waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("draws a sample that is the same when drawn again, by anybody with the link", async () => {
    const { page, complaints } = await open("/audit/samples")
    await page.getByLabel("种子", { exact: true }).fill("2026-11-22 体彩 03 11 17")
    await page.getByLabel("样本数").fill("12")
    await page.getByRole("button", { name: "抽样", exact: true }).click()
    await page.getByText("样本指纹").waitFor()
    await page.getByRole("button", { name: "再抽一次，核对相同" }).click()
    await page.getByText("再抽一次得到同样的 12 个事件，指纹一致").waitFor()
    await world.shot(page, "sample")
    expect(await seriousViolations(page)).toEqual([])
    const json = await downloaded(page, () => page.getByRole("button", { name: "下载 JSON" }).click())
    const sample = JSON.parse(json.bytes.toString()) as { upTo: string; fingerprint: string; items: { event: string }[] }
    const search = new URLSearchParams({ seed: "2026-11-22 体彩 03 11 17", size: "12", upTo: sample.upTo })
    const other = await open(`/audit/samples?${search.toString()}`)
    await other.page.getByText(sample.fingerprint).waitFor()
    await other.page.getByRole("link", { name: "回放到这一步" }).first().click()
    await other.page.getByText("事件原文").click()
    expect(await other.page.locator(".data-text").innerText()).toContain(sample.items[0]?.event ?? "nothing was drawn")
    expect([...complaints, ...other.complaints]).toEqual([])
    await other.page.context().close()
    await page.context().close()
  })

  it("hands over a bundle that a machine with only Node checks, down to a flipped byte", async () => {
    const { page, complaints } = await open(`/audit/bundles?person=${key}`)
    const { name, bytes } = await downloaded(page, () => page.getByRole("button", { name: "制作并下载" }).click())
    await page.getByText(`已保存 ${name}`).waitFor()
    const hash = await page.locator(".bundle-hash").innerText()
    await world.shot(page, "bundle")
    expect(await seriousViolations(page)).toEqual([])
    const verifier = await downloaded(page, () => page.getByRole("link", { name: "下载核验程序 verify.mjs" }).click())
    writeFileSync(join(folder, name), bytes)
    writeFileSync(join(folder, "verify.mjs"), verifier.bytes)
    expect(execFileSync("sha256sum", [join(folder, name)]).toString()).toContain(hash)
    const command = /node (verify\.mjs \S+ --key \S+)/.exec(await page.locator("pre").innerText())?.[1] ?? ""
    const run = () => spawnSync(process.execPath, command.split(" "), { cwd: folder, env: {}, encoding: "utf8" })
    const good = run()
    expect([good.status, good.stderr]).toEqual([0, ""])
    expect(good.stdout).toMatch(/PASS/)
    const flipped = Buffer.from(bytes)
    const place = flipped.indexOf("base_fen") + 12
    flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place)
    writeFileSync(join(folder, name), flipped)
    expect(run().status).not.toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("takes an engagement from opening to a signed report", async () => {
    const { page, complaints } = await open("/audit/papers")
    await page.getByText("还没有审计项目。").waitFor()
    await page.getByText("新建项目").click()
    await page.getByLabel("项目编号").fill("AUD2026.01")
    await page.getByLabel("名称").fill("转移接续审计")
    await page.getByLabel("审计范围").fill("转出金额与基数")
    await page.getByLabel("审计期间从").fill("2021-01-01")
    await page.getByLabel("到", { exact: true }).fill("2026-12-31")
    await page.getByRole("button", { name: "建立项目" }).click()
    await page.getByRole("heading", { name: "AUD2026.01" }).waitFor()
    await page.getByLabel("种子").fill("七")
    await page.getByLabel("样本数").fill("5")
    await page.getByRole("button", { name: "抽样并写入底稿" }).click()
    await page.getByText(/^S1：从 \d+ 个资金事件中抽出 5 个，已测 0/).waitFor()
    await page.getByRole("button", { name: "再抽一次核对" }).click()
    await page.getByText("再抽一次得到同样的 5 个事件").waitFor()
    await page.getByRole("button", { name: "记录结果" }).first().click()
    await page.locator("dialog select").selectOption("exception")
    await page.getByLabel("内容").fill("基数低于下限")
    await page.getByRole("button", { name: "写入底稿", exact: true }).click()
    await page.getByText(/已测 1，例外 1/).waitFor()

    const event = await sideNote("AUD2026.01")
    await page.reload()
    await page.getByText("旁注：这一步的金额已与回单核对").waitFor()
    await page.getByRole("button", { name: "提出发现" }).click()
    await page.locator("dialog").getByLabel("名称").fill("基数低于下限")
    await page.getByLabel("违反的规则或条款").fill("社会保险法 Art 12")
    await page.getByLabel("证据（事件标识，每行一个）").fill(event)
    await page.getByLabel("涉及金额（元）").fill("234.50")
    await page.getByLabel("建议").fill("补足差额")
    await page.getByRole("button", { name: "写入底稿", exact: true }).click()
    await page.getByText("F1 基数低于下限").waitFor()
    await page.getByRole("button", { name: "写入最近一次完成的 fsck" }).click()
    await page.getByText(/^✓fsck：没有发现问题/).waitFor()
    await page.getByLabel("结论").fill("除 F1 外无差异")
    await page.getByRole("button", { name: "结项" }).click()
    await page.getByRole("heading", { name: "签名报告" }).waitFor()
    await page.getByRole("button", { name: "预览" }).click()
    await page.frameLocator("iframe").getByText("除 F1 外无差异").first().waitFor()
    await world.shot(page, "paper")
    expect(await seriousViolations(page)).toEqual([])
    const report = await downloaded(page, () => page.getByRole("button", { name: "下载 JSON（已签名）" }).click())
    const signed = JSON.parse(report.bytes.toString()) as { signature: string | null; report: { findings: unknown[] } }
    expect(signed.signature).toMatch(/— \S+\/audit /)
    expect(signed.report.findings).toHaveLength(1)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  /** A note beside the replay, written into an engagement's paper. Gives the event it is about. */
  const sideNote = async (engagement: string): Promise<string> => {
    const { page, complaints } = await open(`/audit/persons/${key}?step=8`)
    await page.getByLabel("审计项目").selectOption(engagement)
    await page.getByLabel("内容").fill("旁注：这一步的金额已与回单核对")
    await page.getByRole("button", { name: "写入底稿" }).click()
    await page.locator("section[aria-labelledby=side-note] li").getByText("旁注：这一步的金额已与回单核对").waitFor()
    await page.getByText("事件原文").click()
    const event = /"id": "([0-9a-f-]{36})"/.exec(await page.locator(".data-text").innerText())?.[1] ?? ""
    expect(complaints).toEqual([])
    await page.context().close()
    return event
  }

  it("every one of these reads stands in the rider's list, and the review adds them up", async () => {
    type Accesses = { accesses: { what: string; purpose: string; caller: { kind: string } }[] }
    const readsOf = async (person: string): Promise<string[]> => {
      const path = `/national/persons/${person}/accesses`
      const { accesses } = await world.served.client.get<Accesses>("auditor", path, "audit")
      const mine = accesses.filter(({ caller }) => caller.kind === "auditor")
      expect(mine.every(({ purpose }) => purpose === "audit")).toBe(true)
      return mine.map(({ what }) => what)
    }
    const reads = await readsOf(key)
    for (const what of ["record", "replay", "diff", "receipt", "bundle: person"]) expect(reads).toContain(what)
    expect(await readsOf(shownPerson)).toContain("postings")
    const { page, complaints } = await open("/audit/reads?kind=auditor")
    await page.getByText(/次符合/).waitFor()
    expect(await page.locator("section[aria-labelledby=readers]").innerText()).toContain("demo-auditor")
    await world.shot(page, "reads")
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel("只看显示完整身份的").check()
    await page.getByText("没有符合的查阅。").waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it("fits 360 px, speaks English, and plays a forty-year history without waiting", async () => {
    const phone = await open(`/audit/persons/${key}?step=12`, 360, 740)
    const pages = [
      ["replay", `/audit/persons/${key}?step=12`, "Replay of a history"],
      ["proof", "/audit/proof", "Proof status"],
      ["books", "/audit/books", "Trial balance"],
      ["sample", "/audit/samples?seed=x&size=5", "Sampling"],
      ["bundle", "/audit/bundles", "Audit bundle"],
      ["reads", "/audit/reads", "Access review"],
      ["papers", "/audit/papers", "Workpapers"],
      ["paper", "/audit/papers/AUD2026.01", "AUD2026.01 转移接续审计"],
    ] as const
    await phone.page.getByRole("button", { name: "English" }).click()
    for (const [name, path, title] of pages) {
      await phone.page.goto(world.address(path, token))
      await phone.page.getByRole("heading", { name: title, level: 1 }).waitFor()
      await phone.page.locator(".ant-skeleton").first().waitFor({ state: "detached" })
      expect([name, await fits(phone.page)]).toEqual([name, true])
      expect(await phone.page.locator("main").innerText()).not.toMatch(/\b(replay|proof|books|sample|bundle|reads)\.[a-z]/)
      await world.shot(phone.page, `${name}-phone-en`)
      expect(await seriousViolations(phone.page)).toEqual([])
    }
    expect(phone.complaints).toEqual([])
    await phone.page.context().close()

    const { page, complaints } = await open(`/audit/persons/${world.keyOf(longLiver.citizenId)}?step=200`)
    await page.locator(".player-at").waitFor()
    const frames: number[] = []
    for (let i = 0; i < 10; i++) {
      frames.push(
        await page.evaluate<number>(
          `new Promise((resolve) => {
            const began = performance.now()
            dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }))
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
          })`,
        ),
      )
    }
    expect(await page.locator(".player-at").innerText()).toBe("第 210 步，共 463 步")
    const sorted = frames.toSorted((a, b) => a - b)
    process.stdout.write(`replay of 463 events: a step drawn in ${sorted[5]?.toFixed(0)} ms (median of 10)\n`)
    await world.shot(page, "replay-long")
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
