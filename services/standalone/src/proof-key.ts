/** The key that signs a local ledger's checkpoints: made at the first start, kept for its owner's eyes only. */
import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { newSigningKey } from "@tongzhang/proof/signer"

export const proofFolder = (dataDir: string): string => join(dataDir, "proof")

export const localProofKey = (dataDir: string): string => {
  const folder = proofFolder(dataDir)
  const path = join(folder, "log.key")
  if (existsSync(path)) return readFileSync(path, "utf8").trim()
  mkdirSync(folder, { recursive: true })
  // A log's name is its own for ever; two ledgers on one machine are two logs.
  const key = newSigningKey(`tongzhang.local/${randomBytes(4).toString("hex")}`)
  writeFileSync(`${path}.new`, `${key}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  return key
}
