/** Registration of a worker within 30 days of starting work (社会保险法 Art 58). */
import type { DateText } from "@tongzhang/domain/ids"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { explainDueDate } from "./deadlines.js"
import { concluded, op } from "./describe.js"

const law = {
  from: "2011-07-01",
  article: "社会保险法 Art 58: 自用工之日起三十日内",
  source: "社会保险法, full text",
  confidence: "official",
} as const

export const registeredLateRule: Rule = {
  id: "enrolment/days-late",
  title: { zh: "用工登记逾期天数", en: "days by which a registration is late" },
  summary: {
    zh: "用人单位应自用工之日起30日内为职工办理社会保险登记。",
    en: "An employer registers a worker within 30 days of the start of work.",
  },
  unit: "days",
  operands: { due: op("到期日", "last day", "date"), registered: op("登记日", "day of registration", "date") },
  versions: [{ ...law, formula: "max(0, days_between(due, registered))" }],
  examples: [
    { version: "2011-07-01", operands: { due: "2026-03-31", registered: "2026-04-02" }, value: 2, basis: "constructed" },
    { version: "2011-07-01", operands: { due: "2026-03-31", registered: "2026-03-31" }, value: 0, basis: "constructed" },
  ],
}

export type Registration = { readonly due: Explained<DateText>; readonly daysLate: Explained<number> }

const day_ms = 86_400_000

/** Last day for the registration and by how many days it was missed; null for work begun before 2011-07-01. */
export const explainRegistration = (
  parameters: Parameters,
  question: { readonly started: Valued<DateText>; readonly registered: Valued<DateText> },
): Registration | null => {
  const { started, registered } = question
  const due = explainDueDate(parameters, { process: "enrolment.employer-registers-worker", from: started })
  if (due === null) return null
  const late = Math.max(0, (Date.parse(registered.value) - Date.parse(due.value)) / day_ms)
  return { due, daysLate: concluded(registeredLateRule, due.value, { due, registered }, () => late) }
}
