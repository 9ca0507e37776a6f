import { acts } from "@tongzhang/contracts/commands"
import { describe, expect, it } from "vitest"
import { intakeLimits } from "./limits.js"
import { limitBookOf } from "./policies/limit-book.js"
import { readHeader } from "./reading/header.js"
import { createIdentities, prepare } from "./rows/prepare.js"
import { createTranslator } from "./rows/translator.js"
import { templateRows, templates } from "./templates.js"

const identities = createIdentities("a secret of at least thirty-two bytes", intakeLimits)
const preparing = {
  province: "44",
  identities,
  today: { date: "2026-11-22", lastMonth: "2027-11" },
  limits: intakeLimits,
  limitBook: limitBookOf("44", []),
} as const

describe("the templates", () => {
  it.each(templates)("$zh is read as the act it is for, and its example can never be booked", (template) => {
    const [header = [], cells = []] = templateRows(template)
    const translated = createTranslator(readHeader(header, {}))({ row: 1, cells })
    expect(translated).toMatchObject({ command: { act: template.act } })
    if ("command" in translated)
      expect(prepare(translated.command, preparing)).toMatchObject({ refusal: { code: "ID_CHECK_DIGIT" } })
  })
  it("there is one for every act a file can say, but registering alone", () =>
    expect([...new Set(templates.map(({ act }) => act))].toSorted()).toEqual(acts.filter((act) => act !== "register").toSorted()))
})
