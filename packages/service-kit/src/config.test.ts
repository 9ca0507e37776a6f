import { describe, expect, it } from "vitest"
import { z } from "zod"
import { isConfigError, readConfig } from "./config.js"

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(7300).meta({ example: 7300 }),
  TOKEN_SECRET: z.string().min(32).meta({ example: "32 characters or more" }),
  PRETTY: z.stringbool().default(false),
})

describe("readConfig", () => {
  it("reads variables, blank ones counting as not set", () => {
    const config = readConfig(schema, { PORT: " ", TOKEN_SECRET: "s".repeat(32), PRETTY: "true", HOME: "/root" })
    expect(config).toEqual({ PORT: 7300, TOKEN_SECRET: "s".repeat(32), PRETTY: true })
  })

  it("refuses with a table that says what to set, without showing values or a stack", () => {
    let printed = ""
    let thrown: unknown
    try {
      readConfig(schema, { PORT: "99999", PRETTY: "maybe-secret" }, (text) => (printed += text))
    } catch (error) {
      thrown = error
    }
    expect(isConfigError(thrown)).toBe(true)
    expect((thrown as Error).stack).not.toMatch(/\n\s+at /)
    expect(printed).toMatch(/VARIABLE +WHAT IS WRONG +EXAMPLE/)
    expect(printed).toMatch(/TOKEN_SECRET +is missing +TOKEN_SECRET=32 characters or more/)
    expect(printed).toMatch(/PORT +Too big.* +PORT=7300/)
    expect(printed).not.toContain("maybe-secret")
  })
})
