/** What may be asked about a person, as one text: `months`, `account:44_110`, `place`, `transfer:44`, `overlap:{case}`, … */
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"

const relationPattern = /^\d{2}_\d{3}$/

export const plainQuestions = ["record", "months", "place", "retirement", "pension", "benefits"] as const
export const relationQuestions = ["account", "bases", "interest"] as const

export type Question =
  | { readonly kind: (typeof plainQuestions)[number] }
  /** Null: every relation of the person. */
  | { readonly kind: (typeof relationQuestions)[number]; readonly relation: string | null }
  | { readonly kind: "transfer"; readonly to: ProvinceCode }
  | { readonly kind: "overlap"; readonly case: string }

const isOneOf = <T extends string>(text: string, all: readonly T[]): text is T => (all as readonly string[]).includes(text)

/** Null when nobody can be asked that. `transfer-money` is another name of `transfer`. */
export const parseQuestion = (text: string): Question | null => {
  const at = text.indexOf(":")
  const [name, rest] = at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
  if (isOneOf(name, plainQuestions)) return rest === null ? { kind: name } : null
  if (isOneOf(name, relationQuestions)) return rest === null || relationPattern.test(rest) ? { kind: name, relation: rest } : null
  if (name === "transfer" || name === "transfer-money")
    return rest !== null && isProvince(rest) ? { kind: "transfer", to: rest } : null
  return name === "overlap" && rest !== null && rest !== "" ? { kind: "overlap", case: rest } : null
}
