// The closing line of CI: `node count.mjs PASSED FAILED REPORT=EXITCODE …` adds vitest's JSON reports to the checks counted before.
// A report that is missing, or a runner that failed without a failed test, counts as one failure.
import { readFileSync } from "node:fs"

const [, , passedBefore, failedBefore, ...runs] = process.argv
let [passed, failed, skipped] = [Number(passedBefore), Number(failedBefore), 0]
for (const run of runs) {
  const [file, code] = run.split("=")
  let here = 0
  try {
    const report = JSON.parse(readFileSync(file, "utf8"))
    passed += report.numPassedTests
    skipped += report.numPendingTests + report.numTodoTests
    here = report.numFailedTests || (report.numFailedTestSuites > 0 ? 1 : 0)
  } catch {
    here = 1
  }
  failed += here || (code === "0" ? 0 : 1)
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
