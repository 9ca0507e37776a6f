/** Months and days as people type them. */

const forms = { month: /^\d{4}-(0[1-9]|1[0-2])$/u, day: /^\d{4}-\d{2}-\d{2}$/u } as const

/** `202306`, `2023/6`, `2023年6月` -> `2023-06`; what is none of these stays as it was typed. */
export const tidyMoment = (kind: "month" | "day", typed: string): string => {
  const text = typed.trim()
  const compact = (kind === "month" ? /^(\d{4})(\d{2})$/u : /^(\d{4})(\d{2})(\d{2})$/u).exec(text)
  const parts = compact?.slice(1) ?? text.split(/[-/.年月日\s]+/u).filter((part) => part !== "")
  if (parts.length !== (kind === "month" ? 2 : 3) || !parts.every((part) => /^\d+$/u.test(part)) || parts[0]?.length !== 4)
    return text
  return parts.map((part, i) => (i === 0 ? part : part.padStart(2, "0"))).join("-")
}

const exists = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

/** Why it cannot be taken; null when it can. Bounds are moments of the same kind, both included. */
export const momentProblem = (
  kind: "month" | "day",
  typed: string,
  min?: string,
  max?: string,
): "form" | "none" | "early" | "late" | null => {
  if (!forms[kind].test(typed)) return "form"
  if (kind === "day" && !exists(typed)) return "none"
  if (min !== undefined && typed < min) return "early"
  if (max !== undefined && typed > max) return "late"
  return null
}
