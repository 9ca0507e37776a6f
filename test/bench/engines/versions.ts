/** Versions of what was measured, as installed. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** Of an installed package. */
export const versionOf = (name: string): string => {
  const path = fileURLToPath(new URL(`../../../node_modules/${name}/package.json`, import.meta.url))
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version
}
