/** Where tiles and checkpoints are kept: any place that holds named bytes, e.g. a folder that a static web server serves. */

export type NamedBytes = { readonly path: string; readonly bytes: Uint8Array }

export type TileStore = {
  /** Null when there is nothing under this path. */
  readonly read: (path: string) => Promise<Uint8Array | null>
  /** Each file whole or not at all; all are durable when it resolves. Replaces what is there. */
  readonly write: (files: readonly NamedBytes[]) => Promise<void>
  /** Removes a folder and what is in it; nothing happens when it is not there. */
  readonly removeFolder: (path: string) => Promise<void>
  /** Names (not paths) in a folder, sorted; empty when there is no such folder. */
  readonly list: (folder: string) => Promise<readonly string[]>
}

/** For tests and for a copy made out of an archive. */
export const memoryTiles = (files = new Map<string, Uint8Array>()): TileStore & { readonly files: Map<string, Uint8Array> } => ({
  files,
  read: async (path) => files.get(path) ?? null,
  write: async (written) => {
    for (const { path, bytes } of written) files.set(path, Uint8Array.from(bytes))
  },
  removeFolder: async (path) => {
    for (const name of files.keys()) if (name.startsWith(`${path}/`)) files.delete(name)
  },
  list: async (folder) => {
    const inside = [...files.keys()].filter((path) => path.startsWith(`${folder}/`))
    return [...new Set(inside.map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""))].toSorted()
  },
})
