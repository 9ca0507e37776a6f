/** Tiles in a folder: written beside, made durable, renamed. A killed process leaves `.new` files, which nobody reads. */
import { constants, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import type { NamedBytes, TileStore } from "./tile-store.js"

/** Files made durable side by side: node has four threads for it, and what waits behind them is synced with them. */
const writes_at_once = 32
/** Durable when written: writing and syncing apart is a second call per file. */
const durably = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_DSYNC

const isMissing = (error: unknown): boolean => {
  const code = (error as NodeJS.ErrnoException).code
  return code === "ENOENT" || code === "ENOTDIR"
}

const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @param folder made when something is written */
export const fileTiles = (folder: string): TileStore => {
  const made = new Set<string>()
  let written = 0
  const ensure = async (path: string): Promise<void> => {
    if (made.has(path)) return
    await mkdir(path, { recursive: true })
    made.add(path)
  }
  const writeOne = async ({ path, bytes }: NamedBytes): Promise<void> => {
    const target = join(folder, path)
    await ensure(dirname(target))
    // A name of its own: two writers of one path must not rename each other's half.
    const beside = `${target}.${written++}.new`
    const handle = await open(beside, durably)
    try {
      await handle.writeFile(bytes)
    } finally {
      await handle.close()
    }
    await rename(beside, target)
  }
  return {
    read: async (path) => {
      try {
        return await readFile(join(folder, path))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    write: async (files) => {
      for (let at = 0; at < files.length; at += writes_at_once)
        await Promise.all(files.slice(at, at + writes_at_once).map(writeOne))
      // A new name is durable once its folder is.
      await Promise.all([...new Set(files.map(({ path }) => dirname(join(folder, path))))].map(syncFolder))
    },
    removeFolder: async (path) => {
      made.delete(join(folder, path))
      await rm(join(folder, path), { recursive: true, force: true })
    },
    list: async (path) => {
      try {
        return (await readdir(join(folder, path))).filter((name) => !name.endsWith(".new")).toSorted()
      } catch (error) {
        if (isMissing(error)) return []
        throw error
      }
    },
  }
}
