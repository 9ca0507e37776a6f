/** Worked cases about pensions, retirement and accounts, by the start of their topic. */
import type { CaseHandler } from "./case.js"
import type { Tables } from "./form-parts.js"

export const pensionCases = (_tables: Tables): Readonly<Record<string, CaseHandler>> => ({})
