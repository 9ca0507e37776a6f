/** Local demo tokens: one per province's agency, the center, an auditor. For a laptop; a real ledger gets its callers from outside. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { isProvince, provinceCodes } from "@tongzhang/domain/codes"
import { isPersonKey } from "@tongzhang/domain/ids"
import type { Caller } from "@tongzhang/service-kit/caller"
import { issueToken } from "@tongzhang/service-kit/token"

const ttl_seconds = 30 * 86_400

const auditorName = /^[\w.-]{1,40}$/u

/** `agency:31`, `center`, `auditor`, `auditor:li`, `platform:demo`, `person:{key}`; null when it names nobody. */
export const parseCaller = (text: string): Caller | null => {
  const [kind = "", detail = ""] = text.split(":")
  if (kind === "agency" && isProvince(detail)) return { kind, id: `agency-${detail}`, province: detail }
  if (kind === "auditor" && auditorName.test(detail)) return { kind, id: detail }
  if (kind === "center" || kind === "auditor") return { kind, id: `demo-${kind}` }
  if (kind === "platform") return { kind, id: detail === "" ? "demo-platform" : detail }
  if (kind === "person" && isPersonKey(detail)) return { kind, id: detail, person: detail }
  return null
}

export type TokenIssuer = (caller: string) => Promise<string>

export const localIssuer =
  (secret: string, now: () => number): TokenIssuer =>
  async (text) => {
    const caller = parseCaller(text)
    if (caller === null) throw new Error(`no such caller: ${text} (agency:31, center, auditor, platform:NAME, person:KEY)`)
    return issueToken(secret, caller, { ttl_seconds, now: now() })
  }

export type TokenFile = { readonly url: string; readonly tokens: Readonly<Record<string, string>> }

/** Writes `tokens.json` next to the data, so that the command line finds the running ledger and may speak to it. */
export const writeTokens = async (dataDir: string, url: string, issue: TokenIssuer): Promise<TokenFile> => {
  const callers = ["center", "auditor", ...provinceCodes.map((code) => `agency:${code}`)]
  const tokens: Record<string, string> = {}
  for (const caller of callers) tokens[caller] = await issue(caller)
  const file = { url, tokens }
  writeFileSync(join(dataDir, "tokens.json"), JSON.stringify(file, null, 2), { mode: 0o600 })
  return file
}
