// Starts a private PostgreSQL on its own port and data folder; it touches no server that is there already.
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { findPrograms, identityOf, run } from "./programs.mjs"
import { cannot, optionsOf, upFile } from "./settings.mjs"

const database = "tongzhang"

const isUp = ({ programs, cluster, identity }) => {
  try {
    run(join(programs, "pg_ctl"), ["status", "-D", cluster], identity)
    return true
  } catch {
    return false
  }
}

/** Enough for two cores and a rebuild; a crash must not cost a commit, so fsync stays on. */
const serverSettings = (port, folder) =>
  [
    `-c port=${port}`,
    "-c listen_addresses=127.0.0.1",
    `-c unix_socket_directories=${folder}`,
    "-c shared_buffers=128MB",
    "-c max_connections=60",
    "-c max_wal_size=2GB",
    "-c checkpoint_timeout=15min",
  ].join(" ")

const options = optionsOf(process.argv.slice(2), process.env)
if (existsSync(upFile)) {
  const known = JSON.parse(readFileSync(upFile, "utf8"))
  if (isUp(known)) {
    console.log(`PostgreSQL is up already: ${known.url} (npm run postgres:down stops it)`)
    process.exit(0)
  }
  rmSync(upFile)
}
const programs = findPrograms(options.bin, process.env)
if (programs === null) {
  console.error(
    "PostgreSQL was not found. Install it (Debian: apt-get install postgresql) or name the folder of pg_ctl with --bin.",
  )
  process.exit(cannot)
}
const identity = identityOf(options.user)
if (identity === null) {
  console.error(
    `PostgreSQL does not run as root, and there is no user "${options.user}" to run it as: name another with --user, or install the package anew.`,
  )
  process.exit(cannot)
}

const temporary = options.data === undefined
const data = temporary ? mkdtempSync(join(tmpdir(), "tongzhang-postgres-")) : resolve(options.data)
try {
  mkdirSync(data, { recursive: true })
  chmodSync(data, 0o700)
  if (identity.uid !== undefined) chownSync(data, identity.uid, identity.gid)
  const cluster = join(data, "cluster")
  const fresh = !existsSync(join(cluster, "PG_VERSION"))
  if (fresh) {
    const locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
    run(join(programs, "initdb"), ["-D", cluster, "-U", database, "--auth=trust", ...locale], identity)
  }
  const log = join(data, "server.log")
  const settings = serverSettings(options.port, data)
  run(join(programs, "pg_ctl"), ["start", "-D", cluster, "-w", "-t", "60", "-l", log, "-o", settings], identity)
  const url = `postgres://${database}@127.0.0.1:${options.port}/${database}`
  writeFileSync(
    upFile,
    `${JSON.stringify({ url, port: options.port, data, cluster, temporary, programs, identity, log, settings }, null, 2)}\n`,
  )
  if (fresh) run(join(programs, "createdb"), ["-h", "127.0.0.1", "-p", String(options.port), "-U", database, database], identity)
  const version = run(join(programs, "postgres"), ["--version"], identity).trim()
  console.log(`${version} is up: ${url} (data in ${data})`)
} catch (failure) {
  console.error(`PostgreSQL did not start: ${failure.message}`)
  const log = join(data, "server.log")
  if (existsSync(log)) console.error(readFileSync(log, "utf8").split("\n").slice(-10).join("\n"))
  if (temporary && !existsSync(upFile)) rmSync(data, { recursive: true, force: true })
  process.exit(1)
}
