/**
 * The secrets of a local ledger: made at the first start, kept in the data folder for its owner's eyes only. In production
 * they come from a key management service; losing `identity` makes every person a stranger, so back it up apart from the facts.
 */
import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"

const schema = z.object({
  /** Keys the hash that turns a citizen ID number into a person key. */
  identity: z.string().min(32),
  /** Wraps the per-person keys. */
  master: z.string().min(32),
  /** Signs the local demo tokens. */
  token: z.string().min(32),
})
export type Secrets = z.infer<typeof schema>

export const localSecrets = (dataDir: string): Secrets => {
  const path = join(dataDir, "secrets.json")
  if (existsSync(path)) return schema.parse(JSON.parse(readFileSync(path, "utf8")))
  mkdirSync(dataDir, { recursive: true })
  const fresh = (): string => randomBytes(32).toString("base64url")
  const secrets: Secrets = { identity: fresh(), master: fresh(), token: fresh() }
  // Whole or not at all: a half-written file would lock the owner out of every identity.
  writeFileSync(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  return secrets
}
