/** docs/books.md lists every event type as the books post it. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { postingRules } from "@tongzhang/record/books/postings"
import { expect, it } from "vitest"
import { root } from "./sources.js"

it("docs/books.md lists every event with its entries and its article, or why it has none", () => {
  const lines = readFileSync(join(root, "docs/books.md"), "utf8").split("\n")
  for (const [type, rule] of Object.entries(postingRules))
    expect(lines).toContain(
      rule.moves ? `| ${type} | ${rule.debit} | ${rule.credit} | ${rule.article} |` : `| ${type} | ${rule.why} |`,
    )
})
