/**
 * What a province's agency has assigned before, by header row: who maps a table once does it for the colleagues too. Kept beside the
 * feeds, one small file a province; when it is lost, somebody maps once more. What a feed was really read with stands in its events.
 */
import { randomUUID } from "node:crypto"
import { mkdirSync } from "node:fs"
import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Columns } from "../reading/columns.js"

export type Remembered = {
  readonly fingerprint: string
  readonly columns: Columns
  /** The agency's user. */
  readonly by: string
  /** ms since 1970 */
  readonly at: number
}

export type ColumnMemory = {
  /** Newest first. */
  readonly of: (province: ProvinceCode) => Promise<readonly Remembered[]>
  /** Keeps the newest `max` of them; the same header row again takes the place of what was said of it. */
  readonly remember: (province: ProvinceCode, said: Remembered) => Promise<void>
}

export const openColumnMemory = (dataDir: string, max: number): ColumnMemory => {
  const folder = join(dataDir, "columns")
  mkdirSync(folder, { recursive: true })
  const pathOf = (province: ProvinceCode): string => join(folder, `${province}.json`)
  let last: Promise<unknown> = Promise.resolve()

  const of: ColumnMemory["of"] = async (province) => {
    try {
      return JSON.parse(await readFile(pathOf(province), "utf8")) as Remembered[]
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return []
      throw error
    }
  }
  const write = async (province: ProvinceCode, said: Remembered): Promise<void> => {
    const others = (await of(province)).filter(({ fingerprint }) => fingerprint !== said.fingerprint)
    const fresh = `${pathOf(province)}.${randomUUID()}`
    await writeFile(fresh, JSON.stringify([said, ...others].slice(0, max)))
    await rename(fresh, pathOf(province))
  }
  return {
    of,
    remember: (province, said) => {
      // One after the other: two at once would lose what the first has said.
      const done = last.then(() => write(province, said))
      last = done.catch(() => undefined)
      return done
    },
  }
}
