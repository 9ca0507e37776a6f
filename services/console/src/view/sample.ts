/** A drawn sample: its fingerprint, whether two draws are one, and as a table to take away. */
import { toHex } from "@tongzhang/proof/bytes"
import { sha256 } from "@tongzhang/proof/sha256"
import type { FigureTable } from "./figure.js"
import type { SampleAnswer } from "./types.js"

/** SHA-256 over what was asked and what was drawn, a line each: two auditors compare it by telephone. */
export const fingerprint = ({ seed, method, size, upTo, items }: SampleAnswer): string =>
  toHex(sha256([`${method} ${size} ${upTo ?? ""} ${seed}`, ...items.map(({ event, hits }) => `${event} ${hits}`), ""].join("\n")))

/** The person of a money fact's stream; null where the stream names none. */
export const personOfStream = (stream: string): string | null => /[0-9a-f]{32}/u.exec(stream)?.[0] ?? null

/** 16 hexadecimal digits out of eight random bytes. */
export const seedOf = (random: Uint8Array): string => toHex(random.slice(0, 8))

/** @param labels of event, type, province, scheme, stream, revision, position, stratum, amount, hits, in this order */
export const sampleTable = (items: SampleAnswer["items"], labels: readonly string[]): FigureTable => ({
  columns: labels.map((label, i) => ({
    label,
    ...(i === 8 ? { kind: "fen" as const } : i === 9 ? { kind: "count" as const } : {}),
  })),
  rows: items.map((one) => [
    one.event,
    one.type,
    one.province,
    one.scheme,
    one.stream,
    String(one.revision),
    one.position,
    one.stratum,
    one.amount_fen,
    one.hits,
  ]),
})

/** `1.2 kB`, `3.4 MB`. */
export const sizeOf = (bytes: number): string =>
  bytes < 1_000 ? `${bytes} B` : bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

/** Path of a bundle and the name of its file; null while what was typed names none. */
export const bundlePath = (
  kind: "person" | "case" | "province-month",
  of: { readonly person: string; readonly stream: string; readonly province: string; readonly month: string },
): string | null => {
  if (kind === "person") return /^[0-9a-f]{32}$/u.test(of.person) ? `persons/${of.person}` : null
  if (kind === "case") return /^(Transfer|Overlap|Benefit)-[\w.:]{1,160}$/u.test(of.stream) ? `cases/${of.stream}` : null
  return /^\d{4}-\d\d$/u.test(of.month) && of.province !== "" ? `provinces/${of.province}/${of.month}` : null
}
