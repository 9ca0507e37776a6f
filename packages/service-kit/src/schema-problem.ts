/** What zod found wrong with a request, as a problem that names each field in both languages. */
import { z } from "zod"
import { type FieldProblem, type Problem, problem } from "./problem.js"
import { redactIds } from "./redact.js"

export type RequestPart = "body" | "querystring" | "params" | "headers"

/** A file of a thousand wrong rows would otherwise answer with a thousand hints. */
const errors_max = 20

const chinese = z.locales.zhCN().localeError
const english = z.locales.en().localeError

const partNames: Record<RequestPart, readonly [zh: string, en: string]> = {
  body: ["请求体", "body"],
  querystring: ["查询参数", "query"],
  params: ["路径参数", "path"],
  headers: ["请求头", "header"],
}

/** `["rows", 3, "amount_fen"]` becomes `rows[3].amount_fen`. */
export const fieldPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? String(step) : `${text}.${String(step)}`),
    "",
  )

const hint = (schema: z.ZodType, data: unknown, language: typeof chinese): readonly z.core.$ZodIssue[] =>
  z.safeParse(schema, data, { error: language }).error?.issues ?? []

/**
 * Parses again, once per language (only wrong requests pay), and pairs the findings. Messages never repeat the value that was
 * sent: it may be a name or an ID number.
 */
export const schemaProblem = (schema: z.ZodType, data: unknown, part: RequestPart): Problem => {
  const [part_zh, part_en] = partNames[part]
  const inChinese = hint(schema, data, chinese)
  const errors = hint(schema, data, english)
    .slice(0, errors_max)
    .map((issue, index): FieldProblem => {
      const field = fieldPath(issue.path) || part_en
      return {
        field,
        detail: redactIds(issue.message),
        hint_zh: redactIds(`${part_zh}字段 ${field}：${inChinese[index]?.message ?? issue.message}`),
        hint_en: redactIds(`${part_en} field ${field}: ${issue.message}`),
      }
    })
  const first = errors[0] ?? {
    field: part_en,
    detail: "",
    hint_zh: `${part_zh}不合格式`,
    hint_en: `the ${part_en} does not fit the schema`,
  }
  return problem({
    status: 400,
    rule: "SCHEMA",
    title: "Request does not fit the schema",
    ...first,
    ...(errors.length > 1 ? { errors } : {}),
  })
}
