/** Style that is a test and not a wish (docs/architecture.md, laws 6 and 8). */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { root, sources } from "./sources.js"

const lines_max = 350
/** Longer on purpose: one aggregate is one file; a catalogue of texts is one list. Nothing else joins them unasked. */
const longOnPurpose = [
  "packages/domain/src/enrollment.ts",
  "packages/domain/src/transfer.ts",
  "packages/contracts/src/refusals-intake.ts",
]
const pure = ["packages/domain", "packages/law", "packages/contracts"]

const offenders = (units: readonly string[] | null, pattern: RegExp, tests: boolean): string[] =>
  sources
    .filter((source) => (units === null || units.includes(source.unit)) && (tests || !source.isTest))
    .flatMap((source) =>
      source.text
        .split("\n")
        .flatMap((line, i) =>
          pattern.test(line.replace(/\/\/.*$|^\s*\*.*$|^\s*\/\*\*.*$/, "")) ? [`${source.path}:${i + 1}: ${line.trim()}`] : [],
        ),
    )

describe("tidy", () => {
  it("the pure core asks nobody for the time, for chance or for the disk", () => {
    expect(
      offenders(pure, /\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env|from "node:(fs|net|http|child_process)"/, false),
    ).toEqual([])
  })
  it("nothing is typed any", () => {
    expect(offenders(null, /[:<]\s*any\b|\bas any\b|@ts-ignore/, true)).toEqual([])
  })
  it("no test is switched off and nothing is left to do in the code", () => {
    expect(offenders(null, /\b(it|describe|test)\.(skip|only)\(|TODO|FIXME|not implemented/i, true)).toEqual([])
  })
  it(`no source is longer than ${lines_max} lines`, () => {
    const long = sources.filter(
      (source) =>
        !source.isTest &&
        !source.path.includes("/data/") &&
        !source.path.includes("/generated/") &&
        !longOnPurpose.includes(source.path) &&
        source.text.split("\n").length > lines_max,
    )
    expect(long.map((source) => source.path)).toEqual([])
  })
  it("nothing reads outside the repository or names this workplace", () => {
    const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n")
    const text = files.filter((file) => /\.(ts|mjs|json|md|yml|sh)$/.test(file) && file !== "test/house/tidy.test.ts")
    const found = text.filter((file) =>
      /\.\.\/shared|\/work\/(main|shared)|registry\.npmjs\.org/.test(readFileSync(join(root, file), "utf8")),
    )
    expect(found).toEqual([])
  })
})
