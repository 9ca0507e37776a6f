/** When the person may retire and what that takes, from the registered birth month and sex and the post that the asker states. */
import { type Explained, given, type Valued } from "@tongzhang/law/explain/explained"
import { groupRule } from "@tongzhang/law/rules/record/moving"
import {
  earliestMonth,
  latestMonth,
  minimumContribution,
  type RetirementGroup,
  residentMonth,
  statutoryMonth,
} from "@tongzhang/law/rules/retirement"
import type { Facts } from "./facts.js"
import { answer } from "./leaves.js"
import { birthOf, sexOf } from "./person.js"

/** The group of a woman's post: a fact about the job that no event holds. */
export type Post = "female55" | "female50"

export type Retiring = {
  readonly birth: Valued<string>
  readonly group: Explained<RetirementGroup>
  readonly statutory: Explained<string>
}

/** `not-registered`: nobody has told birth and sex. `post-unknown`: a woman whose post the asker did not state. */
export type RetirementRefusal = { readonly refused: "not-registered" | "post-unknown" }

/** @param post stated for a woman; ignored for a man */
export const retiringOf = (facts: Facts, on: string, post: Post | null): Retiring | RetirementRefusal => {
  const [birth, sex] = [birthOf(facts), sexOf(facts)]
  if (birth === null || sex === null) return { refused: "not-registered" }
  if (sex.value === "female" && post === null) return { refused: "post-unknown" }
  const value: RetirementGroup = sex.value === "male" || post === null ? "male" : post
  const stated = given(post, "code", "女职工岗位类别", "group of a woman's post")
  const group = answer(groupRule, on, { sex, post: stated }, value)
  return { birth, group, statutory: statutoryMonth({ ruleDate: on, group, birth }) }
}

export const explainRetirement = (
  facts: Facts,
  on: string,
  post: Post | null,
): ReadonlyMap<string, Explained> | RetirementRefusal => {
  const retiring = retiringOf(facts, on, post)
  if ("refused" in retiring) return retiring
  const { birth, group, statutory } = retiring
  const question = { ruleDate: on, group, birth }
  return new Map<string, Explained>([
    ["statutory", statutory],
    ["earliest", earliestMonth(question)],
    ["latest", latestMonth(question)],
    ["minimum_months", minimumContribution(on, statutory)],
    ["resident", residentMonth(on, birth)],
  ])
}
