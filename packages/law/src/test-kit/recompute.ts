/** Has an explained result checked by the program that shares nothing with the rules: every step is derived again. */
import { checkExplanation } from "@tongzhang/explanation-checker/check"
import { documentFormat, type ExplanationDocument, type Step } from "@tongzhang/explanation-checker/document"
import { evidenceOf, lawOf } from "@tongzhang/explanation-checker/evidence"
import { catalogue, publishedParameters } from "../explain/catalogue.js"
import type { Explained, GivenOperand, Operand } from "../explain/explained.js"

const evidence = evidenceOf(lawOf(catalogue(), publishedParameters()), [])

const givenBelow = (operand: Operand): readonly GivenOperand[] => {
  if (operand.kind === "given") return [operand]
  if (operand.kind !== "explained") return []
  return Object.values(operand.operands).flatMap((one): readonly GivenOperand[] =>
    "kind" in one ? givenBelow(one) : one.flatMap(givenBelow),
  )
}

/**
 * What the checker finds wrong with a result, in words; nothing: every step agrees. Facts are not looked up, a test has no ledger.
 * @param ruleDate day that decides the versions of all steps; left out: each step may name its own
 */
export const disagreements = (result: Explained, ruleDate = ""): string[] => {
  const document: ExplanationDocument = {
    format: documentFormat,
    person: "",
    question: "test",
    ruleDate,
    given: givenBelow(result),
    // A result is a step as the checker reads it from JSON.
    answers: { result: result satisfies Step },
  }
  return checkExplanation(document, evidence)
    .filter((problem) => problem.what !== "no such event")
    .map(({ path, rule, what, stated, derived }) => `${path}: ${rule} ${what}: ${stated} / ${derived}`)
}
