/** Commands, scripts and links in the documentation are real ones. */
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { root } from "./sources.js"

const pages = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }).scripts,
)
const cli = join(root, "services/standalone/dist/cli/main.js")
const help = (...args: string[]): string => execFileSync(process.execPath, [cli, ...args, "--help"], { encoding: "utf8" })

describe("documentation", () => {
  it("links only to files that exist", () => {
    const broken = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)]
        .map((match) => match[1] ?? "")
        .filter((target) => !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path} -> ${target}`),
    )
    expect(broken).toEqual([])
  })

  it("shows every picture that is kept, and none larger than 250 kB", () => {
    const pictures = execFileSync("git", ["ls-files", "docs/**/*.jpg", "docs/**/*.png"], { cwd: root, encoding: "utf8" })
      .split("\n")
      .filter((path) => path !== "" && existsSync(join(root, path)))
    const shown = new Set(
      pages.flatMap(({ path, text }) =>
        [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, at = ""]) => join(dirname(path), at)),
      ),
    )
    expect(pictures.filter((path) => !shown.has(path))).toEqual([])
    expect(pictures.filter((path) => statSync(join(root, path)).size > 250_000)).toEqual([])
  })

  it("names only npm scripts that exist", () => {
    const unknown = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/npm run (?:--silent )?([a-z][a-z0-9:-]*)/g)]
        .map((match) => match[1] ?? "")
        .filter((name) => !scripts.includes(name))
        .map((name) => `${path}: npm run ${name}`),
    )
    expect(unknown).toEqual([])
  })

  it("shows only commands and options that the command line has", () => {
    const commands = new Map<string, string>()
    const wrong = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/npm run (?:--silent )?tongzhang -- ([a-z]+)([^\n`#]*)/g)].flatMap(([, name = "", rest = ""]) => {
        const known = commands.get(name) ?? help(name)
        commands.set(name, known)
        const options = [...rest.matchAll(/--[a-z][a-z-]*/g)].map((match) => match[0])
        if (!known.includes(`tongzhang ${name}`)) return [`${path}: no command ${name}`]
        return options.filter((option) => !known.includes(option)).map((option) => `${path}: ${name} has no ${option}`)
      }),
    )
    expect(wrong).toEqual([])
  })
})
