/** For tests: the checker, with the catalogue and the parameters of this program. */
import { checkExplanation, type Problem } from "@tongzhang/explanation-checker/check"
import type { ExplanationDocument as Checked } from "@tongzhang/explanation-checker/document"
import { evidenceOf as checkerEvidence, lawOf } from "@tongzhang/explanation-checker/evidence"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import type { ExplanationDocument } from "../document.js"
import { evidenceOf, type Facts } from "../facts.js"

const law = lawOf(catalogue(), publishedParameters())

/** What the checker finds wrong with a document, given the person's own events. */
export const checkerFor = (facts: Facts): ((document: ExplanationDocument) => readonly Problem[]) => {
  const evidence = checkerEvidence(law, evidenceOf(facts), facts.validAt)
  return (document) => checkExplanation(document as unknown as Checked, evidence)
}
