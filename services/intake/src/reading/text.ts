/** Bytes of a text file as decoded pieces. */
import { createReadStream } from "node:fs"
import type { Encoding } from "./file-facts.js"

/** Pieces of about a quarter of a megabyte; a byte-order mark is dropped. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding)
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    yield decoder.decode(chunk as Buffer, { stream: true })
  }
  yield decoder.decode()
}
