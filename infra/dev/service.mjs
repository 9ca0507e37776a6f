// Runs one service alone, in this process so that signals reach it: npm run service -- intake
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
const names = readdirSync(join(root, "services")).filter((name) => existsSync(join(root, "services", name, "src/main.ts")))
const name = process.argv[2]
if (!names.includes(name)) {
  console.error(
    `npm run service -- NAME, one of: ${names.join(", ")}\nIts settings come from the environment; what is missing it says itself.`,
  )
  process.exit(64)
}
try {
  execFileSync(process.execPath, [join(root, "infra/dev/prepare.mjs"), "--quiet"], { stdio: "inherit" })
} catch {
  process.exit(1) // The build has said what is wrong.
}
await import(pathToFileURL(join(root, "services", name, "dist/main.js")).href)
