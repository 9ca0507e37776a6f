/** The repository's own sources as text, for tests that hold the house to its rules. */
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

export type Source = { readonly path: string; readonly unit: string; readonly text: string; readonly isTest: boolean }

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist" || entry.name.startsWith(".")) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })

/** Tests, contract suites, and what only they use. */
const testing = /\.test\.ts$|\/(contract|testing|fixtures|test-kit|test-door)(\/|\.ts$)/

/** Every TypeScript source of packages/ and services/; `unit` is e.g. `packages/domain`. */
export const sources: readonly Source[] = ["packages", "services"].flatMap((top) =>
  walk(join(root, top))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => {
      const short = relative(root, path).split(sep).join("/")
      return {
        path: short,
        unit: short.split("/").slice(0, 2).join("/"),
        text: readFileSync(path, "utf8"),
        isTest: testing.test(short),
      }
    }),
)

export const units: readonly string[] = ["packages", "services"].flatMap((top) =>
  readdirSync(join(root, top), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${top}/${entry.name}`),
)

/** Module names a source imports, type imports included. */
export const importsOf = (source: Source): string[] =>
  [
    ...source.text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "")

export type Manifest = { readonly name: string; readonly dependencies?: Readonly<Record<string, string>> }
export const manifestOf = (unit: string): Manifest =>
  JSON.parse(readFileSync(join(root, unit, "package.json"), "utf8")) as Manifest
