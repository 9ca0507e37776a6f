/**
 * Files sent but not yet judged: `uploads/{id}/` holds the file and what is known of it, so that its columns can be looked at,
 * assigned and rehearsed without sending it again. Forgotten after a day; a feed made of one has its own name for the file.
 */
import { createHash } from "node:crypto"
import { mkdirSync } from "node:fs"
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { IntakeLimits } from "../limits.js"
import { type FileFacts, fileFacts } from "../reading/file-facts.js"
import { peek } from "../reading/source.js"

export type UploadNote = {
  readonly uploadId: string
  readonly province: ProvinceCode
  readonly fileName: string
  readonly facts: FileFacts
  /** ms since 1970 */
  readonly receivedAt: number
}

export type Uploads = {
  /** Moves an incoming file here. Throws `FileProblem` when it can be no feed (the file is then gone). */
  readonly keep: (incoming: string, fileName: string, province: ProvinceCode) => Promise<UploadNote>
  readonly note: (uploadId: string) => Promise<UploadNote | null>
  readonly source: (uploadId: string) => string
}

export const isUploadId = (text: string): boolean => /^up[0-9a-f]{20}$/.test(text)
export const uploadIdOf = (province: ProvinceCode, fileHash: string): string =>
  `up${createHash("sha256").update(`${province}:${fileHash}`).digest("hex").slice(0, 20)}`

export type UploadDeps = { readonly dataDir: string; readonly clock: Clock; readonly limits: IntakeLimits }

export const openUploads = ({ dataDir, clock, limits }: UploadDeps): Uploads => {
  const folder = join(dataDir, "uploads")
  mkdirSync(folder, { recursive: true })
  const at = (uploadId: string, name: string): string => join(folder, uploadId, name)

  const note: Uploads["note"] = async (uploadId) => {
    if (!isUploadId(uploadId)) return null
    try {
      return JSON.parse(await readFile(at(uploadId, "note.json"), "utf8")) as UploadNote
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null
      throw error
    }
  }
  const sweep = async (): Promise<void> => {
    for (const name of await readdir(folder)) {
      const known = await note(name)
      if (known !== null && clock.now() - known.receivedAt > limits.uploads_kept_ms)
        await rm(join(folder, name), { recursive: true, force: true })
    }
  }
  const keep: Uploads["keep"] = async (incoming, fileName, province) => {
    try {
      await sweep()
      const name = basename(fileName).slice(-200) || "file"
      const facts = await fileFacts(incoming, name)
      await peek(incoming, facts, limits, 1)
      const uploadId = uploadIdOf(province, facts.hash)
      await mkdir(join(folder, uploadId), { recursive: true })
      await rename(incoming, at(uploadId, "source"))
      const kept: UploadNote = { uploadId, province, fileName: name, facts, receivedAt: clock.now() }
      await writeFile(at(uploadId, "note.json"), JSON.stringify(kept))
      return kept
    } catch (error) {
      await rm(incoming, { force: true })
      throw error
    }
  }
  return { keep, note, source: (uploadId) => at(uploadId, "source") }
}
