/** Where feeds lie on disk: `feeds/{feedId}/` with the file as it came, what is known of it, and the rows' outcomes. */
import { createHash, randomUUID } from "node:crypto"
import { mkdirSync, rmSync } from "node:fs"
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Actor } from "@tongzhang/contracts/envelope"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Columns } from "../reading/columns.js"
import type { FileFacts } from "../reading/file-facts.js"
import type { Tally } from "../batch/tally.js"

/** What is kept beside the file, so that a feed can be continued by another process. */
export type FeedNote = {
  readonly feedId: string
  readonly province: ProvinceCode
  readonly fileName: string
  readonly actor: Actor
  readonly facts: FileFacts
  readonly dryRun: boolean
  /** What the agency assigned; absent in notes of before there was such a thing. */
  readonly columns?: Columns
  /** ms since 1970, of the latest upload */
  readonly receivedAt: number
  readonly unknownColumns: readonly string[]
  /** Null until the pass has ended. */
  readonly result: FeedResult | null
  /** Why the pass failed, when it did. */
  readonly failure: string | null
}

export type FeedResult = Tally & {
  readonly receiptNo: string | null
  readonly resultHash: string
  readonly position: string | null
  readonly seconds: number
}

/**
 * The same file from the same province is the same feed; read with other columns it says something else and is another. A dry run
 * has an id of its own and no stream.
 */
export const feedIdOf = (province: ProvinceCode, fileHash: string, columns: Columns, dryRun: boolean): string => {
  const reading = Object.keys(columns).length === 0 ? "" : `:${JSON.stringify(columns)}`
  const hash = createHash("sha256").update(`${province}:${fileHash}${reading}`).digest("hex").slice(0, 20)
  return dryRun ? `dry${hash}` : hash
}
export const receiptNoOf = (province: ProvinceCode, feedId: string): string => `R${province}${feedId.slice(0, 12).toUpperCase()}`
export const isFeedId = (text: string): boolean => /^(dry)?[0-9a-f]{20}$/.test(text)

export type FeedFolder = {
  readonly source: (feedId: string) => string
  readonly outcomes: (feedId: string) => string
  /** A path for a file that is still coming in. */
  readonly incoming: () => string
  /** Copies a file in, so that nobody changes it under our hands. */
  readonly copyIn: (path: string) => Promise<string>
  /** The same for a file of our own, which nobody changes: no byte is copied where the disk can do without. */
  readonly linkIn: (path: string) => Promise<string>
  /** Moves an incoming file to its feed. */
  readonly adopt: (incoming: string, feedId: string) => Promise<void>
  readonly discard: (incoming: string) => Promise<void>
  readonly note: (feedId: string) => Promise<FeedNote | null>
  readonly writeNote: (note: FeedNote) => Promise<void>
  /** Newest first. */
  readonly notes: () => Promise<readonly FeedNote[]>
}

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT"

export const openFeedFolder = (dataDir: string): FeedFolder => {
  const feeds = join(dataDir, "feeds")
  const arriving = join(dataDir, "incoming")
  mkdirSync(feeds, { recursive: true })
  // Uploads that broke off in an earlier life.
  rmSync(arriving, { recursive: true, force: true })
  mkdirSync(arriving, { recursive: true })
  const at = (feedId: string, name: string): string => join(feeds, feedId, name)

  const note = async (feedId: string): Promise<FeedNote | null> => {
    try {
      return JSON.parse(await readFile(at(feedId, "note.json"), "utf8")) as FeedNote
    } catch (error) {
      if (missing(error)) return null
      throw error
    }
  }
  const incoming = (): string => join(arriving, randomUUID())
  return {
    source: (feedId) => at(feedId, "source"),
    outcomes: (feedId) => at(feedId, "outcomes"),
    incoming,
    copyIn: async (path) => {
      const target = incoming()
      await copyFile(path, target)
      return target
    },
    linkIn: async (path) => {
      const target = incoming()
      await link(path, target).catch((error: unknown) => {
        if (missing(error)) throw error
        return copyFile(path, target)
      })
      return target
    },
    adopt: async (path, feedId) => {
      await mkdir(join(feeds, feedId), { recursive: true })
      await rename(path, at(feedId, "source"))
      // Where both names are the same file already, rename leaves the first.
      await rm(path, { force: true })
    },
    discard: (path) => rm(path, { force: true }),
    note,
    writeNote: async (next) => {
      const path = at(next.feedId, "note.json")
      const fresh = `${path}.${randomUUID()}`
      await writeFile(fresh, JSON.stringify(next))
      await rename(fresh, path)
    },
    notes: async () => {
      const found: FeedNote[] = []
      for (const name of await readdir(feeds)) {
        const one = isFeedId(name) ? await note(name) : null
        if (one !== null) found.push(one)
      }
      return found.sort((a, b) => b.receivedAt - a.receivedAt)
    },
  }
}
