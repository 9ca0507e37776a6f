/** Fetches a bundle piece by piece, so that the page can say how far it is. */
import { concat, toHex } from "@tongzhang/proof/bytes"
import { sha256 } from "@tongzhang/proof/sha256"
import { headersOf, refusedBy } from "../../client.js"
import type { Session } from "../../session.js"

export type Progress = { readonly bytes: number; /** Null where the answer does not say. */ readonly total: number | null }
export type FetchedBundle = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly hash: string }

const nameIn = (disposition: string | null): string => /filename="([^"]+)"/u.exec(disposition ?? "")?.[1] ?? "bundle.zip"

export const fetchBundle = async (
  session: Session,
  path: string,
  onProgress: (progress: Progress) => void,
): Promise<FetchedBundle> => {
  const answer = await fetch(`/audit/bundle/${path}`, { headers: headersOf(session) })
  if (!answer.ok || answer.body === null) throw refusedBy(await answer.json().catch(() => null), answer.status)
  const length = answer.headers.get("content-length")
  const total = length === null ? null : Number(length)
  const parts: Uint8Array[] = []
  let bytes = 0
  const reader = answer.body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    parts.push(piece.value)
    bytes += piece.value.length
    onProgress({ bytes, total })
  }
  const whole = Uint8Array.from(concat(...parts))
  return { name: nameIn(answer.headers.get("content-disposition")), bytes: whole, hash: toHex(sha256(whole)) }
}
