/** The keys of a local ledger, for its checkpoints and for audit reports: made at the first start, kept for its owner's eyes only. */
import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { newSigningKey, openNoteSigner } from "@tongzhang/proof/signer"

export const proofFolder = (dataDir: string): string => join(dataDir, "proof")

/** Read where it is, made where it is not. */
const localKey = (folder: string, file: string, name: () => string): string => {
  const path = join(folder, file)
  if (existsSync(path)) return readFileSync(path, "utf8").trim()
  mkdirSync(folder, { recursive: true })
  const key = newSigningKey(name())
  writeFileSync(`${path}.new`, `${key}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  return key
}

// A log's name is its own for ever; two ledgers on one machine are two logs.
export const localProofKey = (dataDir: string): string =>
  localKey(proofFolder(dataDir), "log.key", () => `tongzhang.local/${randomBytes(4).toString("hex")}`)

/** Signs audit reports: another key than the log's, which signs checkpoints and nothing else. */
export const reportKeyPath = (dataDir: string): string => join(dataDir, "audit", "report.key")
export const localReportKey = (dataDir: string): string =>
  localKey(dirname(reportKeyPath(dataDir)), "report.key", () => `${openNoteSigner(localProofKey(dataDir)).key.name}/audit`)
