/** The two programs that outsiders get, as bytes; `npm run assets` makes them (build/assets.mjs), a test holds them up to date. */
import { readFileSync } from "node:fs"

const read = (name: string): Buffer => readFileSync(new URL(`../assets/${name}`, import.meta.url))

/** `node verify.mjs bundle.zip`. */
export const verifier = (): Uint8Array => read("verify.mjs")

/** The offline page, with the keys it trusts written into it. @param vkeys the ledger's first, then witnesses' */
export const receiptPage = (vkeys: readonly string[]): string =>
  read("receipt.html")
    .toString("utf8")
    // A key holds nothing that HTML would read otherwise: letters, digits, and + / = . : - _
    .replace("__TRUSTED_KEYS__", () => vkeys.map((key) => key.replaceAll(/[<>&"]/gu, "")).join("\n"))
