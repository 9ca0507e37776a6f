/**
 * Refusals over HTTP: application/problem+json (RFC 9457) with the rule that refused and the way out in Chinese and English.
 * A problem is an `Error` with the answer inside, so that a handler can throw it from any depth; it carries no stack.
 */
import { STATUS_CODES } from "node:http"
import { z } from "zod"

export const problemMediaType = "application/problem+json"

const fieldProblemSchema = z.object({ field: z.string(), detail: z.string(), hint_zh: z.string(), hint_en: z.string() })

export const problemSchema = z
  .object({
    type: z.string().describe("urn:tongzhang:problem:{rule}"),
    title: z.string(),
    status: z.number().int(),
    rule: z.string().describe("Stable code of the rule that refused, e.g. FORBIDDEN_PROVINCE"),
    field: z.string().optional().describe("Path of the field, e.g. months[3].amount_fen"),
    row: z.number().int().optional().describe("Row of the file, 1 = first row under the header"),
    detail: z.string().optional(),
    hint_zh: z.string(),
    hint_en: z.string(),
    article: z.string().optional().describe("Article of the law behind the rule"),
    retry_after_seconds: z.number().int().optional().describe("Also sent as retry-after: come back then"),
    instance: z.string().optional().describe("urn:tongzhang:request:{x-request-id}"),
    errors: z.array(fieldProblemSchema).optional().describe("All fields that were wrong, when more than one was"),
  })
  .describe("Why a request was refused, and the way out")

export type ProblemDetails = z.infer<typeof problemSchema>
export type FieldProblem = z.infer<typeof fieldProblemSchema>

export type Problem = Error & { readonly problem: ProblemDetails; readonly statusCode: number }

/** `type` and `title` follow from rule and status unless given. */
export type ProblemInput = Omit<ProblemDetails, "type" | "title"> & { readonly type?: string; readonly title?: string }

const mark = Symbol.for("tongzhang.problem")

/** Makes a refusal to throw (or reject with) in a handler; the server answers with it as it stands. */
export const problem = (input: ProblemInput): Problem => {
  const details: ProblemDetails = {
    ...input,
    type: input.type ?? `urn:tongzhang:problem:${input.rule}`,
    title: input.title ?? STATUS_CODES[input.status] ?? "Refused",
  }
  const error = new Error(`${input.rule}: ${input.hint_en}`)
  error.name = "Problem"
  error.stack = `${error.name}: ${error.message}`
  return Object.assign(error, { problem: details, statusCode: input.status, [mark]: true })
}

export const isProblem = (value: unknown): value is Problem => value instanceof Error && mark in value
