/** Feeds every bad row, file and request through the door; docs/bad-input.md is what came back (UPDATE_DOCS=1 writes it). */
import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import { FileProblem } from "./reading/problem.js"
import type { RowOutcome } from "./rows/outcome.js"
import { csv, fileCases, requestCases, rowCases } from "./testing/bad-input-cases.js"
import { type Door, openDoor } from "./testing/door.js"

const docs = fileURLToPath(new URL("../../../docs/bad-input.md", import.meta.url))

type Found = {
  readonly code: string
  readonly result: string
  readonly hint_zh: string
  readonly hint_en: string
}
const rows: string[][] = [[], [], []]

const foundIn = (outcome: RowOutcome | undefined): Found => {
  const refusal =
    outcome?.status === "refused"
      ? outcome.refusal
      : outcome?.status === "accepted_with_warning"
        ? outcome.warnings[0]
        : undefined
  if (refusal === undefined) throw new Error(`nothing was wrong with the row: ${outcome?.status}`)
  const { hint_zh, hint_en } = describeRefusal(refusal)
  return {
    code: refusal.code,
    result: outcome?.status === "refused" ? "拒绝 refused" : "接受并提示 accepted with warning",
    hint_zh,
    hint_en,
  }
}

const noted = (part: number, what_zh: string, what_en: string, found: Found): void => {
  const cells = [`${what_zh}<br>${what_en}`, `\`${found.code}\``, found.result, found.hint_zh, found.hint_en]
  rows[part]?.push(`| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`)
}

const isActionable = (found: Found): void => {
  expect(found.hint_zh).toMatch(/[\u4e00-\u9fff]/)
  expect(found.hint_en).toMatch(/[a-z]{3}/)
  expect(`${found.hint_zh}${found.hint_en}`).not.toMatch(/\{|\d{17}/)
}

describe("bad input", () => {
  let door: Door
  let token: string
  beforeAll(async () => {
    door = await openDoor({
      limits: { file_bytes_max: 64 * 1024, xlsx_bytes_max: 8 * 1024, row_characters_max: 10_000, rows_max: 50 },
    })
    token = await door.token("31")
  })
  afterAll(() => door.close())

  describe.each(rowCases.map((entry, i) => ({ ...entry, serial: i + 1 })))("row: $what_en", (entry) => {
    it(`is answered with ${entry.code}, and the row before it is booked`, async () => {
      const before = entry.before?.(entry.serial) ?? []
      const done = await door.feed(csv(...before, entry.row(entry.serial)))
      // The first file of a case may already hold the good rows of another; none of them may be refused.
      expect(done.outcomes.slice(0, -1).filter(({ status }) => status === "refused")).toEqual([])
      const found = foundIn(done.outcomes.at(-1))
      expect(found.code).toBe(entry.code)
      isActionable(found)
      noted(0, entry.what_zh, entry.what_en, found)
    })
  })

  describe.each(fileCases)("file: $what_en", (entry) => {
    it(`is answered with ${entry.code}`, async () => {
      const content = await entry.content()
      if (entry.asRow === true) {
        const found = foundIn((await door.feed(content, { name: entry.name })).outcomes.at(-1))
        expect(found.code).toBe(entry.code)
        isActionable(found)
        return noted(1, entry.what_zh, entry.what_en, found)
      }
      const before = await door.store.head()
      const problem = await door.feed(content, { name: entry.name }).then(
        () => null,
        (error: unknown) => error,
      )
      if (!(problem instanceof FileProblem)) throw problem ?? new Error("the file was taken")
      const { rule, hint_zh, hint_en } = describeRefusal(problem.refusal)
      expect(rule).toBe(entry.code)
      // A file that cannot be read leaves nothing behind.
      expect(await door.store.head()).toBe(before)
      const found = { code: rule, result: "整个文件拒收 whole file refused", hint_zh, hint_en }
      isActionable(found)
      noted(1, entry.what_zh, entry.what_en, found)
    })
  })

  describe.each(requestCases)("request: $what_en", (entry) => {
    it(`is answered with ${entry.code}`, async () => {
      const answer = await entry.send(door, token)
      const problem = JSON.parse(answer.body) as { rule: string; hint_zh: string; hint_en: string; status: number }
      expect(problem.rule).toBe(entry.code)
      expect(problem.status).toBe(answer.statusCode)
      const found = {
        code: problem.rule,
        result: `HTTP ${answer.statusCode}`,
        hint_zh: problem.hint_zh,
        hint_en: problem.hint_en,
      }
      isActionable(found)
      noted(2, entry.what_zh, entry.what_en, found)
    })
  })

  it("is documented as it is answered", () => {
    expect(rowCases.length + fileCases.length + requestCases.length).toBeGreaterThanOrEqual(40)
    const head = "| 情形 What | 代码 Code | 结果 Result | 提示 | Hint |\n| --- | --- | --- | --- | --- |"
    const table = (part: number): string => `<!-- prettier-ignore -->\n${head}\n${(rows[part] ?? []).join("\n")}\n`
    const text = [
      "# 错误输入 Bad input",
      "",
      `Every kind of bad row, bad file and bad request that is tested, ${rows.flat().length} of them, each with the answer it really got.`,
      "One bad row never sinks the others: it is refused with its code, `failed.csv` holds it for correction, everything else is booked.",
      "Made by `services/intake/src/bad-input.test.ts`; do not edit by hand: `UPDATE_DOCS=1 npx vitest run --project unit services/intake/src/bad-input` writes it.",
      "All codes with their hints: `GET /intake/codes`.",
      "",
      "## 行 Rows",
      "",
      table(0),
      "## 文件 Files",
      "",
      table(1),
      "## 请求 Requests",
      "",
      table(2),
    ].join("\n")
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(docs, text)
    expect(readFileSync(docs, "utf8")).toBe(text)
  })
})
