// Makes a fresh clone ready: installs what is missing, then builds what changed. Needs only Node and npm.
import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "../..")
const quiet = process.argv.includes("--quiet")
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tongzhang needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`,
  )
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
  // Not `npm ci`: it refuses a lock file written where the registry lacks a platform's optional package. `--no-save` leaves the lock alone.
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund"])
}
say("通账 · building …")
const system = process.platform === "win32" ? "windows" : process.platform
const turbo = join(root, "node_modules/@turbo", `${system}-${process.arch === "x64" ? "64" : process.arch}`)
if (existsSync(turbo)) run(join(root, "node_modules/.bin/turbo"), ["run", "build", "--output-logs=errors-only"])
else {
  // No turbo binary for this platform: the compiler follows the same references, only without turbo's cache.
  const units = ["packages", "services"].flatMap((top) => readdirSync(join(root, top)).map((name) => join(top, name)))
  const projects = units.filter((unit) => existsSync(join(root, unit, "tsconfig.json")))
  run(join(root, "node_modules/.bin/tsc"), ["-b", ...projects])
  run("npm", ["run", "build", "--workspace", "@tongzhang/console"]) // its pages are bundled, not only compiled
}
