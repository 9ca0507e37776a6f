/** A small part of `npm run law:check -- --persons 10000`, for every run of the tests. */
import { generateNation } from "@tongzhang/nation/nation"
import { expect, it } from "vitest"
import { checkPerson, newTally } from "./check-person.js"

it("300 generated persons: every number of record and transfer plan is explained, the checker agrees, changes are found", () => {
  const tally = newTally()
  for (const person of generateNation({ seed: 11, persons: 300 }).persons()) checkPerson(person, tally)
  expect(tally.wrong).toEqual([])
  expect(tally.persons).toBeGreaterThanOrEqual(300)
  expect(tally.numbers).toBeGreaterThan(15_000)
  for (const question of [
    "record",
    "months",
    "account",
    "bases",
    "interest",
    "place",
    "retirement",
    "pension",
    "transfer",
    "overlap",
  ])
    expect(tally.answered.get(question) ?? 0, question).toBeGreaterThan(0)
})
