/** Asks the services: typed by their OpenAPI documents, refusals thrown as `Refused` with the service's own words. */
import createClient from "openapi-fetch"
import type { Purpose } from "../view/caller.js"
import type { paths as AuditPaths } from "../generated/audit.js"
import type { paths as DemoPaths } from "../generated/demo.js"
import type { paths as DuplicatesPaths } from "../generated/duplicates.js"
import type { paths as IntakePaths } from "../generated/intake.js"
import type { paths as NationalPaths } from "../generated/national.js"
import type { paths as ProjectorPaths } from "../generated/projector.js"
import type { paths as RelayPaths } from "../generated/relay.js"
import type { paths as TransferPaths } from "../generated/transfer.js"
import type { Session } from "./session.js"

export type Problem = {
  readonly status: number
  readonly rule: string
  readonly article?: string
  readonly hint_zh: string
  readonly hint_en: string
}

export class Refused extends Error {
  override name = "Refused"
  constructor(readonly problem: Problem) {
    super(problem.rule)
  }
}

type Paths = IntakePaths & NationalPaths & TransferPaths & AuditPaths & DuplicatesPaths & ProjectorPaths & RelayPaths & DemoPaths

export const client = createClient<Paths>({ baseUrl: location.origin })

export const headersOf = ({ token, purpose }: Session, other: Purpose = purpose): Record<string, string> => ({
  authorization: `Bearer ${token}`,
  "x-purpose": other,
})

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "rule" in value && "hint_zh" in value && "hint_en" in value

export const refusedBy = (error: unknown, status: number): Refused =>
  new Refused(
    isProblem(error)
      ? error
      : { status, rule: `HTTP_${status}`, hint_zh: "服务没有说明原因", hint_en: "The service gave no reason" },
  )

/** The answer's body; throws `Refused` for a refusal, and what `fetch` throws when nobody answers. */
export const ask = async <T>(
  asking: Promise<{ readonly data?: T; readonly error?: unknown; readonly response: Response }>,
): Promise<T> => {
  const { data, error, response } = await asking
  if (data === undefined || !response.ok) throw refusedBy(error, response.status)
  return data
}

/** Hands bytes to the browser as a download of that name. */
export const saveBlob = (blob: Blob, name: string): void => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** For routes that several services have alike (`/{service}/status`, `/{service}/jobs/{id}`): the caller names the answer's type. */
export const askPath = async <T>(session: Session, path: string, method: "GET" | "DELETE" = "GET"): Promise<T> => {
  const response = await fetch(path, { method, headers: headersOf(session) })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw refusedBy(body, response.status)
  return body as T
}

/** Fetches a file with the desk's token and hands it to the browser as a download. */
export const download = async (session: Session, path: string, name: string): Promise<void> => {
  const response = await fetch(path, { headers: headersOf(session) })
  if (!response.ok) throw refusedBy(await response.json().catch(() => null), response.status)
  saveBlob(await response.blob(), name)
}
