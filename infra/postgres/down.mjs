// Stops what `postgres:up` started; a temporary data folder goes with it.
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { run } from "./programs.mjs"
import { upFile } from "./settings.mjs"

if (!existsSync(upFile)) {
  console.log("PostgreSQL is not up.")
} else {
  const { programs, cluster, identity, data, temporary } = JSON.parse(readFileSync(upFile, "utf8"))
  try {
    run(join(programs, "pg_ctl"), ["stop", "-D", cluster, "-m", "fast", "-w"], identity)
  } catch (failure) {
    // A server that is gone already is what was asked for.
    if (!/no server running|PID file .* does not exist|is not a database cluster/i.test(failure.message)) throw failure
  }
  rmSync(upFile)
  if (temporary) rmSync(data, { recursive: true, force: true })
  console.log(temporary ? "PostgreSQL is down; its temporary data is gone." : `PostgreSQL is down; its data stays in ${data}.`)
}
