#!/usr/bin/env node
/**
 * `verify-explanation FILE --catalogue catalogue.json --parameters parameters.json [--events events.json] [--json]`
 * Events may stand in the file itself (`events`): then the explanation is checked against them, and they against nothing. Exit code 1
 * when something does not hold, 2 when a file cannot be read.
 */
import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { verifyFile } from "./verify.js"

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    catalogue: { type: "string" },
    parameters: { type: "string" },
    events: { type: "string" },
    json: { type: "boolean", default: false },
  },
})
const [file] = positionals
const { catalogue, parameters, events } = values
if (file === undefined || catalogue === undefined || parameters === undefined) {
  process.stderr.write("usage: verify-explanation FILE --catalogue FILE --parameters FILE [--events FILE] [--json]\n")
  process.exit(2)
}
const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"))

try {
  const result = verifyFile({
    explanation: read(file),
    catalogue: read(catalogue),
    parameters: read(parameters),
    events: events === undefined ? null : read(events),
  })
  if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  else {
    for (const { path, rule, what, stated, derived } of result.problems)
      process.stdout.write(`${path} (${rule ?? "no rule"}): ${what}; stated ${stated}, derived ${derived}\n`)
    process.stdout.write(`${result.answers} answers, ${result.steps} steps, ${result.problems.length} problems\n`)
  }
  process.exitCode = result.problems.length === 0 ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
