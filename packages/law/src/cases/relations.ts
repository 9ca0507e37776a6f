/** Worked cases about contributions, places, transfers, duplicates and the other schemes, by the start of their topic. */
import type { CaseHandler } from "./case.js"
import { contributionCases } from "./contribution-cases.js"
import { moneyCases } from "./money-cases.js"
import { overlapCases } from "./overlap-cases.js"
import { placeCases } from "./place-cases.js"
import { schemeCases } from "./scheme-cases.js"

/** A case may ask for a day on which a rule did not exist, or for an amount that no ledger can hold: said of that case alone. */
const saidNotThrown =
  (handler: CaseHandler): CaseHandler =>
  (example) => {
    try {
      return handler(example)
    } catch (error) {
      return { unsupported: error instanceof Error ? error.message : "the rules cannot take these inputs" }
    }
  }

const handlers: Readonly<Record<string, CaseHandler>> = {
  ...contributionCases,
  ...placeCases,
  ...moneyCases,
  ...overlapCases,
  ...schemeCases,
}

export const relationCases: Readonly<Record<string, CaseHandler>> = Object.fromEntries(
  Object.entries(handlers).map(([topic, handler]) => [topic, saidNotThrown(handler)]),
)
