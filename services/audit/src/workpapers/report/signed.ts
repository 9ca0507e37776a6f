/**
 * The signed form of a report: its text in RFC 8785, a hash for every part of it, and a signed note over those hashes. The hashes are
 * there so that a changed character is not only found but named.
 */
import { canonical } from "@tongzhang/proof/canonical"
import { toBase64, utf8 } from "@tongzhang/proof/bytes"
import { formatNote } from "@tongzhang/proof/note"
import { sha256 } from "@tongzhang/proof/sha256"
import type { NoteSigner } from "@tongzhang/proof/signer"
import { type Report, reportFormat } from "./report.js"

/** JSON pointer (RFC 6901) of a part -> base 64 of the SHA-256 of its RFC 8785 text. */
export type Digests = Readonly<Record<string, string>>
export type SignedReport = {
  readonly report: Report
  readonly digests: Digests
  /** A signed note (c2sp.org/signed-note); null: a draft. */
  readonly signature: string | null
}

/** Elements of these lists are hashed whole: a drawn item or a row of the balance is one thing to whoever reads the report. */
const wholeElements = new Set(["items", "rows", "evidence", "receipts", "papers", "differences"])
/** And so are these. */
const wholeFields = new Set(["stamp", "settled", "closed", "about"])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const partsOf = function* (pointer: string, name: string, value: unknown): Generator<readonly [string, unknown]> {
  if (Array.isArray(value) && value.length > 0)
    for (const [i, one] of value.entries())
      if (wholeElements.has(name)) yield [`${pointer}/${i}`, one]
      else yield* partsOf(`${pointer}/${i}`, String(i), one)
  else if (isObject(value) && !wholeFields.has(name))
    for (const [key, one] of Object.entries(value)) yield* partsOf(`${pointer}/${key}`, key, one)
  else yield [pointer, value]
}

const hashOf = (text: string): string => toBase64(sha256(utf8(text)))

export const digestsOf = (report: unknown): Digests =>
  Object.fromEntries([...partsOf("", "", report)].map(([pointer, value]) => [pointer, hashOf(canonical(value))]))

/** What is signed: the form, the engagement, and the hash of all hashes. */
export const signedText = (engagement: string, digests: Digests): string =>
  `${reportFormat}\n${engagement}\n${hashOf(canonical(digests))}\n`

export const signReport = (report: Report, signer: NoteSigner | null): SignedReport => {
  const digests = digestsOf(report)
  if (report.status === "draft" || signer === null) return { report, digests, signature: null }
  const text = signedText(report.engagement, digests)
  return { report, digests, signature: formatNote({ text, signatures: [signer.sign(text)] }) }
}

/** The file: one line of RFC 8785 and a line end. */
export const fileOf = (signed: unknown): string => `${canonical(signed)}\n`
