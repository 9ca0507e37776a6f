import { describe, expect, it } from "vitest"
import { createLogger } from "./logger.js"
import { redactIds } from "./redact.js"

const id = "310101199001011237"

describe("redactIds", () => {
  it.each([
    ["in a sentence", `身份证号${id}有误`, "身份证号310101************有误"],
    ["with a final X, small or large", "31010119900101123x 31010119900101123X", "310101************ 310101************"],
    ["typed in parts", "310101 19900101 1237", "310101**************"],
    ["in a URL", `/persons/${id}?to=44`, "/persons/310101************?to=44"],
    ["of the old 15 digits", "310101900101123", "310101*********"],
    ["with a wrong check digit", "310101199001011230", "310101************"],
    ["in full-width digits", "３１０１０１１９９００１０１１２３７", "３１０１０１************"],
    ["several", `${id},${id}`, "310101************,310101************"],
  ])("masks an ID number %s", (_where, text, masked) => {
    expect(redactIds(text)).toBe(masked)
  })

  it.each([
    "1763800000000",
    "a3f0c11d9e2b4a5f8c7d6e5f4a3b2c1d",
    "0.310101900101123",
    "2026-11-22T15:31:00.000Z",
    "123456789012345678",
    "99999999999999999999",
    "",
  ])("leaves %s alone", (text) => {
    expect(redactIds(text)).toBe(text)
  })
})

describe("a logger", () => {
  const collect = (pretty = false) => {
    const lines: string[] = []
    const logger = createLogger({
      service: "intake",
      level: "debug",
      pretty,
      destination: { write: (line: string) => void lines.push(line) },
    })
    return { logger, lines }
  }

  it("lets no ID number out: message, field, nested field, key, binding, error, number", () => {
    const { logger, lines } = collect()
    logger.info(`row 7: ${id}`)
    logger.info({ url: `/persons/${id}`, deep: { list: [{ value: id }] }, [id]: true }, "fields")
    logger.child({ who: id }).warn("binding")
    logger.error({ err: new Error(`no person ${id}`) }, "error")
    logger.info({ number: Number(id) }, "number")
    logger.info(`two lines\n${id}\tend`)
    logger.info("formatted %s", id)
    expect(lines).toHaveLength(7)
    expect(lines.join("")).not.toContain("19900101")
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ service: "intake", level: expect.any(String) })
  })

  it("hides tokens and official person fields whole", () => {
    const { logger, lines } = collect()
    logger.info(
      { authorization: "Bearer abc.def", row: { AAC003: "王芳", phone: "13800000000" }, headers: { cookie: "s=1" } },
      "request",
    )
    expect(lines.join("")).not.toMatch(/abc\.def|王芳|13800000000|s=1/u)
  })

  it("is as careful when pretty", () => {
    const { logger, lines } = collect(true)
    logger.info({ url: `/persons/${id}` }, `row ${id}`)
    expect(lines.join("")).toContain("intake: row 310101************")
    expect(lines.join("")).not.toContain("19900101")
  })
})
