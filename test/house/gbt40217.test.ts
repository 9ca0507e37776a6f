/** docs/gbt40217.md says of every element of every table whether a fact fills it: written from the same tables that the export uses. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { elementOf } from "@tongzhang/audit/gbt40217/elements"
import { tableNumbers, tables, tablesNotHeld } from "@tongzhang/audit/gbt40217/tables"
import { describe, expect, it } from "vitest"
import { root } from "./sources.js"

const expected = (): string => {
  const parts = tableNumbers.map((number) => {
    const { row, root: file, columns, notHeld } = tables[number]
    const lines = columns.map((name) => {
      const { locId, zh, form } = elementOf(name)
      return `| ${locId} | ${name} | ${zh} | ${form} | ${notHeld.includes(name) ? "not held" : "yes"} |`
    })
    return `### 表 ${number} ${row} (${file})\n\n| locID | Name | Element | Form | Filled |\n|---|---|---|---|---|\n${lines.join("\n")}\n`
  })
  const missing = Object.entries(tablesNotHeld).map(([table, why]) => `| ${table} | ${why} |`)
  return `${parts.join("\n")}\n### Tables that are not written\n\n| Table | Why |\n|---|---|\n${missing.join("\n")}\n`
}

describe("docs/gbt40217.md", () => {
  it("lists the elements as the export writes them", () => {
    const page = readFileSync(join(root, "docs/gbt40217.md"), "utf8")
    const [, listed = ""] = page.split("## Elements\n\n")
    expect(listed).toBe(expected())
  })
})
