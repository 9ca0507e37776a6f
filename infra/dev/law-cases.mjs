// Runs a file of worked cases through the rules of packages/law: one JSON document on stdout, exit 1 when a case failed.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { runCases } from "@tongzhang/law/cases/run"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"

const refuse = (why) => {
  process.stderr.write(`${why}\nUsage: npm run -s law:cases -- FILE.json\n`)
  process.exit(2)
}

const files = process.argv.slice(2)
if (files.length !== 1) refuse(files.length === 0 ? "No file of cases was named." : "Name one file of cases.")
const [file] = files

const read = () => {
  try {
    // npm starts scripts in the repository's root; the file is named from where the person stands.
    return JSON.parse(readFileSync(resolve(process.env.INIT_CWD ?? ".", file), "utf8").replace(/^\uFEFF/, ""))
  } catch (error) {
    return refuse(
      error instanceof SyntaxError ? `${file} is not JSON: ${error.message}` : `${file} cannot be read: ${error.message}`,
    )
  }
}

const report = runCases(read(), builtInParameters)
if ("unusable" in report) refuse(`${file}: ${report.unusable}.`)
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
process.exitCode = report.failed.length > 0 ? 1 : 0
