// `npm run law:docs`: writes docs/law/ anew; the test that compares the pages with the rules does the writing.
import { execFileSync } from "node:child_process"

const args = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--project",
  "whole",
  "test/house/law.test.ts",
  "--testNamePattern",
  "docs/law",
]
execFileSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, UPDATE_DOCS: "1" } })
