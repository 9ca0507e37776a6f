/**
 * The explanation document, read as it comes: nothing in it is trusted. The shape is that of docs/law/formulas.md and
 * `packages/law/src/explain/explained.ts`, written down here a second time on purpose: the checker shares no code with the rules.
 */
export type Leaf = {
  readonly kind: "parameter" | "fact" | "given"
  readonly value: unknown
  readonly unit: string
  readonly id?: string
  readonly eventId?: string
  readonly stream?: string
  readonly field?: string
  readonly month?: string
  readonly why_zh?: string
  readonly why_en?: string
}

export type Step = {
  readonly kind: "explained"
  readonly value: unknown
  readonly unit: string
  readonly rule: string
  readonly version: string
  readonly formula: string
  readonly operands: Readonly<Record<string, Operand | readonly Operand[]>>
  readonly article: string
  readonly source: string
  readonly confidence: string
  readonly needsRuling: unknown
}

export type Operand = Leaf | Step

/** What was put in by the asker; a `given` leaf must be one of these, so that an assumption cannot be changed inside the tree. */
export type Given = { readonly value: unknown; readonly unit: string; readonly why_zh: string; readonly why_en: string }

export type ExplanationDocument = {
  readonly format: string
  readonly person: string
  readonly question: string
  /** Day whose law is applied; decides the version of every rule that names no operand for it. */
  readonly ruleDate: string
  /** Month the numbers are about: only the events that hold then are counted. Absent: everything known. */
  readonly validAt?: string
  readonly given: readonly Given[]
  /** Path of the number -> its explanation. */
  readonly answers: Readonly<Record<string, Step>>
}

export const documentFormat = "tongzhang-explanation/1"

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const texts = ["rule", "version", "formula", "unit", "article", "source", "confidence"] as const
export const isStep = (value: unknown): value is Step =>
  isObject(value) &&
  value["kind"] === "explained" &&
  texts.every((name) => typeof value[name] === "string") &&
  isObject(value["operands"])

const leafTexts: Readonly<Record<string, readonly string[]>> = {
  fact: ["unit", "eventId", "stream", "field"],
  parameter: ["unit", "id"],
  given: ["unit", "why_zh", "why_en"],
}
/** A leaf with everything its kind needs, or a step; what the operands of a step must be before it can be derived. */
export const isOperand = (value: unknown): value is Operand => {
  if (isStep(value)) return true
  if (!isObject(value) || !Object.hasOwn(value, "value")) return false
  const needed = leafTexts[String(value["kind"])]
  const { month } = value
  return (
    needed !== undefined &&
    needed.every((name) => typeof value[name] === "string") &&
    (month === undefined || typeof month === "string")
  )
}

/** A single explained result is a document of one answer whose day and assumptions nobody stated. */
export const documentOf = (json: unknown): ExplanationDocument | null => {
  if (isStep(json)) return { format: documentFormat, person: "", question: "", ruleDate: "", given: [], answers: { "": json } }
  if (!isObject(json) || json["format"] !== documentFormat || !isObject(json["answers"]) || !Array.isArray(json["given"]))
    return null
  const { validAt } = json
  if (validAt !== undefined && !(typeof validAt === "string" && /^\d{4}-\d{2}$/u.test(validAt))) return null
  return typeof json["ruleDate"] === "string" && typeof json["person"] === "string"
    ? (json as unknown as ExplanationDocument)
    : null
}

export const operandsOf = (step: Step, name: string): readonly Operand[] => {
  const found = step.operands[name]
  return found === undefined ? [] : Array.isArray(found) ? (found as readonly Operand[]) : [found as Operand]
}

/** The text of a single operand that says what is asked about (`stream`, `family`, `until`, …); null when there is none. */
export const scopeOf = (step: Step, name: string): string | null => {
  const [only] = operandsOf(step, name)
  return typeof only?.value === "string" ? only.value : null
}
