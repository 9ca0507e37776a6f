import { sha256 as hash } from "@noble/hashes/sha2.js"

export const sha256 = (message) => hash(typeof message === "string" ? new TextEncoder().encode(message) : message)
