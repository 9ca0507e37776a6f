/** What kind of file it is, found in one pass over its bytes: hash, size, encoding, format. Names and extensions are not believed. */
import { isUtf8 } from "node:buffer"
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { FileProblem } from "./problem.js"

export type Format = "csv" | "xlsx" | "ndjson"
export type Encoding = "utf-8" | "utf-8-bom" | "gb18030" | "utf-16le"
export type FileFacts = {
  /** SHA-256 of the bytes, hex. */
  readonly hash: string
  readonly size_bytes: number
  /** Line feeds; with quotes around line breaks there are fewer rows. Null for a workbook. */
  readonly lines: number | null
  readonly format: Format
  readonly encoding: Encoding
}

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte)

/** Bytes of a UTF-8 character that the chunk breaks off at its end. */
const brokenTail = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

/** Checks chunk by chunk; a character may lie across two chunks. */
const utf8Checker = () => {
  let rest: Uint8Array = new Uint8Array(0)
  let valid = true
  return {
    add: (chunk: Buffer) => {
      if (!valid) return
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const whole = bytes.length - brokenTail(bytes)
      valid = isUtf8(bytes.subarray(0, whole))
      rest = bytes.subarray(whole)
    },
    end: () => valid && rest.length === 0,
  }
}

const looksBinary = (head: Uint8Array): boolean => head.includes(0) || startsWith(head, 0x25, 0x50, 0x44, 0x46)

const formatOf = (head: Buffer, encoding: Encoding, fileName: string): Format => {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return "xlsx"
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) throw new FileProblem({ code: "FILE_XLS_OLD" })
  if (encoding !== "utf-16le" && looksBinary(head)) throw new FileProblem({ code: "FILE_FORMAT", fileName })
  const text = new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding).decode(head).trimStart()
  if (text.startsWith("<")) throw new FileProblem({ code: "FILE_FORMAT", fileName })
  return text.startsWith("{") ? "ndjson" : "csv"
}

const lineFeeds = (chunk: Buffer): number => {
  let count = 0
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count++
  return count
}

/** Reads the whole file once. Throws `FileProblem` when it is empty or no format we take. */
export const fileFacts = async (path: string, fileName: string): Promise<FileFacts> => {
  const hash = createHash("sha256")
  const utf8 = utf8Checker()
  let size_bytes = 0
  let lines = 0
  let head = Buffer.alloc(0)
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const chunk = piece as Buffer
    hash.update(chunk)
    utf8.add(chunk)
    lines += lineFeeds(chunk)
    if (size_bytes === 0) head = Buffer.from(chunk.subarray(0, 4096))
    size_bytes += chunk.length
  }
  if (size_bytes === 0) throw new FileProblem({ code: "FILE_EMPTY" })
  const encoding: Encoding = startsWith(head, 0xff, 0xfe)
    ? "utf-16le"
    : startsWith(head, 0xef, 0xbb, 0xbf)
      ? "utf-8-bom"
      : utf8.end()
        ? "utf-8"
        : "gb18030"
  const format = formatOf(head, encoding, fileName)
  return { hash: hash.digest("hex"), size_bytes, lines: format === "xlsx" ? null : lines, format, encoding }
}
