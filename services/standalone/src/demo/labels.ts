/** The labels of the nations this ledger was fed with: written beside their files in the data folder, so that alarms can be judged by truth. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { DuplicateLabel, NearMiss } from "@tongzhang/nation/duplicates"
import type { Truth } from "@tongzhang/nation/feeds"
import type { Queries } from "@tongzhang/record/queries"

export type Labels = {
  readonly duplicates: readonly DuplicateLabel[]
  readonly nearMisses: readonly NearMiss[]
  readonly persons: number
  /** Folders of the nations that were fed wholly. */
  readonly nations: readonly string[]
}

type Manifest = { readonly files: readonly { readonly province: string; readonly sha256: string }[]; readonly truth: Truth }

const manifestsOf = (dataDir: string): { readonly name: string; readonly manifest: Manifest }[] =>
  readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dataDir, entry.name, "manifest.json")))
    .map(({ name }) => ({
      name,
      manifest: JSON.parse(readFileSync(join(dataDir, name, "manifest.json"), "utf8")) as Manifest,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Hashes of every file some province has sent and intake has settled. */
const fedHashes = async (queries: Queries): Promise<ReadonlySet<string>> => {
  const feeds = await queries.feeds(null, 100_000)
  return new Set(feeds.flatMap(({ file_hash, settled_at }) => (file_hash === null || settled_at === null ? [] : [file_hash])))
}

/**
 * Labels of the nations whose every file has been fed; null when there is none. A nation fed in part says nothing: what its other
 * files would have completed is no miss.
 */
export const labelsOf = async (dataDir: string, queries: Queries): Promise<Labels | null> => {
  const hashes = await fedHashes(queries)
  const fed = manifestsOf(dataDir).filter(({ manifest }) => manifest.files.every(({ sha256 }) => hashes.has(sha256)))
  if (fed.length === 0) return null
  return {
    duplicates: fed.flatMap(({ manifest }) => manifest.truth.duplicates),
    nearMisses: fed.flatMap(({ manifest }) => manifest.truth.nearMisses),
    persons: fed.reduce((sum, { manifest }) => sum + manifest.truth.persons, 0),
    nations: fed.map(({ name }) => name),
  }
}
