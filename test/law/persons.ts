/** `npm run law:check -- --persons 10000 [--from 0] [--seed 5]`: explains and checks that many generated persons, with progress. */
import { parseArgs } from "node:util"
import { generateNation } from "@tongzhang/nation/nation"
import { generatePerson } from "@tongzhang/nation/person"
import { checkPerson, newTally } from "./check-person.js"

const { values } = parseArgs({
  options: {
    persons: { type: "string", default: "1000" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: "5" },
  },
})
const [persons, from, seed] = [Number(values.persons), Number(values.from), Number(values.seed)]
const nation = generateNation({ seed, persons: from + persons })
const tally = newTally((what) => process.stderr.write(`${what}\n`))
const started = performance.now()
let shown = started

for (let index = from; index < from + persons; index++) {
  checkPerson(generatePerson(nation.country, index), tally)
  const now = performance.now()
  if (now - shown < 5_000) continue
  shown = now
  const done = index - from + 1
  const left_s = Math.round((((now - started) / done) * (persons - done)) / 1_000)
  process.stderr.write(
    `${done} of ${persons} persons, ${tally.numbers} numbers, ${tally.wrong.length} wrong, about ${left_s} s left\n`,
  )
}

const { answered, refused, wrong, persons: looks, events, numbers, steps, changed } = tally
const seconds = (performance.now() - started) / 1_000
const result = {
  persons,
  looks,
  events,
  numbers,
  steps,
  changed,
  seconds: Math.round(seconds),
  answered: Object.fromEntries(answered),
  refused: Object.fromEntries(refused),
  wrong,
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
process.exitCode = wrong.length === 0 ? 0 : 1
