/**
 * The exported schemas are files in the repository: a change of the contract shows as a diff, and a released event schema may
 * only change by a new version. `GOLDEN=write` writes them.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { jsonSchemas } from "./json-schema.js"

const folder = join(dirname(fileURLToPath(import.meta.url)), "../json-schema")
const schemas = jsonSchemas()
const text = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`

if (process.env["GOLDEN"] === "write")
  for (const [name, schema] of schemas) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text(schema))
  }

describe("exported JSON Schemas", () => {
  it("are exactly the files in json-schema/", () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    expect(files.sort()).toEqual([...schemas.keys()].sort())
  })
  it.each([...schemas.keys()])("%s is up to date", (name) => {
    expect(readFileSync(join(folder, name), "utf8")).toBe(text(schemas.get(name)))
  })
  it("keep the rules a program needs: closed lists and patterns", () => {
    const opened = schemas.get("events/EnrollmentOpened.v2.json") as {
      properties: Record<string, { pattern?: string; enum?: string[] }>
      required: string[]
    }
    expect(opened.properties["from"]?.pattern).toContain("19[5-9]")
    expect(opened.properties["capacity"]?.enum).toEqual(["employee", "flexible", "resident"])
    expect(opened.required).toContain("temporary")
  })
})
