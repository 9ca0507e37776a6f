/**
 * The rules of `packages/law`: each is in the registry, its examples hold by the checker's own arithmetic, and `docs/law/` says what the
 * metadata says. `npm run law:docs` writes the pages anew.
 */
import { evaluate } from "@tongzhang/explanation-checker/formula/evaluate"
import { namesIn } from "@tongzhang/explanation-checker/formula/parse"
import { same, show, type Val, valueIn } from "@tongzhang/explanation-checker/formula/value"
import type { Rule } from "@tongzhang/law/explain/rule"
import { rules } from "@tongzhang/law/rules/registry"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { describe, expect, it } from "vitest"
import { lawPages } from "../law/pages.js"
import { root } from "./sources.js"

const folder = join(root, "packages/law/src/rules")
const docs = join(root, "docs/law")

const filesUnder = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
  )
const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && "id" in value && "versions" in value && "operands" in value

const cases = rules.flatMap((rule) =>
  rule.examples.map((example, i) => [`${rule.id} ${example.version} #${i + 1}`, rule, example] as const),
)

describe("the rules of the law", () => {
  it("every rule that a file exports is in the registry, under an id of its own", async () => {
    const files = filesUnder(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    const exported = await Promise.all(
      files.map(async (file) => {
        const module = relative(folder, file).split(sep).join("/").replace(/\.ts$/u, "")
        const found = (await import(/* @vite-ignore */ file)) as Record<string, unknown>
        return Object.values(found).flatMap((value) => (isRule(value) ? [`${module}: ${value.id}`] : []))
      }),
    )
    const listed = new Set(rules.map((rule) => rule.id))
    const missing = exported.flat().filter((name) => !listed.has(name.split(": ")[1] ?? ""))
    expect(missing, "add the module to packages/law/src/rules/registry.ts").toEqual([])
    expect(listed.size).toBe(rules.length)
  })

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s: versions in order, formulas over its operands, an example for each",
    (_id, rule) => {
      const dates = rule.versions.map(({ from }) => from)
      expect(dates).toEqual([...new Set(dates)].sort())
      for (const { formula } of rule.versions)
        expect(
          [...namesIn(formula)].filter((name) => rule.operands[name] === undefined),
          formula,
        ).toEqual([])
      expect(
        dates.filter((from) => !rule.examples.some((one) => one.version === from)),
        "versions without an example",
      ).toEqual([])
      if (rule.datedBy !== undefined) expect(["month", "date"]).toContain(rule.operands[rule.datedBy]?.unit)
    },
  )

  it.each(cases)("%s holds by the checker's arithmetic", (_name, rule, { version, operands, value }) => {
    const formula = rule.versions.find(({ from }) => from === version)?.formula ?? ""
    const given = new Map<string, Val>(
      Object.entries(operands).map(([name, one]) => [name, valueIn(one, rule.operands[name]?.unit ?? "")]),
    )
    const derived = evaluate(formula, given)
    expect(show(derived)).toBe(show(valueIn(value, rule.unit)))
    expect(same(derived, valueIn(value, rule.unit))).toBe(true)
  })

  it("docs/law/ is what the metadata says (npm run law:docs writes it)", () => {
    const pages = lawPages()
    const own = new Set(["formulas.md", "explanations.md"])
    const there = filesUnder(docs).map((file) => relative(docs, file).split(sep).join("/"))
    const stray = there.filter((path) => !pages.has(path) && !own.has(path))
    if (process.env["UPDATE_DOCS"] === "1") {
      for (const path of stray) rmSync(join(docs, path))
      for (const [path, text] of pages) {
        mkdirSync(dirname(join(docs, path)), { recursive: true })
        writeFileSync(join(docs, path), text)
      }
      return
    }
    const drifted = [...pages].filter(
      ([path, text]) => !existsSync(join(docs, path)) || readFileSync(join(docs, path), "utf8") !== text,
    )
    expect({ drifted: drifted.map(([path]) => path), stray }).toEqual({ drifted: [], stray: [] })
  })
})
