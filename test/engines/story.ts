/** One story told to any ledger over HTTP: files of a small nation, then an application from four provinces. Sent again after a cut connection. */
import { openAsBlob } from "node:fs"
import { basename } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import type { PersonKey } from "@tongzhang/domain/ids"
import { createPersonKeys } from "@tongzhang/identity/person-key"
import type { FeedFile } from "@tongzhang/nation/feeds"
import type { Mover } from "@tongzhang/nation/rider"
import { localIssuer, type TokenIssuer } from "@tongzhang/standalone/tokens"
import { isRight } from "fp-ts/lib/Either.js"

export type Place = {
  /** Address of the service that answers under this prefix. */
  readonly base: (service: string) => Promise<string>
  /** Resolves when every fact is relayed, looked at and folded, and nothing new came of it. */
  readonly settled: () => Promise<void>
}

export const secrets = {
  identity: "identity secret of the processes test",
  master: "master secret of the processes test --",
  token: "token secret of the processes test ---",
}
export const issue: TokenIssuer = localIssuer(secrets.token, Date.now)

export const personOf = (citizenId: string): PersonKey => {
  const id = normaliseCitizenId(citizenId)
  if (!isRight(id)) throw new Error(`not a citizen ID: ${citizenId}`)
  return createPersonKeys(secrets.identity).of(id.right)
}

const patience_ms = 60_000

/** Asks until it is answered: a service that is being started again answers later. A refusal is an answer, and an error here. */
export const ask = async <T>(
  place: Place,
  as: string,
  method: string,
  path: string,
  body?: Blob | object,
  purpose = "service",
): Promise<T> => {
  const service = path.split("/")[1] ?? ""
  const isFile = body instanceof Blob
  const headers = {
    authorization: `Bearer ${await issue(as)}`,
    "x-purpose": purpose,
    ...(body === undefined ? {} : { "content-type": isFile ? "text/csv" : "application/json" }),
  }
  for (const giveUpAt = Date.now() + patience_ms; ;) {
    try {
      const content = body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }
      const response = await fetch(new URL(path, await place.base(service)), { method, headers, ...content })
      const text = await response.text()
      if (response.ok) return JSON.parse(text) as T
      if (response.status !== 503 && response.status !== 429) throw new Refused(`${method} ${path}: ${response.status} ${text}`)
    } catch (error) {
      if (error instanceof Refused || Date.now() > giveUpAt) throw error
    }
    await sleep(200)
  }
}
class Refused extends Error {}

type FeedView = {
  readonly feedId: string
  readonly state: string
  readonly failure: string | null
  readonly result: { readonly accepted: number; readonly unchanged: number; readonly refused: number } | null
}

/** Sends a file and waits for its receipt; how many rows are on record then (those of an interrupted run count as unchanged). */
export const feed = async (place: Place, file: Pick<FeedFile, "path" | "province">): Promise<number> =>
  (await feedWhole(place, file)).booked

export type Fed = { readonly booked: number; readonly refused: number }

/** As `feed`, with the rows that were refused. */
export const feedWhole = async (place: Place, { path, province }: Pick<FeedFile, "path" | "province">): Promise<Fed> => {
  const as = `agency:${province}`
  const send = (): Promise<FeedView> =>
    openAsBlob(path).then((file) => ask(place, as, "POST", `/intake/feeds?fileName=${encodeURIComponent(basename(path))}`, file))
  let view = await send()
  for (const giveUpAt = Date.now() + patience_ms; view.result === null;) {
    if (Date.now() > giveUpAt) throw new Error(`${path} is ${view.state} after ${patience_ms} ms: ${view.failure}`)
    await sleep(100)
    view = await ask<FeedView>(place, as, "GET", `/intake/feeds/${view.feedId}`)
    if (view.state === "failed" || view.state === "interrupted") view = await send()
  }
  const { accepted, unchanged, refused } = view.result
  return { booked: accepted + unchanged, refused }
}

type Leg = {
  readonly from: { readonly code: string }
  readonly planned: { readonly account_fen: number; readonly pooled_fen: number }
}
export type Transfer = {
  readonly transferId: string
  readonly state: string
  readonly amount_fen: number
  readonly legs: readonly Leg[]
}

/** The person applies once; every agency does its part. */
export const transfer = async (place: Place, mover: Mover, serial = "1"): Promise<Transfer> => {
  const person = personOf(mover.who.citizenId)
  const application = { person, to: mover.to, commandId: `story-${serial}` }
  const { transferId } = await ask<{ readonly transferId: string }>(
    place,
    `person:${person}`,
    "POST",
    "/transfer/applications",
    application,
    "self",
  )
  const view = (): Promise<Transfer> => ask(place, "center", "GET", `/transfer/${transferId}`, undefined, "transfer")
  await place.settled()
  for (const [i, leg] of (await view()).legs.entries()) {
    const at = `/transfer/${transferId}/legs/${leg.from.code}`
    const { account_fen, pooled_fen } = leg.planned
    await ask(place, `agency:${leg.from.code}`, "POST", `${at}/statement`, {}, "transfer")
    await place.settled()
    await ask(
      place,
      `agency:${mover.to}`,
      "POST",
      `${at}/money`,
      { remittance: `HK-${serial}-${i}`, account_fen, pooled_fen },
      "transfer",
    )
    await place.settled()
  }
  return view()
}
