/**
 * Every rule there is. `docs/law/` and the checker's catalogue are written from this list (`npm run law:docs`); a test finds a rule
 * that is exported and not listed.
 */
import type { Rule } from "../explain/rule.js"
import { lateFeeOwedRule, lateFeeRule } from "./late-fee.js"
import { pensionRules } from "./pension/rules.js"
import * as recordCases from "./record/cases.js"
import * as recordFamily from "./record/family.js"
import * as recordMoving from "./record/moving.js"
import * as recordOverlapping from "./record/overlapping.js"
import * as recordRelation from "./record/relation.js"
import { relationRules } from "./relation-rules.js"
import * as retirement from "./retirement-rules.js"
import * as simulation from "./simulation/rules.js"

const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && "versions" in value && "operands" in value
/** The rules among a module's exports, so that a new one beside them is listed without being named here. */
const rulesOf = (module: Readonly<Record<string, unknown>>): readonly Rule[] => Object.values(module).filter(isRule)

// One line for each list, so that two who add rules do not meet.
const lists: readonly (readonly Rule[])[] = [
  [lateFeeRule, lateFeeOwedRule],
  pensionRules,
  relationRules,
  rulesOf(recordCases),
  rulesOf(recordFamily),
  rulesOf(recordMoving),
  rulesOf(recordOverlapping),
  rulesOf(recordRelation),
  rulesOf(retirement),
  rulesOf(simulation),
]

export const rules: readonly Rule[] = lists.flat().toSorted((a, b) => (a.id < b.id ? -1 : 1))
