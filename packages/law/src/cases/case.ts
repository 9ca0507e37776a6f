/** Worked cases (`npm run -s law:cases -- FILE.json`): published and constructed ones are run through the rules, none is known to them. */
import type { Value } from "../explain/explained.js"

export type Amounts = Readonly<Record<string, Value | Readonly<Record<string, Value>>>>

/** One entry of `forms`, `formsNeedingProvinceRule` or `examples`; read defensively, the file comes from outside. */
export type Case = Readonly<Record<string, unknown>> & { readonly id: string }

/** What the rules say, under the names of the case's `expected`; or why they have nothing to say. */
export type CaseAnswer = { readonly got: Amounts } | { readonly unsupported: string }
export type CaseHandler = (input: Case) => CaseAnswer
