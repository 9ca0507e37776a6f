/** A ledger with the demo's people behind a real browser. */
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import type { CitizenId } from "@tongzhang/domain/citizen-id"
import { createLogger } from "@tongzhang/service-kit/logger"
import { serve, type Served } from "@tongzhang/standalone/serve"
import { type Browser, chromium, type Page } from "playwright-core"
import { temporaryFolder } from "../e2e/support.js"

export const executablePath = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path))

export const shots = new URL("shots/", import.meta.url).pathname

export type World = {
  readonly served: Served
  readonly browser: Browser
  /** A fresh tab whose complaints are collected: anything in `complaints` fails the test that made it. */
  readonly tab: (width: number, height: number) => Promise<{ readonly page: Page; readonly complaints: string[] }>
  readonly address: (path: string, token: string) => string
  /** The whole page as a picture in `shots/`, to be looked at. */
  readonly shot: (page: Page, name: string) => Promise<void>
  readonly keyOf: (citizenId: string) => string
  readonly close: () => Promise<void>
}

/** Every file of tests has a ledger of its own, copied from the one that was fed once (`seed.ts`). */
export const openWorld = async (options: Parameters<typeof serve>[3] = {}): Promise<World> => {
  const seeded = process.env["CONSOLE_SEED"]
  if (seeded === undefined) throw new Error("no seeded ledger: run these tests with test/e2e-console/vitest.config.ts")
  mkdirSync(shots, { recursive: true })
  const folder = temporaryFolder("console")
  cpSync(seeded, join(folder.path, "data"), { recursive: true })
  const served = await serve(join(folder.path, "data"), 0, createLogger({ service: "console-test", level: "error" }), options)
  const { ledger, url } = served
  const browser = await chromium.launch({
    executablePath: executablePath ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
  return {
    served,
    browser,
    tab: async (width, height) => {
      const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN", timezoneId: "Asia/Shanghai" })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text())
      })
      page.on("pageerror", (error) => complaints.push(String(error)))
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) complaints.push(`asked ${request.url()}`)
      })
      return { page, complaints }
    },
    address: (path, token) => `${url}/console${path}#token=${token}`,
    shot: async (page, name) => {
      // A dialog stands over what the window shows, not over the whole page.
      const fullPage = (await page.locator("dialog[open]").count()) === 0
      if (documented.has(name)) await documentShot(page, name, fullPage)
      await page.screenshot({ path: `${shots}${name}.png`, fullPage })
    },
    keyOf: (citizenId) => ledger.personKeys.of(citizenId as CitizenId),
    close: async () => {
      await browser.close()
      await ledger.close()
      folder.remove()
    },
  }
}

const documents = new URL("../../docs/console", import.meta.url).pathname
/** `npm run console:shots`: the pictures that docs/console.md shows are made anew. */
const documented = new Set(
  process.env["CONSOLE_SHOTS"] === "docs"
    ? [...readFileSync(`${documents}.md`, "utf8").matchAll(/\]\(console\/([\w-]+)\.jpg\)/gu)].map(([, name = ""]) => name)
    : [],
)
const documentHeight_max = 1_500

/** Smaller than the picture that is looked at: the top of the page, as JPEG. */
const documentShot = async (page: Page, name: string, fullPage: boolean): Promise<void> => {
  mkdirSync(documents, { recursive: true })
  const width = page.viewportSize()?.width ?? 1_280
  const height = await page.evaluate<number>("document.documentElement.scrollHeight")
  const clip = fullPage ? { clip: { x: 0, y: 0, width, height: Math.min(height, documentHeight_max) } } : {}
  await page.screenshot({ path: join(documents, `${name}.jpg`), type: "jpeg", quality: 70, fullPage, ...clip })
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Serious and critical violations of WCAG 2.2 A and AA on the page as it stands, each as one line. */
export const seriousViolations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    type Found = { impact: string | null; id: string; nodes: { target: string[] }[] }
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Found[] }> } }
    const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map((node) => node.target.join(" "))
            .slice(0, 5)
            .join(" | ")}`,
      )
  })
}
