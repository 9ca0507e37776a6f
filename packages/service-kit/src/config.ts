/** Configuration from the environment: checked once at the start, refused with a table a person can act on. */
import { z } from "zod"

export type ConfigError = Error & { readonly name: "ConfigError" }

export const isConfigError = (value: unknown): value is ConfigError => value instanceof Error && value.name === "ConfigError"

type Line = readonly [variable: string, wrong: string, example: string]

const configError = (table: string): ConfigError => {
  const error = new Error(table)
  error.name = "ConfigError"
  error.stack = table
  return error as ConfigError
}

/** Columns padded to the widest cell; Chinese characters count as two. */
const width = (text: string): number => text.length + (text.match(/[\u1100-\uffef]/gu)?.length ?? 0)

const tableOf = (lines: readonly Line[]): string => {
  const rows: readonly Line[] = [["VARIABLE", "WHAT IS WRONG", "EXAMPLE"], ...lines]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ""))))
  const padded = rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd(),
  )
  return ["Configuration is not usable 配置有误:", "", ...padded.map((row) => `  ${row}`), ""].join("\n")
}

const exampleOf = (schema: z.ZodObject, variable: string): string => {
  const field: unknown = schema.shape[variable]
  const meta = field instanceof z.ZodType ? field.meta() : undefined
  return meta?.["example"] === undefined
    ? (meta?.description ?? "")
    : `${variable}=${JSON.stringify(meta["example"]).replaceAll('"', "")}`
}

/** Blank means "not set": shells and compose files cannot leave a variable out. */
const withoutBlanks = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || value.trim() === "" ? [] : [[name, value.trim()]])),
  )

/**
 * Reads the variables `schema` names. Give fields an example with `.meta({ example })`; use `z.coerce.number()` for numbers and
 * `z.stringbool()` for switches. On error prints a table (never the values: some are secrets) and throws a ConfigError.
 */
export const readConfig = <S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void = (text) => process.stderr.write(text),
): z.infer<S> => {
  const given = withoutBlanks(env)
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const table = tableOf(
    parsed.error.issues.map((issue): Line => {
      const variable = String(issue.path[0] ?? "(several)")
      return [variable, variable in given || issue.path.length === 0 ? issue.message : "is missing", exampleOf(schema, variable)]
    }),
  )
  print(table)
  throw configError(table)
}
