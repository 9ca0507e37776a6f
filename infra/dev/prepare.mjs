// Makes a fresh clone ready: installs what is missing, then builds what changed. Needs only Node and npm.
import { execFileSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
const quiet = process.argv.includes("--quiet")
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tongzhang needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`)
  process.exit(1)
}

const say = (text) => process.stderr.write(`${text}\n`)
const run = (command, args) =>
  execFileSync(command, args, {
    cwd: root,
    stdio: ["ignore", quiet ? "ignore" : 2, 2], // stdout stays free for --json output of the command that follows
    shell: process.platform === "win32",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  })

const lock = join(root, "package-lock.json")
const installed = join(root, "node_modules/.package-lock.json")
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  say("通账 · installing packages (once) …")
  run("npm", ["ci", "--no-audit", "--no-fund"])
}
say("通账 · building …")
run(join(root, "node_modules/.bin/turbo"), ["run", "build", "--output-logs=errors-only"])
