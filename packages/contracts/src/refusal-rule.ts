/** How a rule is written down: an HTTP status and two hints with `{detail}` places, filled from the refusal's own values. */
import { formatYuan, isFen } from "@tongzhang/domain/money"

export type Details = Readonly<Record<string, unknown>>

export type RuleText = {
  /** HTTP status when the whole request is refused for it. */
  readonly status: number
  /** Templates, as served by the catalogue of codes; `{base_fen}` and the like are written as yuan. */
  readonly zh: string
  readonly en: string
  readonly hint_zh: (details: Details) => string
  readonly hint_en: (details: Details) => string
  /** Field of the command the rule is about, when it is always the same one. */
  readonly field?: string
  readonly article?: string
}

const place = /\{(\w+)\}/g

const isRange = (value: unknown): value is { readonly from: string; readonly to: string } =>
  typeof value === "object" && value !== null && "from" in value && "to" in value

const write = (name: string, value: unknown, none: string): string => {
  if (value === null || value === undefined || value === "") return none
  if (Array.isArray(value)) return value.length === 0 ? none : value.map((one) => write(name, one, none)).join(", ")
  if (isRange(value)) return value.from === value.to ? value.from : `${value.from}..${value.to}`
  if (name.endsWith("_fen") && typeof value === "number" && isFen(value)) return formatYuan(value)
  return typeof value === "string" ? value : JSON.stringify(value)
}

const fill = (template: string, details: Details, none: string): string =>
  template.replace(place, (_whole, name: string) => write(name, details[name], none))

/** Names of the places in a template, for tests and for the catalogue. */
export const placesOf = (template: string): readonly string[] => [...template.matchAll(place)].map((match) => match[1] ?? "")

export const rule = (
  status: number,
  zh: string,
  en: string,
  about: { readonly field?: string; readonly article?: string } = {},
): RuleText => ({
  status,
  zh,
  en,
  hint_zh: (details) => fill(zh, details, "（无）"),
  hint_en: (details) => fill(en, details, "(none)"),
  ...about,
})
