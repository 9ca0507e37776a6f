/** What `packages/explanation-checker` is given, as JSON: of each rule the formula of each version, the units, the claims of completeness. */
import { builtInParameters } from "../parameters/built-in.js"
import { rules } from "../rules/registry.js"
import type { Parameter } from "../parameters/parameter.js"
import type { Rule } from "./rule.js"

const entryOf = ({ id, unit, operands, versions, datedBy, openQuestions }: Rule) => ({
  id,
  unit,
  operands: Object.fromEntries(
    Object.entries(operands).map(([name, { unit: of, all }]) => [name, all === undefined ? { unit: of } : { unit: of, all }]),
  ),
  ...(datedBy === undefined ? {} : { datedBy }),
  versions: versions.map(({ from, formula, article, source, confidence }) => ({ from, formula, article, source, confidence })),
  openQuestions: openQuestions ?? [],
})

export type Catalogue = { readonly format: string; readonly rules: readonly ReturnType<typeof entryOf>[] }
export const catalogue = (): Catalogue => ({ format: "tongzhang-catalogue/1", rules: rules.map(entryOf) })

export type PublishedParameter = Pick<Parameter, "id" | "value" | "unit">
/** The parameters of the program; what a ledger has published besides is added by who knows the ledger. */
export const publishedParameters = (): PublishedParameter[] =>
  builtInParameters.all.map(({ id, value, unit }) => ({ id, value, unit }))
