/** Worked cases about contributions, places, transfers, duplicates and the other schemes, by the start of their topic. */
import type { CaseHandler } from "./case.js"

export const relationCases: Readonly<Record<string, CaseHandler>> = {}
