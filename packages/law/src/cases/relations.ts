/** Worked cases about contributions, places, transfers, duplicates and the other schemes, by the start of their topic. */
import type { CaseHandler } from "./case.js"
import { contributionCases } from "./contribution-cases.js"
import { moneyCases } from "./money-cases.js"
import { overlapCases } from "./overlap-cases.js"
import { placeCases } from "./place-cases.js"
import { schemeCases } from "./scheme-cases.js"

export const relationCases: Readonly<Record<string, CaseHandler>> = {
  ...contributionCases,
  ...placeCases,
  ...moneyCases,
  ...overlapCases,
  ...schemeCases,
}
