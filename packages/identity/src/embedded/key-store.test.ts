import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { keyStoreContract } from "../contract.js"
import { openEmbeddedKeyStore } from "./key-store.js"

keyStoreContract("embedded", async () => {
  const path = mkdtempSync(join(tmpdir(), "keys-"))
  return {
    open: (masterSecret, now) => openEmbeddedKeyStore({ path, masterSecret, ...(now === undefined ? {} : { now }) }),
    bytes: async () => readdirSync(path).map((file) => readFileSync(join(path, file))),
    remove: async () => rmSync(path, { recursive: true, force: true }),
  }
})
