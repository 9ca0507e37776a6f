/** Cursors of long lists: where the last page ended, as text nobody needs to understand. */
import { problem } from "@tongzhang/service-kit/problem"

export type Cursor = readonly [string, string, string]

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url")

/** Throws CURSOR_FORMAT (400) for text that no list gave. */
export const readCursor = (text: string): Cursor => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    if (Array.isArray(parts) && parts.length === 3 && parts.every((part) => typeof part === "string"))
      return parts as unknown as Cursor
  } catch {
    // Falls through to the refusal.
  }
  throw problem({
    status: 400,
    rule: "CURSOR_FORMAT",
    field: "cursor",
    hint_zh: "请原样使用上一页返回的 next",
    hint_en: "Send the `next` of the page before as it was",
  })
}
