/** Speaks to a running ledger over HTTP with the local demo tokens. Problems come back as values with both hints. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { TokenFile } from "../tokens.js"

export type ProblemBody = {
  readonly status: number
  readonly rule: string
  readonly field?: string
  readonly row?: number
  readonly hint_zh: string
  readonly hint_en: string
}

/** What the command line shows instead of a stack: what happened and the way out. */
export class Explained extends Error {
  override name = "Explained"
  constructor(
    message: string,
    readonly hint: string,
    readonly problem: ProblemBody | null = null,
  ) {
    super(message)
  }
}

export type Client = {
  readonly url: string
  readonly get: <T>(as: string, path: string, purpose?: string) => Promise<T>
  readonly post: <T>(as: string, path: string, body: unknown, purpose?: string) => Promise<T>
  readonly raw: (
    as: string,
    method: string,
    path: string,
    init: { body?: RequestInit["body"]; headers?: Record<string, string> },
  ) => Promise<Response>
}

export const readTokenFile = (dataDir: string): TokenFile => {
  const path = join(dataDir, "tokens.json")
  if (!existsSync(path))
    throw new Explained(
      `no ledger has been started on ${dataDir}`,
      "start one with `npm start`, or name its data folder with --data",
    )
  return JSON.parse(readFileSync(path, "utf8")) as TokenFile
}

/** One caller's token, whoever a command would speak as: a ledger run as services knows no local ones. */
export const anyCaller = "*"

export const createClient = ({ url, tokens }: TokenFile): Client => {
  const raw: Client["raw"] = async (as, method, path, init) => {
    const token = tokens[anyCaller] ?? tokens[as]
    if (token === undefined)
      throw new Explained(`no local token for ${as}`, "callers are center, auditor and agency:PROVINCE, e.g. agency:31")
    const headers = { authorization: `Bearer ${token}`, ...init.headers }
    try {
      return await fetch(new URL(path, url), {
        method,
        headers,
        ...(init.body === undefined ? {} : { body: init.body, duplex: "half" }),
      })
    } catch {
      throw new Explained(`no ledger answers at ${url}`, "start one with `npm start` in another terminal")
    }
  }
  const json = async <T>(response: Response): Promise<T> => {
    if (response.ok) return (await response.json()) as T
    const body = (await response.json().catch(() => null)) as ProblemBody | null
    if (body?.hint_en === undefined) throw new Explained(`the ledger answered ${response.status}`, "see its log")
    throw new Explained(
      `${body.rule}${body.field === undefined ? "" : ` (${body.field})`}`,
      `${body.hint_zh}\n  ${body.hint_en}`,
      body,
    )
  }
  return {
    url,
    raw,
    get: async (as, path, purpose = "service") => json(await raw(as, "GET", path, { headers: { "x-purpose": purpose } })),
    post: async (as, path, body, purpose = "service") =>
      json(
        await raw(as, "POST", path, {
          body: JSON.stringify(body),
          headers: { "x-purpose": purpose, "content-type": "application/json" },
        }),
      ),
  }
}
