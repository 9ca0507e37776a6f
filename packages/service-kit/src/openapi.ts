/** Finishing touches of an OpenAPI document: shared schemas that are used, and the refusal every route may give. */
import type { SwaggerTransformObject } from "@fastify/swagger"
import { jsonSchemaTransformObject } from "fastify-type-provider-zod"
import { z } from "zod"
import { problemMediaType, problemSchema } from "./problem.js"

type Json = Record<string, unknown>

const asJson = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {})

const refsIn = (value: unknown, found: Set<string>): void => {
  if (typeof value !== "object" || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (name === "$ref" && typeof inner === "string") found.add(inner.split("/").at(-1) ?? "")
    else refsIn(inner, found)
  }
}

/** zod's registry is one per process: without this, every service's document would list every service's schemas. */
const usedSchemas = (paths: unknown, schemas: Json): Json => {
  const used = new Set<string>()
  refsIn(paths, used)
  // A set hands out what is added while it is walked.
  for (const name of used) refsIn(schemas[name], used)
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
}

const withProblem = (paths: Json): Json =>
  Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(asJson(item)).map(([method, operation]) => {
          const responses = { ...asJson(asJson(operation)["responses"]), default: { $ref: "#/components/responses/Problem" } }
          return [method, { ...asJson(operation), responses }]
        }),
      ),
    ]),
  )

const problemJsonSchema = (): Json => {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(problemSchema)
  return schema
}

export const completeDocument: SwaggerTransformObject = (input) => {
  const document = asJson(jsonSchemaTransformObject(input))
  const components = asJson(document["components"])
  const paths = withProblem(asJson(document["paths"]))
  return {
    ...document,
    paths,
    components: {
      ...components,
      schemas: { ...usedSchemas(paths, asJson(components["schemas"])), Problem: problemJsonSchema() },
      responses: {
        Problem: {
          description: "Refused: why, and the way out",
          content: { [problemMediaType]: { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  } as ReturnType<SwaggerTransformObject>
}
