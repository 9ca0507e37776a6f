/** Explanations as a document that a person reads and the checker re-derives: what was asked, what was put in, what came out. */
import type { Explained, GivenOperand, Operand } from "@tongzhang/law/explain/explained"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"

export const documentFormat = "tongzhang-explanation/1"

export type ExplanationDocument = {
  readonly format: typeof documentFormat
  readonly person: PersonKey
  readonly question: string
  /** Day whose law is applied. */
  readonly ruleDate: string
  /** Month the numbers are about: only the facts that hold then are counted. Absent: everything known. */
  readonly validAt?: YearMonth
  /** Everything that the asker put in, once each; the checker accepts no other assumption in the tree. */
  readonly given: readonly GivenOperand[]
  readonly answers: Readonly<Record<string, Explained>>
}

const collect = (step: Explained, seen: Set<object>, given: Map<string, GivenOperand>): void => {
  if (seen.has(step)) return
  seen.add(step)
  const take = (operand: Operand): void => {
    if (operand.kind === "explained") collect(operand, seen, given)
    else if (operand.kind === "given") given.set(JSON.stringify(operand), operand)
  }
  for (const found of Object.values(step.operands)) {
    if ("kind" in found) take(found)
    else for (const one of found) take(one)
  }
}

export const documentOf = (
  asked: Pick<ExplanationDocument, "person" | "question" | "ruleDate"> & { readonly validAt?: YearMonth | null },
  answers: Iterable<readonly [string, Explained]>,
): ExplanationDocument => {
  const all = Object.fromEntries(answers)
  const given = new Map<string, GivenOperand>()
  const seen = new Set<object>()
  for (const answer of Object.values(all)) collect(answer, seen, given)
  const { person, question, ruleDate, validAt } = asked
  const about = validAt === undefined || validAt === null ? {} : { validAt }
  return { format: documentFormat, person, question, ruleDate, ...about, given: [...given.values()], answers: all }
}
